import { createCreateChunk } from '../../src/activities/create-chunk';
import type { CreateChunkAnswer, CreateChunkInput } from '../../src/contract/activity-types';
import {
  RUN_ID,
  runActivity,
  START_MS,
  type ActivityInfo,
  type ActivityStage,
} from './activity-stage';
import { createSeenInstance, failedAnswer, MATCH, okAnswer } from './scripted-cloud';

/** What the tests of the create activity share: one order, and attempts of it. */

export const NAME = 'tf-home-c0000';

export const INPUT: CreateChunkInput = {
  account: 'default',
  region: 'cn-hangzhou',
  engine: 'Redis',
  token: 'token-1',
  body: { AutoPay: 'false', Instances: '[{"Quantity":2}]' },
  name: NAME,
  quantity: 2,
  ignoreIds: [],
  proof: { runId: RUN_ID },
  matches: [MATCH],
  isUnpaidOrder: false,
};

export const SECOND_ATTEMPT: ActivityInfo = { attempt: 2 };
/** A reset in the Temporal UI makes the attempt 1 again, but not the time it was scheduled for. */
export const RESET: ActivityInfo = { scheduledTimestampMs: START_MS - 8 };

export const INVALID = failedAnswer({
  class: 'invalid',
  code: 'InvalidVpc.NotFound',
  requestId: 'q-7',
});
export const THROTTLED = failedAnswer({
  class: 'throttled',
  code: 'Throttling.User',
  isUnexecuted: true,
});
export const NOTHING = okAnswer([]);

export function create(
  { dependencies }: ActivityStage,
  input: Partial<CreateChunkInput> = {},
  info: ActivityInfo = {},
): Promise<CreateChunkAnswer> {
  return runActivity(createCreateChunk(dependencies), { ...INPUT, ...input }, info);
}

export function findBoth() {
  return okAnswer([
    createSeenInstance({ id: 'r-1', name: NAME }),
    createSeenInstance({ id: 'r-2', name: NAME }),
  ]);
}
