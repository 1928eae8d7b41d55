import type { EmulatorConfig } from './config';
import type { Fate, Instance } from './instance';
import type { Random } from './random';

/** What a built instance is called while a modification holds it; it serves all the same. */
export const BUSY_STATUSES = [
  ...(['Changing', 'SSLModifying', 'NetworkModifying', 'Transforming', 'ZoneMigrating'] as const),
  ...(['MinorVersionUpgrading', 'MajorVersionUpgrading', 'Rebooting', 'Flushing'] as const),
] as const;

/** One status of a built instance that is being modified. */
export type BusyStatus = (typeof BUSY_STATUSES)[number];

/** As when it is busy, by the service's own doing: nothing leads there but a pin of the control API. */
const MOVED_STATUSES = ['Migrating', 'HASwitching', 'CleaningUpExpiredData'] as const;

/** Built and stopped, as when it is overdue; again by a pin only. It keeps its address (a guess). */
const STOPPED_STATUSES = ['Inactive', 'Unavailable'] as const;

/** The statuses an instance can show (Describe and status pages, 2025; SDK 6.4.0). */
export const INSTANCE_STATUSES = [
  ...(['Creating', 'BackupRecovering', 'Normal'] as const),
  ...BUSY_STATUSES,
  ...MOVED_STATUSES,
  ...STOPPED_STATUSES,
  ...(['Error', 'Released'] as const),
] as const;

/** One of them. */
export type InstanceStatus = (typeof INSTANCE_STATUSES)[number];

/** What is decided about an instance's life when it is ordered. */
export interface LifePlan {
  readonly fate: Fate;
  readonly settledAtMs: number;
  readonly visibleAtMs: number;
}

type LifeSettings = Pick<
  EmulatorConfig,
  | 'readyTimeMs'
  | 'readyJitter'
  | 'slowShare'
  | 'slowFactor'
  | 'errorShare'
  | 'neverReadyShare'
  | 'timeScale'
  | 'visibilityLagMs'
>;

/** Draws fate and times of a new instance. */
export function planLife(settings: LifeSettings, random: Random, nowMs: number): LifePlan {
  const jitter = 1 + settings.readyJitter * (2 * random.next() - 1);
  const fate = drawFate(settings, random);
  // Drawn only when asked for, so that seeds of before give the lives of before.
  const isSlow = settings.slowShare > 0 && random.next() < settings.slowShare;
  const factor = isSlow ? settings.slowFactor * jitter : jitter;
  return {
    fate,
    settledAtMs: nowMs + (settings.readyTimeMs * factor) / settings.timeScale,
    visibleAtMs: nowMs + settings.visibilityLagMs,
  };
}

/**
 * The status at a moment, by the life that was drawn for it; `currentStatus` knows of pins as well.
 *
 * @param readyAfterReads - when set, reads decide instead of the clock
 */
export function statusOf(
  instance: Instance,
  nowMs: number,
  readyAfterReads: number | null,
): InstanceStatus {
  if (instance.deletedAtMs !== undefined) return 'Released';
  if (instance.fate === 'never-ready') return 'Creating';
  const isSettled =
    readyAfterReads === null ? nowMs >= instance.settledAtMs : instance.reads >= readyAfterReads;
  if (!isSettled) return isRecovering(instance, nowMs) ? 'BackupRecovering' : 'Creating';
  if (instance.fate === 'error') return 'Error';
  return nowMs < instance.busyUntilMs ? instance.busyStatus : 'Normal';
}

/** A restored instance spends the second half of the time until it is ready with its backup set. */
export function recoversAtMs({ createdAtMs, settledAtMs }: Instance): number {
  return (createdAtMs + settledAtMs) / 2;
}

/** True for an instance that has an address, also while it is being changed, or stopped. */
export function isBuilt(status: InstanceStatus): boolean {
  return status === 'Normal' || isBusy(status) || isStopped(status);
}

/** True for a status in which the instance serves, and something holds it. */
export function isBusy(status: InstanceStatus): boolean {
  return BUSY_SET.has(status);
}

/** True for an instance that is built and does not serve. */
export function isStopped(status: InstanceStatus): boolean {
  return STOPPED_SET.has(status);
}

const BUSY_SET: ReadonlySet<string> = new Set([...BUSY_STATUSES, ...MOVED_STATUSES]);

const STOPPED_SET: ReadonlySet<string> = new Set(STOPPED_STATUSES);

function isRecovering(instance: Instance, nowMs: number): boolean {
  return instance.spec.isRestored && nowMs >= recoversAtMs(instance);
}

function drawFate(settings: LifeSettings, random: Random): Fate {
  const draw = random.next();
  if (draw < settings.errorShare) return 'error';
  return draw < settings.errorShare + settings.neverReadyShare ? 'never-ready' : 'normal';
}
