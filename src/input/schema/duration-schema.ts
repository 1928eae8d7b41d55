import type { DurationRule } from '../../domain/check-duration';
import { formatDuration } from '../../domain/duration';
import { LIMITS } from '../../domain/limits';
import type { JsonSchema } from './json-schema';

const DURATION_PATTERN = '^\\s*(?:\\d+(?:\\.\\d+)?(?:ms|d|h|m|s) ?)+\\s*$';

/**
 * The schema of a duration; its range is for the check to say.
 *
 * @param description - what it is
 * @param rule - shortest and longest, and examples
 */
export function toDurationSchema(
  description: string,
  rule: DurationRule & { readonly examples: readonly string[] },
): JsonSchema {
  const { minMs = LIMITS.durationMinMs, maxMs, examples } = rule;
  const range = `${formatDuration(minMs)} to ${formatDuration(maxMs)}`;
  return {
    type: 'string',
    description: `${description} From ${range}.`,
    examples,
    pattern: DURATION_PATTERN,
  };
}
