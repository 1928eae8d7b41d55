import { z } from 'zod';
import { findNearestWord } from './nearest-word';

/**
 * Says what a schema refused, and for each unknown key the one that was most likely meant.
 *
 * @param known - the keys that there are
 */
export function describeProblem(error: z.ZodError, known: readonly string[]): string {
  const hints = error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.flatMap((key) => toHint(key, known)) : [],
  );
  return [z.prettifyError(error), ...hints].join(' ');
}

function toHint(key: string, known: readonly string[]): string[] {
  const nearest = findNearestWord(key, known);
  return nearest === undefined ? [] : [`Did you mean ${nearest} by ${key}?`];
}
