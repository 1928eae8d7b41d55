import Ajv2020 from 'ajv/dist/2020';
import type { ValidateFunction } from 'ajv';
import type { JsonSchema } from '../../src/input/schema/json-schema';

/** Compiles a schema; a keyword that does not exist is an error. */
export function compileSchema(schema: JsonSchema): ValidateFunction {
  // What keys have to do with each other is said without repeating what each of them is.
  return new Ajv2020({ strict: true, strictTypes: false, strictRequired: false }).compile(schema);
}

/**
 * The same schema, but for objects to which nothing may be added: it finds keys that a document has
 * and the schema does not describe.
 */
export function closeSchema(schema: unknown): JsonSchema {
  if (Array.isArray(schema)) return schema.map(closeSchema) as unknown as JsonSchema;
  if (typeof schema !== 'object' || schema === null) return schema as JsonSchema;
  const closed = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, closeSchema(value)]),
  );
  const isOpen = 'properties' in closed && !('additionalProperties' in closed);
  return isOpen ? { ...closed, additionalProperties: false } : closed;
}
