import type { PendingApproval } from '../domain/approval';
import type { ShardReport } from '../contract/shard-report';
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

/** Where the Temporal UI keeps the updates (UI 2.54). */
const UPDATE_FORM = '*More Actions*, *Send an Update*';

/** What an operator reads on the batch's page: plain words, in Markdown. */
export function toCurrentDetails(progress: BatchProgress): string {
  return [
    toHeadline(progress),
    toAdvice(progress),
    toCounts(progress.counts),
    ...(progress.approval === null ? [] : [toApproval(progress.approval)]),
    ...(progress.hold === null ? [] : [toHold(progress.hold, progress.holdSinceMs)]),
    ...(progress.gate === null ? [] : [toGate(progress.gate)]),
    ...(progress.parked.length === 0 ? [] : toParked(progress.parked)),
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

function toHeadline({ phase, needsOperator, counts }: BatchProgress): string {
  const state = needsOperator ? `${phase}, needs a person` : phase;
  return `**${state}**: ${counts.ready} of ${counts.slots} instances are ready.`;
}

function toCounts(counts: SlotCounts): string {
  const cells = Object.entries(counts).filter(([, count]) => count > 0);
  return cells.map(([state, count]) => `${state} ${count}`).join(' · ');
}

function toApproval({ plan, instances, price, sinceMs, untilMs }: PendingApproval): string {
  const cost = price === null ? '' : ` (price of the first hour: at most ${price})`;
  return (
    `**Waiting for an approval** of ${instances} instances${cost} since ${toTime(sinceMs)}, until ` +
    `${toTime(untilMs)}. To decide, send the update \`approve\` or \`reject\` ` +
    `(${UPDATE_FORM}) with \`{"plan": "${plan}", "by": "your name"}\`.`
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
    `${probes} probes were refused so far; ${next}. It goes on by itself; \`retryNow\` asks at once.`
  );
}

function toWhat(cause: GateView['cause']): string {
  return cause === 'halt' ? 'the end of the halt' : cause;
}

/** What it says is a sentence with or without its full stop. */
function toHold(hold: string, sinceMs: number | null): string {
  const since = sinceMs === null ? '' : ` since ${toTime(sinceMs)}`;
  return `**On hold**${since}, so no new calls are made: ${hold.replace(/\.$/, '')}.`;
}

/** By cause, since many chunks share few. Lists, since the page is too narrow for a table. */
function toParked(parked: readonly ParkedChunk[]): string[] {
  const causes = new Map<string, ParkedChunk[]>();
  for (const chunk of parked.slice(0, PARKED_ROWS_MAX)) {
    const cause = `${chunk.code} ${chunk.nextStep}`;
    causes.set(cause, [...(causes.get(cause) ?? []), chunk]);
  }
  const more = parked.length - PARKED_ROWS_MAX;
  return [
    ...[...causes.values()].map(toCause),
    ...(more > 0 ? [`and ${more} more parked chunks`] : []),
  ];
}

function toCause(chunks: readonly ParkedChunk[]): string {
  const [{ code, message, nextStep }] = chunks as [ParkedChunk, ...ParkedChunk[]];
  return [
    `**Parked because of \`${code}\`.** ${nextStep}`,
    ...(message === undefined ? [] : [`> ${message}`]),
    chunks.map((chunk) => `- ${toChunk(chunk)}`).join('\n'),
  ].join('\n\n');
}

function toChunk({ chunk, slots, sinceMs, requestId }: ParkedChunk): string {
  return [
    `\`${chunk}\`, ${slots} instances`,
    ...(sinceMs === undefined ? [] : [`since ${toTime(sinceMs)}`]),
    ...(requestId === undefined ? [] : [`request id \`${requestId}\``]),
  ].join(', ');
}

function toAdvice({ phase, needsOperator, deadlineAtMs }: BatchProgress): string {
  if (phase === 'awaitingApproval') return 'Nothing is bought before.';
  if (phase === 'done') return 'The batch has ended; its result has every instance.';
  if (phase === 'paused') return `Somebody has paused it. To go on, ${toPress('resume')}.`;
  return needsOperator
    ? `Mend the cause below. Then ${toPress('retryFailed')}: it goes on, and buys nothing twice. ` +
        `To give up instead, choose \`skip\` for what is parked, or \`cancel\` for the whole batch. ` +
        `If nobody does, it ends at ${toTime(deadlineAtMs)} with what it has.`
    : 'Nothing to do.';
}

function toPress(update: string): string {
  return `press ${UPDATE_FORM}, choose \`${update}\`, and submit`;
}

function toTime(atMs: number): string {
  return new Date(atMs).toISOString().replace(/\.\d+Z$/, 'Z');
}
