import { toFollowUpRowName, type FollowUpStep } from './follow-ups';
import type { ParkedChunk } from './progress';
import type { ErrorClass, Refusal } from './refusal';
import { toParkedRow } from './shard-progress';

/** Instances of one group that one refusal keeps from a step. */
export interface ParkedFollowUp {
  readonly groupName: string;
  readonly step: FollowUpStep;
  readonly count: number;
  readonly refusal: Refusal;
}

const CONFIGURE =
  'Mend it at the instances, then press retryFailed; or cancel the batch, which keeps them as they are.';

/** What helps where the table speaks of orders; everything else is as it says. */
const NEXT_STEPS: Partial<Record<ErrorClass, string>> = {
  throttled: 'Press retryFailed: it took longer than the ready deadline.',
  transient: 'Look in the console what holds the instances, then press retryFailed.',
  ambiguous: 'Press retryFailed: no answer came within the ready deadline.',
  invalid: CONFIGURE,
};

/** One row of what waits for a person. */
export function toFollowUpRow({ groupName, step, count, refusal }: ParkedFollowUp): ParkedChunk {
  const row = toParkedRow({ name: toFollowUpRowName(groupName, step), count }, refusal);
  // The table's own words are about the probe; what it says of orders is not about instances.
  const isProbe = step === 'ping' && refusal.code.startsWith('ping-');
  return isProbe ? row : { ...row, nextStep: NEXT_STEPS[refusal.class] ?? row.nextStep };
}
