import type { IntegerRule, ObjectShape, TextRule } from '../../domain/check-object';

/** A JSON Schema, draft 2020-12; `true` and `false` stand for everything and nothing. */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown };

/** Address of the dialect that all our schemas are written in. */
export const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

/**
 * The schema of an object that the domain reads by a shape. The keys are those of the shape, so that a
 * new one is allowed at once, if only without a description.
 *
 * @param shape - keys that it must and may have
 * @param properties - schema of each key
 * @param rest - description, and what keys have to do with each other
 */
export function fromShape(
  shape: ObjectShape,
  properties: Readonly<Record<string, JsonSchema>>,
  rest: { readonly [keyword: string]: unknown } = {},
): JsonSchema {
  const required = Object.keys(shape.required);
  const known = [...required, ...shape.optional];
  return {
    type: 'object',
    ...rest,
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
    properties: Object.fromEntries(known.map((key) => [key, properties[key] ?? {}])),
  };
}

/**
 * The schema of a text that the domain checks by a rule.
 *
 * @param rule - the domain's rule
 * @param rest - description, examples, default
 */
export function fromTextRule(
  rule: TextRule,
  rest: { readonly [keyword: string]: unknown },
): JsonSchema {
  return { type: 'string', ...rest, pattern: rule.pattern.source };
}

/**
 * The schema of a whole number.
 *
 * @param rule - both ends
 * @param rest - description, examples, default
 */
export function fromIntegerRule(
  { min, max }: IntegerRule,
  rest: { readonly [keyword: string]: unknown },
): JsonSchema {
  return { type: 'integer', ...rest, minimum: min, maximum: max };
}

/**
 * The schema of one of several words.
 *
 * @param words - what is allowed
 * @param rest - description, default
 */
export function fromChoice(
  words: readonly (string | number)[],
  rest: { readonly [keyword: string]: unknown },
): JsonSchema {
  return { ...rest, enum: words };
}

/**
 * The schema of an object that we write: all its keys are there, and later versions may add some.
 *
 * @param properties - schema of each key
 * @param options - keys that may be absent, and a description
 */
export function toWrittenObject(
  properties: Readonly<Record<string, JsonSchema>>,
  options: { readonly optional?: readonly string[]; readonly description?: string } = {},
): JsonSchema {
  const { optional = [], description } = options;
  return {
    type: 'object',
    ...(description === undefined ? {} : { description }),
    required: Object.keys(properties).filter((key) => !optional.includes(key)),
    properties,
  };
}

/** A list of one kind of entries. */
export function toList(items: JsonSchema, description: string): JsonSchema {
  return { type: 'array', description, items };
}
