import type { PendingApproval } from '../domain/approval';
import type { ShardReport } from '../contract/shard-messages';
import {
  addCounts,
  NO_SLOTS,
  type BatchProgress,
  type GateView,
  type ParkedChunk,
  type SlotCounts,
} from '../domain/progress';

/** Parked chunks that the details list one by one. */
const PARKED_ROWS_MAX = 20;

/** What an operator reads on the batch's page: plain words, in Markdown. */
export function toCurrentDetails(progress: BatchProgress): string {
  return [
    toHeadline(progress),
    toCounts(progress.counts),
    ...(progress.approval === null ? [] : [toApproval(progress.approval)]),
    ...(progress.hold === null ? [] : [`**On hold**: ${progress.hold}.`]),
    ...(progress.gate === null ? [] : [toGate(progress.gate)]),
    ...(progress.parked.length === 0 ? [] : toParked(progress.parked)),
    toAdvice(progress),
  ].join('\n\n');
}

/** What an operator reads on the page of a shard that is a workflow of its own. */
export function toShardDetails(batch: string, report: ShardReport): string {
  const counts = report.groups.map((group) => group.counts).reduce(addCounts, NO_SLOTS);
  return [
    `**${report.stage}**: shard ${report.shard} of \`${batch}\`, ${counts.ready} of ${counts.slots} instances are ready.`,
    toCounts(counts),
    ...(report.gate === null ? [] : [toGate(report.gate)]),
    ...(report.parked.length === 0 ? [] : toParked(report.parked)),
    `Give orders to the batch \`${batch}\`; it passes them on. Resetting this shard is safe.`,
  ].join('\n\n');
}

function toHeadline({ phase, counts }: BatchProgress): string {
  return `**${phase}**: ${counts.ready} of ${counts.slots} instances are ready.`;
}

function toCounts(counts: SlotCounts): string {
  const cells = Object.entries(counts).filter(([, count]) => count > 0);
  return cells.map(([state, count]) => `${state} ${count}`).join(' · ');
}

function toApproval({ plan, instances, sinceMs, untilMs }: PendingApproval): string {
  return (
    `**Waiting for an approval** of ${instances} instances since ${toTime(sinceMs)}, until ` +
    `${toTime(untilMs)}. Send the update \`approve\` or \`reject\` with ` +
    `\`{"plan": "${plan}", "by": "your name"}\`.`
  );
}

function toGate({ cause, code, sinceMs, nextProbeAtMs, probes }: GateView): string {
  const next =
    nextProbeAtMs === null
      ? 'a probe is under way'
      : `the next probe goes at ${toTime(nextProbeAtMs)}`;
  const why = cause === 'halt' ? 'somebody halted new creates' : `the service says \`${code}\``;
  return (
    `**Waiting for ${toWhat(cause)}** since ${toTime(sinceMs)}: ${why}. ` +
    `${probes} probes were refused so far; ${next}. It goes on by itself; \`retryFailed\` probes at once.`
  );
}

function toWhat(cause: GateView['cause']): string {
  return cause === 'halt' ? 'the end of the halt' : cause;
}

function toParked(parked: readonly ParkedChunk[]): string[] {
  const rows = parked
    .slice(0, PARKED_ROWS_MAX)
    .map(
      ({ chunk, slots, code, requestId, nextStep }) =>
        `| ${chunk} | ${slots} | \`${code}\` | ${requestId ?? ''} | ${nextStep} |`,
    );
  const more = parked.length - rows.length;
  return [
    [
      '| chunk | instances | code | request id | what to do |',
      '| --- | --- | --- | --- | --- |',
      ...rows,
    ].join('\n'),
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
}

function toAdvice({ phase, needsOperator, deadlineAtMs }: BatchProgress): string {
  if (phase === 'awaitingApproval') return 'Nothing is bought before.';
  if (phase === 'done') return 'The batch has ended; its result has every instance.';
  if (phase === 'paused') return 'Send the update `resume` to go on.';
  return needsOperator
    ? `Mend the cause, then send the update \`retryFailed\`. Otherwise the batch ends at ${toTime(deadlineAtMs)} with what it has.`
    : 'Nothing to do.';
}

function toTime(atMs: number): string {
  return new Date(atMs).toISOString().replace(/\.\d+Z$/, 'Z');
}
