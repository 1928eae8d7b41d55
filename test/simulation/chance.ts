import type { FaultKind } from './faults';

/**
 * Where a run of the simulator could have gone another way. An enumeration tries the others at some of
 * them; a seeded run throws dice of its own for each.
 */
export const CHOICE_POINTS = [
  'detail',
  /** How long things take. */
  'pace',
  /** When somebody meddles. */
  'meddling',
  /** What somebody meddles with. */
  'target',
  /** How late an instance shows up in a list. */
  'visibility',
  /** How late a request lands. */
  'arrival',
  /** Which entry of its history a workflow is reset to. */
  'entry',
  /** Whether a reset attempt hears of it. */
  'hearing',
  /** Why a call is refused. */
  'refusal',
  /** When a worker crashes. */
  'crash',
  // Later ones go to the end: a seed stays the run that it was.
  /** How late an attempt begins. */
  'lateness',
  /** What a batch may not use, and which kinds of faults came later. */
  'limits',
] as const;

/** One of them. */
export type ChoicePoint = (typeof CHOICE_POINTS)[number];

/** Decides what the models leave open. */
export interface Chance {
  /** Whether something with this probability happens. */
  isHit(probability: number, point?: ChoicePoint): boolean;
  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number, point?: ChoicePoint): number;
  /** A time up to `maxMs`; often the bound itself, since that is where rules break. */
  upTo(maxMs: number, point?: ChoicePoint): number;
  pick<T>(list: readonly T[], point?: ChoicePoint): T;
  /** Whether a fault strikes at this opportunity. */
  isStruck(kind: FaultKind, probability: number): boolean;
}
