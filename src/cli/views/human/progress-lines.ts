import type { PendingApproval } from '../../../domain/approval';
import type { BatchProgress, GateView, ParkedChunk, SlotCounts } from '../../../domain/progress';
import type { Colors } from '../../cli-io';
import type { ReadyPace } from '../../live/ready-pace';
import { toDelayText } from './delay-text';
import { formatCount, formatElapsed, formatTimeOfDay } from './numbers';

/** What a view of progress needs besides the progress itself. */
export interface ProgressViewOptions {
  readonly nowMs: number;
  readonly pace: ReadyPace;
  readonly colors: Colors;
}

const BAR_WIDTH = 24;
const PARKED_SHOWN_MAX = 5;

/** Below it one digit says nothing. */
const RATE_SHOWN_MIN = 0.05;

/**
 * A few lines that say how far a batch is, what it waits for and what would help.
 *
 * @param progress - the batch's own answer
 * @param options - time, rate, colours
 */
export function toProgressLines(progress: BatchProgress, options: ProgressViewOptions): string[] {
  const { colors, nowMs } = options;
  const name = colors.bold(`${progress.tenant}/${progress.batchId}`);
  const since = formatElapsed(nowMs - progress.startedAtMs);
  return [
    `${name}  ${progress.phase}, ${since}`,
    `  ${toReadyLine(progress.counts, options)}`,
    ...[toStateLine(progress.counts)].filter((line) => line !== '').map((line) => `  ${line}`),
    ...toWaitingLines(progress, nowMs).map((line) => `  ${colors.yellow(line)}`),
  ];
}

/**
 * The same on one line, for a log.
 *
 * @param progress - the batch's own answer
 * @param options - time, rate
 */
export function toProgressLine(
  progress: BatchProgress,
  options: Omit<ProgressViewOptions, 'colors'>,
): string {
  const { counts } = progress;
  const since = formatElapsed(options.nowMs - progress.startedAtMs);
  const ready = `ready ${formatCount(counts.ready)}/${formatCount(counts.slots)}`;
  const parts = [since, progress.phase, ready, toStateLine(counts)];
  parts.push(toPaceText(options.pace));
  if (progress.approval !== null)
    parts.push(`waiting for an approval of ${progress.approval.plan}`);
  if (progress.gate !== null) parts.push(toGateText(progress.gate, options.nowMs));
  if (progress.hold !== null) parts.push(progress.hold);
  parts.push(toDelayText(progress) ?? '', toAuditText(progress, options.nowMs) ?? '');
  const causes = [...new Set(progress.parked.map(({ code }) => code))];
  if (causes.length > 0) parts.push(`parked for ${causes.join(', ')}`);
  return parts.filter((part) => part !== '').join('  ');
}

/**
 * What a batch waits for, and what would help; nothing when it simply goes on.
 *
 * @param progress - the batch's own answer
 * @param nowMs - milliseconds since 1970
 */
export function toWaitingLines(progress: BatchProgress, nowMs: number): string[] {
  const lines: string[] = [];
  if (progress.approval !== null) lines.push(toApprovalText(progress.approval, nowMs));
  if (progress.hold !== null) lines.push(toHoldText(progress.hold, progress.holdSinceMs, nowMs));
  if (progress.gate !== null) lines.push(toGateText(progress.gate, nowMs));
  const delay = toDelayText(progress);
  if (delay !== null) lines.push(delay);
  const audit = toAuditText(progress, nowMs);
  if (audit !== null) lines.push(audit);
  lines.push(...progress.parked.slice(0, PARKED_SHOWN_MAX).map((row) => toParkedText(row, nowMs)));
  const unshown = progress.parked.length - PARKED_SHOWN_MAX;
  if (unshown > 0) lines.push(`and ${formatCount(unshown)} more parked`);
  return lines;
}

function toApprovalText(approval: PendingApproval, nowMs: number): string {
  const { plan, instances, price, untilMs } = approval;
  // A run that an older worker began says nothing of prices.
  const cost = price == null ? '' : `, first hour at most ${price}`;
  const left = formatElapsed(Math.max(0, untilMs - nowMs));
  return `waiting for an approval of ${formatCount(instances)} instances (plan ${plan}${cost}), for ${left} more`;
}

function toReadyLine(counts: SlotCounts, options: ProgressViewOptions): string {
  const share = counts.slots === 0 ? 0 : counts.ready / counts.slots;
  const filled = Math.floor(share * BAR_WIDTH);
  const bar = options.colors.green('█'.repeat(filled)) + '░'.repeat(BAR_WIDTH - filled);
  const total = formatCount(counts.slots);
  const ready = `ready ${formatCount(counts.ready).padStart(total.length)} / ${total}`;
  const percent = `${Math.floor(share * 100)}%`.padStart(4);
  const pace = toPaceText(options.pace);
  return `${ready}  ${bar} ${percent}${pace === '' ? '' : `  ${pace}`}`;
}

function toPaceText({ perSecond, leftMs }: ReadyPace): string {
  const parts = [];
  if (perSecond !== null && perSecond >= RATE_SHOWN_MIN) parts.push(`${perSecond.toFixed(1)}/s`);
  if (leftMs !== null) parts.push(`about ${formatElapsed(Math.max(1_000, leftMs))} left`);
  return parts.join(', ');
}

/** Only the states that hold something. */
function toStateLine(counts: SlotCounts): string {
  const states = [
    ['planned', counts.planned],
    ['creating', counts.creating],
    ['gated', counts.gated],
    ['starting', counts.starting],
    ['failed', counts.failed],
    ['parked', counts.parked],
    ['skipped', counts.skipped],
  ] as const;
  return states
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${state} ${formatCount(count)}`)
    .join('  ');
}

/** Without it a batch that was cancelled before it bought anything would seem to hang. */
function toAuditText({ phase, auditUntilMs }: BatchProgress, nowMs: number): string | null {
  if (phase !== 'auditing' || auditUntilMs === undefined || auditUntilMs <= nowMs) return null;
  const left = formatElapsed(auditUntilMs - nowMs);
  return `looks once more at ${formatTimeOfDay(auditUntilMs)} (in ${left}): until then late instances may still show up`;
}

function toHoldText(hold: string, sinceMs: number | null, nowMs: number): string {
  return sinceMs === null
    ? `on hold: ${hold}`
    : `on hold since ${toSinceText(sinceMs, nowMs)}: ${hold}`;
}

function toSinceText(sinceMs: number, nowMs: number): string {
  return `${formatTimeOfDay(sinceMs)} (${formatElapsed(nowMs - sinceMs)})`;
}

function toGateText(gate: GateView, nowMs: number): string {
  const since = toSinceText(gate.sinceMs, nowMs);
  const what = gate.cause === 'halt' ? 'the end of the halt' : gate.cause;
  return `waiting for ${what}: ${gate.code} since ${since}, ${toProbeText(gate, nowMs)}`;
}

function toProbeText({ nextProbeAtMs }: GateView, nowMs: number): string {
  if (nextProbeAtMs === null || nextProbeAtMs <= nowMs) return 'probing now';
  return `next probe in ${formatElapsed(nextProbeAtMs - nowMs)}`;
}

function toParkedText(parked: ParkedChunk, nowMs: number): string {
  const request = parked.requestId === undefined ? '' : ` (request ${parked.requestId})`;
  const slots = formatCount(parked.slots);
  const { sinceMs } = parked;
  const since = sinceMs === undefined ? '' : ` since ${toSinceText(sinceMs, nowMs)}`;
  return `parked ${parked.chunk}, ${slots} slots${since}: ${parked.code}${request}. ${parked.nextStep}`;
}
