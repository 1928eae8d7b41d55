import { createRecordOrphans } from '../../src/activities/record-orphans';
import { createSweep } from '../../src/activities/sweep';
import type {
  RecordOrphansAnswer,
  RecordOrphansInput,
  SweepAnswer,
  SweepInput,
} from '../../src/contract/sweep-types';
import type { FrozenPlan } from '../../src/domain/frozen-plan';
import type { ResultDocument, ResultInstance } from '../../src/domain/result';
import { createResultDocument } from '../support/result-document';
import { runActivity, START_MS, useActivityStages, type ActivityStage } from './activity-stage';
import { createSeenInstance, okAnswer, type CloudScript } from './scripted-cloud';

const KEY = { tenant: 'default', batchId: 'nightly' };
const FROZEN = createResultDocument().frozen as FrozenPlan;
const PLACE = { region: 'cn-hangzhou', engine: 'Redis' } as const;
const SCOPE = { requestHash: FROZEN.requestHash, places: [PLACE] };
const LOOK: SweepInput = { ...KEY, generation: 0, isCountEnough: false, scope: SCOPE };
const LATE = { id: 'r-late', name: 'tf-home-c0000', region: 'cn-hangzhou', status: 'Creating' };
const RECORD: RecordOrphansInput = { ...KEY, generation: 0, revision: 0, orphans: [LATE] };

const createStage = useActivityStages();

/** A stage on which a batch with `r-1` and `r-2` has ended. */
async function endBatch(
  script: CloudScript = {},
  document: Partial<ResultDocument> = {},
): Promise<ActivityStage> {
  const ended = {
    ...{ listRuns: never, readStart: never, isAwaited: never, listOpenBatches: never },
    hasEnded: () => Promise.resolve(true),
  };
  const stage = createStage(script, { runs: ended });
  await store(stage, document);
  return stage;
}

function never(): never {
  throw new Error('a sweep asks for nothing else');
}

async function store(
  { dependencies }: ActivityStage,
  document: Partial<ResultDocument> = {},
): Promise<void> {
  const account = 'default';
  const frozen = { ...FROZEN, account };
  const instances = [list('r-1', 0), list('r-2', 1)];
  const whole = createResultDocument({ ...KEY, account, frozen, instances, ...document });
  await dependencies.results.write(whole, whole.instances ?? []);
}

function list(id: string, slot: number, state = 'ready'): ResultInstance {
  const place = { region: 'cn-hangzhou', zone: 'cn-hangzhou-h' };
  return { ...{ id, slot, state, group: 'sessions', name: 'tf-home-c0000' }, ...place };
}

function sweep({ dependencies }: ActivityStage, input: Partial<SweepInput> = {}) {
  return runActivity<SweepInput, SweepAnswer>(createSweep(dependencies), { ...LOOK, ...input });
}

function record({ dependencies }: ActivityStage, input: Partial<RecordOrphansInput> = {}) {
  return runActivity<RecordOrphansInput, RecordOrphansAnswer>(createRecordOrphans(dependencies), {
    ...RECORD,
    ...input,
  });
}

async function readLatest({ dependencies }: ActivityStage): Promise<ResultDocument> {
  return (await dependencies.results.list(KEY)).at(-1)!.document;
}

/** What a search finds. */
function find(...ids: string[]) {
  return okAnswer(ids.map((id) => createSeenInstance({ id })));
}

