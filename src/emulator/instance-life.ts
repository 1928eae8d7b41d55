import type { EmulatorConfig } from './config';
import type { Fate, Instance } from './instance';
import type { Random } from './random';

/** The statuses the emulator can show; the cloud knows more (Describe pages, 2025). */
export type InstanceStatus = 'Creating' | 'Normal' | 'Changing' | 'Error' | 'Released';

/** What is decided about an instance's life when it is ordered. */
export interface LifePlan {
  readonly fate: Fate;
  readonly settledAtMs: number;
  readonly visibleAtMs: number;
}

type LifeSettings = Pick<
  EmulatorConfig,
  'readyTimeMs' | 'readyJitter' | 'errorShare' | 'neverReadyShare' | 'timeScale' | 'visibilityLagMs'
>;

/** Draws fate and times of a new instance. */
export function planLife(settings: LifeSettings, random: Random, nowMs: number): LifePlan {
  const jitter = 1 + settings.readyJitter * (2 * random.next() - 1);
  return {
    fate: drawFate(settings, random),
    settledAtMs: nowMs + (settings.readyTimeMs * jitter) / settings.timeScale,
    visibleAtMs: nowMs + settings.visibilityLagMs,
  };
}

/**
 * The status at a moment.
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
  if (!isSettled) return 'Creating';
  if (instance.fate === 'error') return 'Error';
  return nowMs < instance.busyUntilMs ? 'Changing' : 'Normal';
}

/** True for an instance that serves: it has an address, also while it is being changed. */
export function isBuilt(status: InstanceStatus): boolean {
  return status === 'Normal' || status === 'Changing';
}

function drawFate(settings: LifeSettings, random: Random): Fate {
  const draw = random.next();
  if (draw < settings.errorShare) return 'error';
  return draw < settings.errorShare + settings.neverReadyShare ? 'never-ready' : 'normal';
}
