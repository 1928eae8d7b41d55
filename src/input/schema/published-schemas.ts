import { DIALECT } from './json-schema';
import type { JsonSchema } from './json-schema';
import { PROGRESS_SCHEMA } from './progress-schema';
import { REQUEST_SCHEMA } from './request-schema';
import { RESULT_SCHEMA } from './result-schema';
import { SCHEDULES_SCHEMA } from './schedules-schema';

/** A schema that is published: printed by `tairfleet schema`, and kept in `schemas/`. */
export interface PublishedSchema {
  /** File in `schemas/`. */
  readonly fileName: string;
  readonly schema: JsonSchema;
}

/** All published schemas by the name that people give them. */
export const PUBLISHED_SCHEMAS = {
  request: publish('batch-request.v1.json', {
    title: 'tairfleet batch request',
    description:
      'What `tairfleet apply` takes. "tairfleet validate" checks more than this can say.',
    body: REQUEST_SCHEMA,
  }),
  result: publish('result.v1.json', {
    title: 'tairfleet result',
    description: 'The final document of a batch. Later versions may add keys.',
    body: RESULT_SCHEMA,
  }),
  progress: publish('progress.v1.json', {
    title: 'tairfleet progress',
    description: 'How far a batch is. Later versions may add keys.',
    body: PROGRESS_SCHEMA,
  }),
  schedules: publish('schedules.v1.json', {
    title: 'tairfleet schedules',
    description:
      'What `tairfleet schedule apply` takes. "tairfleet schedule plan" checks more than this can say.',
    body: SCHEDULES_SCHEMA,
  }),
} as const;

/** Name of a published schema. */
export type SchemaName = keyof typeof PUBLISHED_SCHEMAS;

function publish(
  fileName: string,
  { title, description, body }: { title: string; description: string; body: JsonSchema },
): PublishedSchema {
  const rest = typeof body === 'object' ? body : {};
  return { fileName, schema: { $schema: DIALECT, title, description, ...rest } };
}
