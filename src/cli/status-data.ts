import type { BatchStatus } from '../service/read-status';

/**
 * What `status` and `describe` give a script.
 *
 * @param status - as the service gives it
 */
export function toStatusData(status: BatchStatus): object {
  const { key, run, progress, progressAtMs, finished, gap } = status;
  return {
    ...key,
    workflowId: run?.workflowId ?? null,
    runId: run?.runId ?? null,
    status: run?.status ?? 'completed',
    schedule: run?.schedule ?? null,
    historyEvents: run?.historyEvents ?? null,
    noted: run?.noted ?? null,
    progress,
    progressAtMs,
    result: finished?.document ?? null,
    resultLocation: finished?.location ?? null,
    ...(gap === null ? {} : { gap: { code: gap.code, message: gap.message } }),
  };
}
