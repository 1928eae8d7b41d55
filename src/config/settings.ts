import { z } from 'zod';
import { CONFIG_SCHEMA } from './config-schema';

/** One value of the configuration that an environment variable can set. */
export interface Setting {
  /** Keys from the root, such as `['safety', 'sendWindowMs']`. */
  readonly path: readonly string[];
  /** Such as `TAIRFLEET_SAFETY_SEND_WINDOW_MS`. */
  readonly variable: string;
  readonly kind: 'number' | 'flag' | 'text' | 'list';
}

const PREFIX = 'TAIRFLEET_';

/** All settings, from the schema itself: a new one has its variable at once. */
export const SETTINGS: readonly Setting[] = listSettings(CONFIG_SCHEMA, []);

/** Beginnings of variables that can only be settings, such as `TAIRFLEET_SAFETY_`. */
export const SECTION_PREFIXES: readonly string[] = [
  ...new Set(
    SETTINGS.filter(({ path }) => path.length > 1).map(({ path }) => `${toVariable([path[0]!])}_`),
  ),
];

function listSettings(schema: z.ZodObject, path: readonly string[]): Setting[] {
  return Object.entries(schema.shape).flatMap(([key, inner]): Setting[] => {
    const place = [...path, key];
    if (inner instanceof z.ZodObject) return listSettings(inner, place);
    // A map has no fixed keys, so only the file can fill it.
    if (inner instanceof z.ZodRecord) return [];
    return [{ path: place, variable: toVariable(place), kind: toKind(inner) }];
  });
}

function toKind(schema: z.core.$ZodType): Setting['kind'] {
  if (schema instanceof z.ZodNumber) return 'number';
  if (schema instanceof z.ZodArray) return 'list';
  return schema instanceof z.ZodBoolean ? 'flag' : 'text';
}

function toVariable(path: readonly string[]): string {
  const words = path.map((key) => key.replace(/[A-Z]/g, (letter) => `_${letter}`));
  return PREFIX + words.join('_').toUpperCase();
}
