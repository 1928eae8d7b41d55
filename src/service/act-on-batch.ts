import type { Client } from '@temporalio/client';
import type { ActionAnswer, ActionNote } from '../contract/messages';
import type { UPDATES } from '../contract/names';
import { toWorkflowId } from '../contract/workflow-id';
import type { BatchKey } from '../outbound/result-store';
import { describeRun, formatKey, isServerAnswering, withinTime } from './batch-run';
import { sendUpdate } from './send-update';
import { createFailure, createSuccess } from './service-result';
import type { ServiceFailure, ServiceResult } from './service-result';
import {
  classifyTemporalError,
  createNoWorker,
  toCause,
  toServiceFailure,
} from './temporal-failure';

/** An operator action on an open batch. */
export type ActionName = keyof typeof UPDATES;

/** Which action, and what it carries. */
export interface Action {
  readonly name: ActionName;
  readonly input: ActionNote;
}

/** An action is accepted within milliseconds; a busy worker may need some seconds. */
const ACTION_TIMEOUT_MS = 15_000;

/** Failure type of the server when a run ends between an update's acceptance and its answer. */
const ENDED_BEFORE_ANSWER = 'AcceptedUpdateCompletedWorkflow';

/**
 * Does an operator action on an open batch and waits for its answer.
 *
 * @param client - the Temporal client
 * @param key - which batch
 * @param action - what to do
 * @returns what was done; `refused` with the batch's own reason, `already-finished`, `no-worker`,
 *   `no-server`, `not-found`
 */
export async function actOnBatch(
  client: Client,
  key: BatchKey,
  action: Action,
): Promise<ServiceResult<ActionAnswer>> {
  const handle = client.workflow.getHandle(toWorkflowId(key.tenant, key.batchId));
  try {
    const update = (): Promise<ActionAnswer> =>
      sendUpdate<ActionAnswer>(handle, action.name, action.input);
    return createSuccess(await withinTime(client, update, ACTION_TIMEOUT_MS));
  } catch (error) {
    return explainFailedAction(client, key, { action, error });
  }
}

async function explainFailedAction(
  client: Client,
  key: BatchKey,
  { action, error }: { readonly action: Action; readonly error: unknown },
): Promise<ServiceResult<ActionAnswer>> {
  const what = `${WORDS[action.name]} the batch ${formatKey(key)}`;
  switch (classifyTemporalError(error)) {
    case 'update-refused':
      if (toCause(error).type === ENDED_BEFORE_ANSWER) return createSuccess(ENDED_WHILE_ACTING);
      return createFailure('refused', toCause(error).text);
    case 'too-late':
      if (await isServerAnswering(client)) return createNoWorker(what);
      return toServiceFailure(error, what);
    case 'not-found':
      return explainMissingRun(client, key, what);
    default:
      return toServiceFailure(error, what);
  }
}

/** As the end of "Could not …", before the batch. */
const WORDS: Readonly<Record<ActionName, string>> = {
  retryFailed: 'retry what is parked in',
  retryNow: 'ask at the gate of',
  skip: 'skip what is parked in',
  pause: 'pause',
  resume: 'resume',
  setConcurrency: 'set the concurrency of',
  extendDeadline: 'extend the deadline of',
  approve: 'approve',
  reject: 'reject',
  cancel: 'cancel',
};

const ENDED_WHILE_ACTING: ActionAnswer = {
  message: 'The action was accepted, and the batch ended while it was carried out.',
  chunks: [],
};

/** A closed run and an unknown one give the same gRPC code. */
async function explainMissingRun(
  client: Client,
  key: BatchKey,
  what: string,
): Promise<ServiceFailure> {
  const run = await describeRun(client, key);
  if (!run.ok) return run;
  return createFailure(
    'already-finished',
    `Could not ${what}: it has ended. See "tairfleet result ${formatKey(key)}".`,
  );
}
