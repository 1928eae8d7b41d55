import type { LogEntry, ParkedChunk } from '../../domain/progress';
import { toList, toWrittenObject } from './json-schema';
import type { JsonSchema } from './json-schema';

/** A text; what is in it is for people, unless the description says more. */
export function toText(description: string): JsonSchema {
  return { type: 'string', description };
}

/** A count. */
export function toCount(description: string): JsonSchema {
  return { type: 'integer', minimum: 0, description };
}

/** Milliseconds since 1970. */
export function toMoment(description: string): JsonSchema {
  return { type: 'integer', description: `${description}, in milliseconds since 1970.` };
}

/** Counts by name. */
export function toCountMap(description: string): JsonSchema {
  return {
    type: 'object',
    description,
    additionalProperties: { type: 'integer', minimum: 0 },
  };
}

const PARKED_PROPERTIES = {
  chunk: toText('Chunk path, such as sessions/0-89.'),
  slots: toCount('Slots that wait.'),
  class: toText('Class of the error (docs/errors.md).'),
  code: toText('Stable code of the error (docs/errors.md).'),
  message: toText('What the service said.'),
  requestId: toText("The service's id of the refused call, for its support."),
  sinceMs: toMoment('Since when it waits'),
  nextStep: toText('What somebody can do about it.'),
} satisfies Record<keyof ParkedChunk, JsonSchema>;

/** What waits for a person. */
export const PARKED_SCHEMA = toList(
  toWrittenObject(PARKED_PROPERTIES, { optional: ['message', 'requestId', 'sinceMs'] }),
  'What waits, or waited at the end, for a person.',
);

const LOG_PROPERTIES = {
  atMs: toMoment('When'),
  action: toText('What was done.'),
  by: toText('Who did it.'),
  why: toText('Why.'),
  ticket: toText('Under which ticket.'),
  detail: toText('What it did.'),
} satisfies Record<keyof LogEntry, JsonSchema>;

/** Who did what. */
export const LOG_SCHEMA = toList(
  toWrittenObject(LOG_PROPERTIES, { optional: ['by', 'why', 'ticket', 'detail'] }),
  'What people and the batch did, in order.',
);
