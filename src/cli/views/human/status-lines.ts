import { formatDuration } from '../../../domain/duration';
import type { RunFacts } from '../../../service/batch-run';
import type { BatchStatus } from '../../../service/read-status';
import type { Colors } from '../../cli-io';
import { formatCountOf } from './numbers';
import { UNKNOWN_PACE } from '../../live/ready-pace';
import { toProgressLines } from './progress-lines';
import { toResultLines, toResultNextStep } from './result-lines';

/**
 * Everything that is known about a batch, for people.
 *
 * @param status - as the service gives it
 * @param options - time, and colours of the stream it is written to
 */
export function toStatusLines(
  status: BatchStatus,
  options: { readonly nowMs: number; readonly colors: Colors },
): string[] {
  const { run, progress, finished, key } = status;
  const lines: string[] = [];
  if (progress !== null) {
    lines.push(...toProgressLines(progress, { ...options, pace: UNKNOWN_PACE }));
  }
  if (finished !== null) lines.push(...toResultLines(finished, options.colors));
  lines.push(...toGapLines(status, options.nowMs));
  if (run !== null) {
    if (run.schedule !== null) lines.push('', `schedule   ${key.tenant}/${run.schedule}`);
    lines.push('', `workflow   ${run.workflowId} (run ${run.runId}${toEventsText(run)})`);
  }
  return lines;
}

/**
 * Why a part of what is shown is missing, or how old it is; nothing when all is of now.
 *
 * @param status - as the service gives it
 * @param nowMs - milliseconds since 1970
 */
export function toGapLines(status: BatchStatus, nowMs: number): string[] {
  const { key, run, progress, progressAtMs, gap } = status;
  if (gap === null) return [];
  if (progress === null) {
    const state = run?.noted?.phase ?? run?.status ?? 'unknown';
    return [`${key.tenant}/${key.batchId}  ${state}`, `  ${gap.message}`];
  }
  const ageMs = Math.max(0, nowMs - (progressAtMs ?? progress.startedAtMs));
  return [`  as it was ${formatDuration(Math.ceil(ageMs / 1_000) * 1_000)} ago: ${gap.message}`];
}

/**
 * What happens next, or what somebody can do.
 *
 * @param status - as the service gives it
 */
export function toStatusNextStep(status: BatchStatus): string {
  const name = `${status.key.tenant}/${status.key.batchId}`;
  if (status.finished !== null) return toResultNextStep(status.finished.document);
  const approval = status.progress?.approval ?? null;
  if (approval !== null) {
    return `"tairfleet approve ${name} ${approval.plan} --by <you>" lets it buy; "reject" ends it.`;
  }
  if (status.progress?.needsOperator === true) {
    return `It waits for you: once the cause is gone, "tairfleet retry ${name}" goes on.`;
  }
  if (status.progress?.phase === 'paused') return `"tairfleet resume ${name}" goes on.`;
  return `"tairfleet watch ${name}" follows it.`;
}

/**
 * How long the history of a run is, to go after other words; nothing when nobody says.
 *
 * @param run - the run
 */
export function toEventsText({ historyEvents }: RunFacts): string {
  return historyEvents === null ? '' : `, ${formatCountOf(historyEvents, 'history event')}`;
}
