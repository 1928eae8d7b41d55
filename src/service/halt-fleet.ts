import type { Client } from '@temporalio/client';
import type { ActionAnswer, ActionNote } from '../contract/messages';
import { PROVISION_BATCH, TASK_QUEUES } from '../contract/names';
import { HALT_CREATES, HALT_MEMO, HALT_WORKFLOW_ID, UNHALT_UPDATE } from '../contract/operations';
import { fromWorkflowId } from '../contract/workflow-id';
import type { BatchKey } from '../outbound/result-store';
import { actOnBatch } from './act-on-batch';
import { isServerAnswering, withinTime } from './batch-run';
import { readProgress } from './read-progress';
import { sendUpdate } from './send-update';
import { createFailure, createSuccess } from './service-result';
import type { ServiceResult } from './service-result';
import { classifyTemporalError, createNoWorker, toServiceFailure } from './temporal-failure';

/** A halt in force: who, why, since when. */
export interface Halt extends ActionNote {
  readonly sinceMs: number;
}

/** What `halt` did. */
export interface Halted {
  readonly halt: Halt;
  /** False when somebody else had halted before; then it is their halt. */
  readonly isNew: boolean;
}

/** What `unhalt` did. */
export interface Unhalted {
  /** Batches that waited for it and were told to go on at once. */
  readonly resumed: readonly BatchKey[];
}

/** An update is taken within milliseconds; a busy worker may need some seconds. */
const UNHALT_TIMEOUT_MS = 15_000;

/** Open batches that are told at once; every other goes on at its next probe by itself. */
const RESUMED_MAX = 1_000;
const ASKED_AT_ONCE = 10;

/**
 * Stops new creates by every worker of the namespace. It needs no worker, and is in force two seconds
 * later; calls that are open are finished.
 *
 * @param client - the Temporal client
 * @param note - who halts, and why
 * @param taskQueue - where the workflow that stands for the halt runs
 */
export async function haltFleet(
  client: Client,
  note: ActionNote,
  taskQueue: string = TASK_QUEUES.main,
): Promise<ServiceResult<Halted>> {
  const what = 'halt new creates';
  try {
    await withinTime(client, () =>
      client.workflow.start(HALT_CREATES, {
        workflowId: HALT_WORKFLOW_ID,
        taskQueue,
        args: [note],
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        workflowIdConflictPolicy: 'FAIL',
        memo: { [HALT_MEMO]: note },
        staticSummary: 'no new creates while this runs',
      }),
    );
    return await toHalted(client, true);
  } catch (error) {
    if (classifyTemporalError(error) === 'already-started') return toHalted(client, false);
    return toServiceFailure(error, what);
  }
}

/**
 * The halt in force; null when there is none.
 *
 * @param client - the Temporal client
 */
export async function readHalt(client: Client): Promise<ServiceResult<Halt | null>> {
  try {
    const handle = client.workflow.getHandle(HALT_WORKFLOW_ID);
    const found = await withinTime(client, () => handle.describe());
    if (found.status.name !== 'RUNNING' && found.status.name !== 'PAUSED') {
      return createSuccess(null);
    }
    const note = (found.memo?.[HALT_MEMO] ?? {}) as ActionNote;
    return createSuccess({ ...note, sinceMs: found.startTime.getTime() });
  } catch (error) {
    if (classifyTemporalError(error) === 'not-found') return createSuccess(null);
    return toServiceFailure(error, 'ask whether new creates are halted');
  }
}

/**
 * Lets workers send new creates again, and tells the batches that wait for it.
 *
 * @param client - the Temporal client
 * @param note - who ends the halt, and why
 * @returns `already-finished` when nothing is halted, `no-worker`, `no-server`
 */
export async function unhaltFleet(
  client: Client,
  note: ActionNote,
): Promise<ServiceResult<Unhalted>> {
  const what = 'let workers send new creates again';
  try {
    const handle = client.workflow.getHandle(HALT_WORKFLOW_ID);
    const update = (): Promise<ActionAnswer> =>
      sendUpdate<ActionAnswer>(handle, UNHALT_UPDATE, note);
    await withinTime(client, update, UNHALT_TIMEOUT_MS);
    return createSuccess({ resumed: await resumeWaiting(client, note) });
  } catch (error) {
    switch (classifyTemporalError(error)) {
      case 'not-found':
        return createFailure('already-finished', 'Nothing is halted.');
      case 'too-late':
        if (await isServerAnswering(client)) return createNoWorker(what);
        return toServiceFailure(error, what);
      default:
        return toServiceFailure(error, what);
    }
  }
}

async function toHalted(client: Client, isNew: boolean): Promise<ServiceResult<Halted>> {
  const halt = await readHalt(client);
  if (!halt.ok) return halt;
  if (halt.value !== null) return createSuccess({ halt: halt.value, isNew });
  return createFailure('refused', 'Somebody ended the halt just now. Halt again if you mean it.');
}

/** Best effort: what is not told goes on at its next probe. */
async function resumeWaiting(client: Client, note: ActionNote): Promise<readonly BatchKey[]> {
  const resumed: BatchKey[] = [];
  const query = `WorkflowType = '${PROVISION_BATCH}' AND ExecutionStatus = 'Running'`;
  const keys: BatchKey[] = [];
  for await (const { workflowId } of client.workflow.list({ query })) {
    const key = fromWorkflowId(workflowId);
    if (key !== null) keys.push(key);
    if (keys.length >= RESUMED_MAX) break;
  }
  for (let at = 0; at < keys.length; at += ASKED_AT_ONCE) {
    const piece = keys.slice(at, at + ASKED_AT_ONCE);
    const told = await Promise.all(piece.map((key) => resumeOne(client, key, note)));
    resumed.push(...piece.filter((_, index) => told[index]));
  }
  return resumed;
}

async function resumeOne(client: Client, key: BatchKey, note: ActionNote): Promise<boolean> {
  const progress = await readProgress(client, key);
  const cause: string | undefined = progress.ok ? progress.value.gate?.cause : undefined;
  if (cause !== 'halt') return false;
  return (await actOnBatch(client, key, { name: 'retryFailed', input: note })).ok;
}
