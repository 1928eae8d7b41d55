import { createSettle } from '../../src/activities/settle';
import type { SettleAnswer, SettleInput } from '../../src/contract/activity-types';
import {
  RUN_ID,
  runActivity,
  SETTLE_TIME_MS,
  START_MS,
  useActivityStages,
  type ActivityStage,
} from './activity-stage';
import { createSeenInstance, failedAnswer, MATCH, okAnswer } from './scripted-cloud';

const NAME = 'tf-home-c0000';
const TIMER_MARGIN_MS = 30_000;

const INPUT: SettleInput = {
  account: 'default',
  region: 'cn-hangzhou',
  engine: 'Redis',
  name: NAME,
  since: { runId: RUN_ID, atMs: START_MS - SETTLE_TIME_MS },
  matches: [MATCH],
};

const createStage = useActivityStages();

function settle(
  { dependencies }: ActivityStage,
  input: Partial<SettleInput> = {},
): Promise<SettleAnswer> {
  return runActivity(createSettle(dependencies), { ...INPUT, ...input });
}

describe('a settle', () => {
  it.each([
    ['nobody knows since when', null],
    ['another run has waited', { runId: 'an-earlier-run', atMs: 0 }],
  ])('starts a whole wait of its own run when %s', async (_when, since) => {
    const stage = createStage();
    expect(await settle(stage, { since })).toEqual({
      kind: 'unsettled',
      since: { runId: RUN_ID, atMs: START_MS },
      waitMs: SETTLE_TIME_MS + TIMER_MARGIN_MS,
      calls: {},
    });
    expect(stage.cloud.called).toEqual([]);
  });

  it('waits for what remains when it comes too early', async () => {
    const since = { runId: RUN_ID, atMs: START_MS - SETTLE_TIME_MS + 1 };
    expect(await settle(createStage(), { since })).toEqual({
      kind: 'unsettled',
      since,
      waitMs: 1 + TIMER_MARGIN_MS,
      calls: {},
    });
  });

  it('lists what bears exactly the name, with health and fit, and proves its own run', async () => {
    const stage = createStage({
      searches: [
        okAnswer([
          createSeenInstance({ id: 'r-good', name: NAME, status: 'Normal' }),
          createSeenInstance({ id: 'r-dead', name: NAME, status: 'Error' }),
          createSeenInstance({ id: 'r-foreign', name: NAME, zone: 'cn-hangzhou-x' }),
          createSeenInstance({ id: 'r-other', name: `${NAME}0` }),
        ]),
      ],
    });
    expect(await settle(stage)).toEqual({
      kind: 'settled',
      found: [
        { id: 'r-good', isHealthy: true, isOurs: true },
        { id: 'r-dead', isHealthy: false, isOurs: true },
        { id: 'r-foreign', isHealthy: true, isOurs: false },
      ],
      proof: { runId: RUN_ID },
      calls: { DescribeInstances: 1 },
    });
  });

  it('compares no classes where the service is known to rename them', async () => {
    const renamed = createSeenInstance({ name: NAME, instanceClass: 'redis.shard.small.2.ce' });
    const script = { searches: [okAnswer([renamed])] };
    expect(await settle(createStage(script))).toMatchObject({ found: [{ isOurs: false }] });
    expect(await settle(createStage(script, { isClassCompared: false }))).toMatchObject({
      found: [{ isOurs: true }],
    });
  });

  it('is tried again when it cannot look, after the pause that the service asks for', async () => {
    const throttled = failedAnswer({ class: 'throttled', code: 'Throttling', retryAfterMs: 700 });
    await expect(settle(createStage({ searches: [throttled] }))).rejects.toMatchObject({
      type: 'LookUpFailed',
      nonRetryable: false,
      nextRetryDelay: 700,
    });
  });
});
