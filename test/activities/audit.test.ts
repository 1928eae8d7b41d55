import { createAudit } from '../../src/activities/audit';
import type { AuditAnswer, AuditInput } from '../../src/contract/activity-types';
import {
  RUN_ID,
  runActivity,
  SETTLE_TIME_MS,
  START_MS,
  useActivityStages,
  type ActivityStage,
} from './activity-stage';
import { createSeenInstance, okAnswer } from './scripted-cloud';

const RESTED = { runId: RUN_ID, atMs: START_MS - SETTLE_TIME_MS };
const NEW_WAIT = {
  kind: 'unsettled',
  since: { runId: RUN_ID, atMs: START_MS },
  waitMs: SETTLE_TIME_MS + 30_000,
};

const INPUT: AuditInput = {
  account: 'default',
  nameTag: 'tf-home',
  places: [{ region: 'cn-hangzhou', engine: 'Redis' }],
  ownedIds: ['r-1', 'r-2'],
  isClean: true,
  proofs: [{ runId: RUN_ID }],
  since: null,
};

const createStage = useActivityStages();

function audit(
  { dependencies }: ActivityStage,
  input: Partial<AuditInput> = {},
): Promise<AuditAnswer> {
  return runActivity(createAudit(dependencies), { ...INPUT, ...input });
}

function find(...ids: string[]) {
  return okAnswer(ids.map((id) => createSeenInstance({ id })));
}

describe('the closing audit', () => {
  it('is content with one count per place when nothing was ever in doubt', async () => {
    const stage = createStage({ counts: [okAnswer(1), okAnswer(1)] });
    const places = [...INPUT.places, { region: 'cn-beijing', engine: 'Redis' as const }];
    expect(await audit(stage, { places })).toEqual({
      kind: 'clean',
      calls: { DescribeInstances: 2 },
    });
  });

  it.each([
    ['a count that is not right', {}, [okAnswer(3)]],
    ['a chunk that was open at some time', { isClean: false }, []],
    ['a proof of another run', { proofs: [{ runId: 'an-earlier-run' }] }, []],
    ['a wait of another run', { since: { runId: 'an-earlier-run', atMs: 0 } }, []],
  ])('waits before it compares after %s', async (_after, input, counts) => {
    expect(await audit(createStage({ counts }), input)).toMatchObject(NEW_WAIT);
  });

  it('compares the ids, since a count can be right by two wrongs', async () => {
    const stage = createStage({ searches: [find('r-1', 'r-late')] });
    expect(await audit(stage, { isClean: false, since: RESTED })).toEqual({
      kind: 'compared',
      orphans: [{ id: 'r-late', name: 'tf-home-c0000', region: 'cn-hangzhou', status: 'Creating' }],
      missing: ['r-2'],
      calls: { DescribeInstances: 1 },
    });
  });

  it('finds nothing to report when the sets are equal', async () => {
    const stage = createStage({ searches: [find('r-2', 'r-1')] });
    expect(await audit(stage, { isClean: false, since: RESTED })).toMatchObject({
      kind: 'compared',
      orphans: [],
      missing: [],
    });
  });
});
