import { formatDuration } from '../../../domain/duration';
import type { FrozenPlan } from '../../../domain/frozen-plan';
import type { BatchProgress, LogEntry, ParkedChunk } from '../../../domain/progress';
import type { BatchStatus } from '../../../service/read-status';
import type { Colors } from '../../cli-io';
import { formatCount } from './numbers';
import { UNKNOWN_PACE } from '../../live/ready-pace';
import { toProgressLines } from './progress-lines';
import { toResultLines } from './result-lines';
import { toEventsText, toGapLines } from './status-lines';
import { toTable } from './table';

/** What a description needs besides the batch's own answers. */
export interface DescribeOptions {
  readonly nowMs: number;
  /** Namespace in Temporal; null over the HTTP API. */
  readonly namespace: string | null;
  /** Address in the Temporal UI, when it is known. */
  readonly uiLink: string | null;
  readonly colors: Colors;
}

/**
 * Everything that is known about a batch, for people: nothing is left out for length.
 *
 * @param status - as the service gives it
 * @param options - time, where the batch is to be seen, colours
 */
export function toDescribeLines(status: BatchStatus, options: DescribeOptions): string[] {
  const { progress, finished } = status;
  const sections = [
    progress === null ? [] : toProgressSection(progress, options),
    finished === null ? [] : toResultLines(finished, options.colors),
    toGapLines(status, options.nowMs),
    progress === null ? [] : toParkedLines(progress.parked),
    toLogLines(progress?.log ?? finished?.document.log ?? []),
    toPlanLines(findFrozen(status)),
    toRunLines(status, options),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

/** The plan that is fixed for the batch id, from the run or from the result. */
export function findFrozen({ run, finished }: BatchStatus): FrozenPlan | null {
  return run?.frozen ?? (finished?.document.frozen as FrozenPlan | undefined) ?? null;
}

function toProgressSection(progress: BatchProgress, options: DescribeOptions): string[] {
  const { nowMs, colors } = options;
  // All that is parked follows in a section of its own.
  const shown = { ...progress, parked: [] };
  const leftMs = progress.deadlineAtMs - nowMs;
  const left = leftMs > 0 ? `in ${formatDuration(Math.ceil(leftMs / 1_000) * 1_000)}` : 'passed';
  return [
    ...toProgressLines(shown, { nowMs, colors, pace: UNKNOWN_PACE }),
    '',
    ...toGroupTable(progress),
    '',
    `started    ${toMoment(progress.startedAtMs)}`,
    `deadline   ${toMoment(progress.deadlineAtMs)} (${left})`,
  ];
}

function toGroupTable({ groups }: BatchProgress): string[] {
  const rows = groups.map(({ name, counts }) => [
    name,
    counts.slots,
    counts.planned,
    counts.creating,
    counts.gated,
    counts.starting,
    counts.ready,
    counts.failed,
    counts.parked,
    counts.skipped,
  ]);
  const states = ['planned', 'creating', 'gated', 'starting', 'ready', 'failed', 'parked'];
  return toTable([['group', 'slots', ...states, 'skipped'], ...rows]);
}

function toParkedLines(parked: readonly ParkedChunk[]): string[] {
  return parked.flatMap(({ chunk, slots, code, message, requestId, nextStep }) => [
    `parked     ${chunk}, ${formatCount(slots)} slots: ${code}`,
    ...(message === undefined ? [] : [`           ${message}`]),
    ...(requestId === undefined ? [] : [`           request ${requestId}`]),
    `           ${nextStep}`,
  ]);
}

function toLogLines(log: readonly LogEntry[]): string[] {
  return log.map(({ atMs, action, by, why, ticket, detail }) => {
    const parts = [detail, why, ticket].filter((part) => part !== undefined);
    const who = by === undefined ? '' : ` by ${by}`;
    return `log        ${toMoment(atMs)}  ${action}${who}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}`;
  });
}

function toPlanLines(frozen: FrozenPlan | null): string[] {
  if (frozen === null) return [];
  const sizes = `${formatCount(frozen.chunkSlots)} slots a call, up to ${formatCount(frozen.shardSlots)} a shard`;
  return [
    `plan       ${sizes}, fixed for this batch id`,
    `account    ${frozen.account}, installation ${frozen.installationId}`,
    `request    ${frozen.requestHash}`,
  ];
}

function toRunLines({ run }: BatchStatus, { namespace, uiLink }: DescribeOptions): string[] {
  if (run === null) return ['workflow   forgotten by Temporal; only the result is left'];
  const own = `in the UI of your server: namespace ${namespace}, workflow ${run.workflowId}`;
  const where = uiLink ?? (namespace === null ? null : own);
  return [
    `workflow   ${run.workflowId}`,
    `run        ${run.runId}, ${run.status}${toEventsText(run)}`,
    ...(where === null ? [] : [`UI         ${where}`]),
  ];
}

/** ISO 8601 without what nobody reads: `2026-11-24 06:51:12Z`. */
function toMoment(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')}Z`;
}
