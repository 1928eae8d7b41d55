import type { SettleSettings } from '../../src/domain/settle-time';
import type { Faults } from './faults';
import type { Random } from './random';
import type { Rule } from './rules';
import type { VirtualClock } from './virtual-clock';

/** What all models of one run share. */
export interface World {
  readonly random: Random;
  readonly clock: VirtualClock;
  readonly faults: Faults;
  readonly settings: SettleSettings;
  /** Rules that are switched off. */
  readonly off: ReadonlySet<Rule>;
  /** Whether new creates are halted, for every worker at once. */
  isHalted: boolean;
  /** Says what happens; does nothing unless the run is being explained. */
  readonly trace: (sentence: () => string) => void;
}

/** Whether this fault happens now: by its probability, and only while faults last. */
export function isFaulty(
  { random, clock, faults }: World,
  kind: Exclude<keyof Faults, 'untilMs'>,
): boolean {
  return clock.nowMs < faults.untilMs && random.isHit(faults[kind]);
}