describe('a look for orphans', () => {
  it('is content with one count per place where that is enough', async () => {
    const stage = await endBatch({ counts: [okAnswer(2)] });
    expect(await sweep(stage, { isCountEnough: true })).toEqual({
      ...{ kind: 'clean', isCompared: false, knownOrphans: 0 },
      calls: { DescribeInstances: 1 },
    });
  });

  it.each([
    ['what the result lists as an orphan', { orphans: [LATE] }, 3],
    ['nothing for what is missing', { missing: ['r-2'] }, 1],
    [
      'nothing for what was released',
      { instances: [list('r-1', 0), list('r-2', 1, 'released')] },
      1,
    ],
  ])('counts %s', async (_what, document, count) => {
    const stage = await endBatch({ counts: [okAnswer(count)] }, document);
    expect(await sweep(stage, { isCountEnough: true })).toMatchObject({ kind: 'clean' });
  });

  it('compares the ids when the count is not right', async () => {
    const stage = await endBatch({
      counts: [okAnswer(3)],
      searches: [find('r-1', 'r-2', 'r-late')],
    });
    expect(await sweep(stage, { isCountEnough: true })).toEqual({
      ...{ kind: 'found', generation: 0, revision: 0, requestHash: FROZEN.requestHash },
      ...{ orphans: [LATE], knownOrphans: 0, calls: { DescribeInstances: 2 } },
    });
  });

  it('says nothing of instances that are gone: people delete them', async () => {
    const stage = await endBatch({ searches: [find('r-2')] });
    expect(await sweep(stage)).toMatchObject({ kind: 'clean', isCompared: true });
  });

  it('tells the orphans that the result lists from those that are new', async () => {
    const stage = await endBatch({ searches: [find('r-1', 'r-2', 'r-late')] }, { orphans: [LATE] });
    expect(await sweep(stage)).toMatchObject({ kind: 'clean', knownOrphans: 1 });
  });

  it('takes a released instance in the recycle bin for no orphan', async () => {
    const released = createSeenInstance({ id: 'r-9', status: 'Released' });
    const stage = await endBatch({ searches: [okAnswer([released])] });
    expect(await sweep(stage)).toMatchObject({ kind: 'clean' });
  });

  it('looks where the result says when the request is not the one of its plan', async () => {
    const scope = { requestHash: 'of-another-request', places: [{ ...PLACE, region: 'cn-other' }] };
    const asked: string[] = [];
    const answer = ({ region, engine }: { region: string; engine: string }) => {
      asked.push(`${region}/${engine}`);
      return okAnswer([]);
    };
    await sweep(await endBatch({ searches: [answer, answer] }), { scope });
    expect(asked).toEqual(['cn-hangzhou/Redis', 'cn-hangzhou/Memcache']);
  });

  it('leaves a batch alone that a later generation has ended', async () => {
    const stage = await endBatch();
    await store(stage, { generation: 1 });
    expect(await sweep(stage)).toEqual({ kind: 'superseded', calls: {} });
  });

  it('waits until what was deleted a moment ago is no longer listed', async () => {
    const log = [{ atMs: START_MS - 60_000, action: 'deleteOrphans' }];
    const stage = await endBatch({ searches: [find('r-1', 'r-2')] }, { log });
    const afterMs = 540_000;
    expect(await sweep(stage)).toMatchObject({ kind: 'notNow', code: 'just-deleted', afterMs });
    stage.clock.pass(afterMs);
    expect(await sweep(stage)).toMatchObject({ kind: 'clean' });
  });

  it('calls nothing an orphan that a run may own which has begun meanwhile', async () => {
    let isOpen = false;
    const stage = await endBatch({
      searches: [
        () => {
          isOpen = true;
          return find('r-1', 'r-2', 'r-late');
        },
      ],
    });
    const hasEnded = () => Promise.resolve(!isOpen);
    const runs = { ...stage.dependencies.runs, hasEnded };
    const dependencies = { ...stage.dependencies, runs };
    expect(await sweep({ ...stage, dependencies })).toMatchObject({ code: 'running' });
  });

  it('calls nothing an orphan that a run owns which has begun and ended meanwhile', async () => {
    let isLookedAt = (): Promise<void> => Promise.resolve();
    const stage = await endBatch({ searches: [find('r-1', 'r-2', 'r-late')] });
    const cloud = {
      ...stage.cloud,
      searchInstances: async (query: Parameters<typeof stage.cloud.searchInstances>[0]) => {
        await isLookedAt();
        return stage.cloud.searchInstances(query);
      },
    };
    isLookedAt = () => store(stage, { generation: 1 });
    const dependencies = { ...stage.dependencies, cloud };
    expect(await sweep({ ...stage, dependencies })).toMatchObject({ code: 'changed' });
  });

  it('is refused where there is no result to compare with', async () => {
    const stage = await endBatch();
    await expect(sweep(stage, { batchId: 'unknown' })).rejects.toMatchObject({
      type: 'OperationRefused',
    });
  });
});

describe('orphans that were found', () => {
  it('stand in the next revision of the result, with who found them', async () => {
    const stage = await endBatch();
    expect(await record(stage, { by: 'ada' })).toMatchObject({ kind: 'recorded', revision: 1 });
    expect(await readLatest(stage)).toMatchObject({
      ...{ revision: 1, orphans: [LATE], counts: { ready: 2, orphans: 1 } },
      log: [{ action: 'orphansFound', by: 'ada', detail: expect.stringContaining('r-late') }],
    });
  });

  it('are written once, also when the answer was lost', async () => {
    const stage = await endBatch();
    const first = await record(stage);
    expect(await record(stage)).toEqual(first);
    expect(await readLatest(stage)).toMatchObject({ revision: 1, orphans: [LATE] });
  });

  it.each([
    ['a later revision', { revision: 1 }],
    ['a later generation', { generation: 1 }],
  ])('are not written into %s than they were compared with', async (_what, later) => {
    const stage = await endBatch();
    await store(stage, later);
    expect(await record(stage)).toMatchObject({ kind: 'changed' });
    expect((await readLatest(stage)).orphans).toEqual([]);
  });

  it('are not written while a release works on the revision that somebody has confirmed', async () => {
    const stage = await endBatch();
    const hasEnded = (id: string) => Promise.resolve(!id.startsWith('release/'));
    const runs = { ...stage.dependencies.runs, hasEnded };
    const busy = { ...stage, dependencies: { ...stage.dependencies, runs } };
    expect(await sweep(busy)).toMatchObject({ kind: 'notNow', code: 'releasing' });
    expect(await record(busy)).toMatchObject({ kind: 'changed' });
    expect(await readLatest(stage)).toMatchObject({ revision: 0, orphans: [] });
  });
});
