import type { Parameters } from '../protocol/parameters';
import { createRefusal } from '../refusal';
import type { Refusal } from '../refusal';
import { isTrue } from './flag';

/** What a dry run that would have worked is told: an error; undefined for a call that is meant. */
export function checkDryRun(parameters: Parameters): Refusal | undefined {
  if (!isTrue(parameters, 'DryRun')) return undefined;
  return createRefusal(
    400,
    'DryRunOperation',
    'Request validation has been passed with DryRun flag set.',
  );
}
