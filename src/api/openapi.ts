import { jsonSchemaTransform, jsonSchemaTransformObject } from '@fastify/type-provider-zod';
import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import { z } from 'zod';
import { PUBLISHED_SCHEMAS } from '../input/schema/published-schemas';
import { API_ERRORS } from './api-error';
import { PROBLEM_TYPE } from './problem-document';
import { EVENTS_TYPE } from './routes/events';
import { INSTANCE_TYPES } from './routes/instances';
import { PUBLISHED_KEY } from './views/shapes';

/** Version of the API: a change that breaks a client gets another one, and `/v2` in its paths. */
const API_VERSION = '1.0.0';

const PLACE = z.int().min(1).optional();

const FOUND_PROBLEM = z.object({
  path: z.string().describe('Such as `groups[0].count`; empty for the whole.'),
  code: z.string().optional().describe('Stable: decide by it.'),
  message: z.string(),
  line: PLACE,
  column: PLACE,
});

const DIFFERENCE = z.object({
  path: z.string().describe('Such as `groups.sessions.count`.'),
  before: z
    .unknown()
    .optional()
    .describe('Of the request that has the batch id; missing for nothing.'),
  now: z.unknown().optional().describe('Of this request; missing for nothing.'),
});

const PROBLEM = z.toJSONSchema(
  z.object({
    type: z.string().describe('`urn:tairfleet:problem:` and the code.'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('What failed, on what, why, and what to do next.'),
    code: z.enum(Object.keys(API_ERRORS)).describe('Stable: decide by it.'),
    requestId: z.string().describe('Finds the request in the log of the server.'),
    problems: z
      .array(FOUND_PROBLEM)
      .optional()
      .describe('Each of them, when the input is not valid.'),
    differences: z
      .array(DIFFERENCE)
      .optional()
      .describe('Where this request differs from the one that has its batch id.'),
  }),
);

/** Parts of the description that have a schema of their own, kept in `schemas/`. */
const PUBLISHED: Readonly<Record<string, unknown>> = {
  BatchRequest: PUBLISHED_SCHEMAS.request.schema,
  BatchProgress: PUBLISHED_SCHEMAS.progress.schema,
  BatchResult: PUBLISHED_SCHEMAS.result.schema,
  Schedules: PUBLISHED_SCHEMAS.schedules.schema,
};

/** How the description is made from the routes. */
export const SWAGGER_OPTIONS: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'tairfleet',
      version: API_VERSION,
      description:
        'Order thousands of Tair/Redis instances in one request. Get exactly that many. A batch ' +
        'is submitted once and goes on by itself; every failure is a problem document (RFC 9457).',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: [
      { name: 'batches', description: 'Submit batches, and see how far they are.' },
      { name: 'actions', description: 'What an operator can do with an open batch.' },
      { name: 'schedules', description: 'Batches at times.' },
      { name: 'caller', description: 'Who asks, and for whom.' },
      { name: 'server', description: 'How the server itself is.' },
    ],
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'An API key, or a JWT.' },
      },
    },
    security: [{ bearer: [] }],
  },
  transform: jsonSchemaTransform,
  transformObject: (document) =>
    finish(jsonSchemaTransformObject(document) as Description) as never,
};

/** Where a body may also be YAML. */
const TEXT_PATHS = new Set([
  ...['/v1/batches', '/v1/plans', '/v1/schedules', '/v1/schedule-plans'],
]);

type Json = Record<string, unknown>;

interface Operation extends Json {
  readonly tags?: readonly string[];
  responses: Record<string, { content?: Json; description?: string }>;
  requestBody?: { content: Json; required?: boolean };
}

interface Description extends Json {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Json };
}

/** Adds what a schema of a route cannot say: formats, problems, and schemas from elsewhere. */
function finish(description: Description): Description {
  for (const [path, item] of Object.entries(description.paths)) {
    for (const operation of Object.values(item)) finishOperation(path, operation);
  }
  const finished = refer(description) as Description;
  finished.components.schemas = {
    ...pickUsed(finished),
    ...PUBLISHED,
    Problem: toComponent(PROBLEM),
  };
  return withoutDialect(finished) as Description;
}

function finishOperation(path: string, operation: Operation): void {
  const { responses, requestBody } = operation;
  if (path.endsWith('/events')) {
    responses['200']!.content = { [EVENTS_TYPE]: { schema: { type: 'string' } } };
  }
  if (path.endsWith('/instances')) {
    for (const type of [INSTANCE_TYPES.ndjson, INSTANCE_TYPES.csv]) {
      responses['200']!.content![type] = { schema: { type: 'string' } };
    }
  }
  if (requestBody !== undefined && TEXT_PATHS.has(path)) {
    requestBody.content['application/yaml'] = requestBody.content['application/json'];
    requestBody.required = true;
  }
  delete responses['204']?.content;
  if (operation.tags?.includes('server') === true) operation['security'] = [];
  const content = { [PROBLEM_TYPE]: { schema: toReference('Problem') } };
  responses['4XX'] = { description: 'A problem with the request.', content };
  responses['5XX'] = { description: 'A problem with the server.', content };
}

/** Puts a reference wherever a schema is marked as published elsewhere. */
function refer(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(refer);
  if (typeof value !== 'object' || value === null) return value;
  const { [PUBLISHED_KEY]: published, ...rest } = value as Json;
  if (typeof published === 'string') return toReference(published);
  return Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, refer(inner)]));
}

/** The components that something refers to: each shape has a twin for input that nobody uses. */
function pickUsed({ components: { schemas }, ...rest }: Description): Json {
  const names = Object.keys(schemas);
  const isNamed = (text: string, name: string): boolean =>
    text.includes(JSON.stringify(toReference(name).$ref));
  const used = new Set(names.filter((name) => isNamed(JSON.stringify(rest), name)));
  for (const name of used) {
    const text = JSON.stringify(schemas[name]);
    names.filter((other) => isNamed(text, other)).forEach((other) => used.add(other));
  }
  return Object.fromEntries(names.filter((name) => used.has(name)).map((n) => [n, schemas[n]]));
}

function toReference(name: string): { readonly $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}

function toComponent({ $schema: _dialect, ...schema }: Json): Json {
  return schema;
}

/** The dialect is that of the whole document. */
function withoutDialect(description: Description): Json {
  const schemas = Object.entries(description.components.schemas).map(
    ([name, schema]) => [name, toComponent(schema as Json)] as const,
  );
  return {
    ...description,
    components: { ...description.components, schemas: Object.fromEntries(schemas) },
  };
}
