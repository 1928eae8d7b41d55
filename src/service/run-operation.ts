import type { Client } from '@temporalio/client';
import { FAILURES } from '../contract/failure-types';
import { TASK_QUEUES } from '../contract/names';
import { isServerAnswering, withinTime } from './batch-run';
import { createFailure, createSuccess } from './service-result';
import type { ServiceFailure, ServiceResult } from './service-result';
import {
  classifyTemporalError,
  createNoWorker,
  toCause,
  toServiceFailure,
} from './temporal-failure';

/** A workflow that somebody waits for. */
export interface Operation {
  /** Workflow type. */
  readonly type: string;
  readonly workflowId: string;
  readonly input: object;
  /** What it does, as the end of "Could not …"; shown in the Temporal UI too. */
  readonly what: string;
  /** How long its answer is waited for; it goes on afterwards. */
  readonly timeoutMs: number;
  readonly taskQueue?: string;
}

/** The longest static summary that the server takes, in bytes (Temporal 1.32.0). */
const SUMMARY_BYTES_MAX = 200;

/**
 * Starts an operation and waits for its result. When it runs already, `refused`: two people may have
 * ordered different things.
 *
 * @param client - the Temporal client
 * @param operation - what to run
 * @returns the workflow's result; `refused` with its own reason, `no-worker`, `no-server`
 */
export async function runOperation<Result>(
  client: Client,
  operation: Operation,
): Promise<ServiceResult<Result>> {
  const { type, workflowId, input, what, timeoutMs } = operation;
  try {
    const handle = await withinTime(client, () =>
      client.workflow.start(type, {
        workflowId,
        taskQueue: operation.taskQueue ?? TASK_QUEUES.main,
        args: [input],
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        workflowIdConflictPolicy: 'FAIL',
        staticSummary: Buffer.from(what).subarray(0, SUMMARY_BYTES_MAX).toString(),
      }),
    );
    const result = (): Promise<Result> => handle.result() as Promise<Result>;
    return createSuccess(await withinTime(client, result, timeoutMs));
  } catch (error) {
    return explain(client, operation, error);
  }
}

async function explain(
  client: Client,
  { what, workflowId }: Operation,
  error: unknown,
): Promise<ServiceFailure> {
  switch (classifyTemporalError(error)) {
    case 'already-started':
      return createFailure(
        'refused',
        `Could not ${what}: it is being done already (workflow ${workflowId}). Wait for its end.`,
      );
    case 'run-failed':
      return explainFailedRun(what, error);
    case 'too-late':
      if (await isServerAnswering(client)) return createNoWorker(what);
      return toServiceFailure(error, what);
    default:
      return toServiceFailure(error, what);
  }
}

/** An activity's failure is the cause of the workflow's. */
function explainFailedRun(what: string, error: unknown): ServiceFailure {
  const { cause } = error as { cause?: unknown };
  const inner = toCause(cause).type === null ? toCause(error) : toCause(cause);
  const code = inner.type === FAILURES.operationRefused ? 'refused' : 'unexpected';
  return createFailure(code, `Could not ${what}: ${inner.text}.`);
}
