import type { z } from 'zod';
import type { ProblemCode } from '../domain/problem';

/** What zod says of a value before it becomes words. */
type RawIssue = z.core.$ZodRawIssue;

/** How people call what a schema expects; the rest is said as zod has it. */
const NOUNS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

/** What a size counts, by the kind of the value; nothing for numbers. */
const UNITS: Readonly<Record<string, string>> = { string: ' characters', array: ' entries' };

/**
 * Says in our words what a schema has found, unless the schema has words of its own.
 *
 * @param issue - as zod has it
 * @returns what must be, as a sentence without its beginning
 */
export function explainIssue(issue: RawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return isNothing(issue.input) ? 'is missing.' : `must be ${toNoun(issue.expected)}.`;
    case 'invalid_value':
      return `must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.join(', ')}.`;
    case 'too_small':
      return `must ${toSize(issue.origin, 'at least')} ${issue.minimum}${UNITS[issue.origin] ?? ''}.`;
    case 'too_big':
      return `must ${toSize(issue.origin, 'at most')} ${issue.maximum}${UNITS[issue.origin] ?? ''}.`;
    case 'invalid_format':
      return 'is not written as it must be.';
    default:
      return 'is not valid.';
  }
}

/**
 * The stable code of what a schema has found.
 *
 * @param issue - as zod has it
 */
export function toIssueCode({ code, message }: z.core.$ZodIssue): ProblemCode {
  if (code === 'invalid_type') return message === 'is missing.' ? 'missing' : 'wrong-type';
  if (code === 'too_small' || code === 'too_big') return 'out-of-range';
  return 'not-allowed';
}

function isNothing(input: unknown): boolean {
  return input === undefined || input === null;
}

function toNoun(expected: string): string {
  return NOUNS[expected] ?? `of the kind ${expected}`;
}

function toSize(origin: string, bound: string): string {
  return UNITS[origin] === undefined ? `be ${bound}` : `have ${bound}`;
}
