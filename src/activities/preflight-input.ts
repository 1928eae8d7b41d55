import type { PreflightInput } from '../contract/preflight-types';

const QUESTION_LISTS = ['regions', 'sales', 'networks', 'prices', 'names'];

/** Whether an input that somebody may have typed by hand, or that another version sent, can be worked with. */
export function isPreflightInput(value: unknown): value is PreflightInput {
  const { tenant, account, questions } = toRecord(value);
  const lists = toRecord(questions);
  return (
    typeof tenant === 'string' &&
    typeof account === 'string' &&
    QUESTION_LISTS.every((name) => isListOfObjects(lists[name])) &&
    // A client of an older version asks for none.
    isListOfObjects(lists['sources'] ?? [])
  );
}

function isListOfObjects(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'object' && item !== null);
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
