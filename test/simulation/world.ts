import type { SettleSettings } from '../../src/domain/settle-time';
import type { Chance } from './chance';
import type { FaultKind, Faults } from './faults';
import type { Rule } from './rules';
import type { VirtualClock } from './virtual-clock';

/** What all models of one run share. */
export interface World {
  readonly random: Chance;
  readonly clock: VirtualClock;
  readonly faults: Faults;
  readonly settings: SettleSettings;
  /** When somebody meddles with the batch; null: time and again. */
  readonly meddlesAtMs: readonly number[] | null;
  /** Rules that are switched off. */
  readonly off: ReadonlySet<Rule>;
  /** Whether new creates are halted, for every worker at once. */
  isHalted: boolean;
  /** Says what happens; does nothing unless the run is being explained. */
  readonly trace: (sentence: () => string) => void;
}

/** Whether this fault strikes now: by its probability, and only while faults last. */
export function isFaulty({ random, clock, faults }: World, kind: FaultKind): boolean {
  return clock.nowMs < faults.untilMs && faults[kind] > 0 && random.isStruck(kind, faults[kind]);
}

/** How far a worker's wall clock is off, within the assumption. */
export function toClockErrorMs({ random, settings }: World): number {
  return random.between(-settings.clockSkewMs, settings.clockSkewMs);
}
