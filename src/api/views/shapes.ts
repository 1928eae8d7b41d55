import { z } from 'zod';

/** Key that marks a schema as one that is published elsewhere; the API's description refers to it. */
export const PUBLISHED_KEY = 'x-tairfleet-published';

/** When something happened, by ISO 8601. */
export const TIME = z.string().meta({ format: 'date-time' });

/** Opaque text that leads to the next page. */
export const CURSOR = z.string().min(1).max(500);

/** The request as it is submitted. */
export const REQUEST_TEXT = z
  .string({ error: 'must be a batch request, with its content-type.' })
  .meta({ [PUBLISHED_KEY]: 'BatchRequest' });

/** Schedules as a file has them. */
export const SCHEDULES_TEXT = z
  .string({ error: 'must be schedules, with their content-type.' })
  .meta({ [PUBLISHED_KEY]: 'Schedules' });

const NOTE_LENGTH_MAX = 500;

/** Why somebody does something; who it is, is known. */
export const NOTE = z.strictObject({
  why: z.string().max(NOTE_LENGTH_MAX).exactOptional().describe('For the log.'),
  ticket: z.string().max(NOTE_LENGTH_MAX).exactOptional().describe('For the log.'),
});

/** How far an open batch is. */
export const PROGRESS = z
  .unknown()
  .meta({ [PUBLISHED_KEY]: 'BatchProgress' })
  .nullable();

/** The final document of a batch. */
export const RESULT = z.unknown().meta({ [PUBLISHED_KEY]: 'BatchResult' });

/** How many. */
export const COUNT = z.int().min(0);

/** What a batch ended with, in short. */
export const BATCH_END = z
  .object({
    generation: COUNT.describe('Number of completed runs before this one.'),
    revision: COUNT.describe('Number of corrections of the document after its end.'),
    outcome: z.enum(['succeeded', 'partial', 'failed', 'cancelled']),
    counts: z.object({
      slots: COUNT,
      ready: COUNT,
      failed: COUNT,
      parked: COUNT,
      skipped: COUNT,
      released: COUNT,
      orphans: COUNT,
    }),
    finishedAt: z.string(),
  })
  .meta({ id: 'BatchEnd' });

/** How Temporal names the state of the latest run. */
export const RUN_STATUS = z.enum([
  ...(['running', 'completed', 'failed', 'cancelled', 'terminated', 'timedOut'] as const),
]);

/** By which Temporal knows a batch. */
export const WORKFLOW_ID = z
  .string()
  .nullable()
  .describe('Of the batch in Temporal; null when only the result is left of it.');

/** By which Temporal knows the latest run of a batch. */
export const RUN_ID = z
  .string()
  .nullable()
  .describe('Of the latest run in Temporal; null when only the result is left of it.');

/** Phases of an open batch. */
export const PHASE = z.enum([
  ...(['starting', 'awaitingApproval', 'provisioning', 'paused', 'parked'] as const),
  ...(['auditing', 'finishing', 'releasing', 'done'] as const),
]);

/** Why something is not as it should be, within an answer. */
export const GAP = z.object({ code: z.string(), detail: z.string() }).meta({ id: 'Gap' });

/** One instance of a result. */
export const INSTANCE = z
  .object({
    slot: COUNT.describe('Slot within its group, from 0.'),
    group: z.string(),
    id: z.string(),
    name: z.string(),
    region: z.string(),
    zone: z.string(),
    state: z.string().describe('`ready`, or why it is not.'),
    endpoint: z.string().optional().describe('Host and port for clients.'),
  })
  .meta({ id: 'Instance' });
