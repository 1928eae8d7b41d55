import { z } from 'zod';
import { CONFIG_SCHEMA } from './config-schema';
import { type Layer, isLayer, readAt } from './layer';

const BOUNDS = z.toJSONSchema(CONFIG_SCHEMA, { unrepresentable: 'any' }) as Layer;

/**
 * What a setting may be, in words, from the schema itself.
 *
 * @param path - keys from the root
 */
export function toRangeText(path: readonly string[]): string {
  const bound = readAt(
    BOUNDS,
    path.flatMap((key) => ['properties', key]),
  );
  if (!isLayer(bound)) return '';
  if (Array.isArray(bound['enum'])) return bound['enum'].join(', ');
  switch (bound['type']) {
    case 'boolean':
      return 'true, false';
    case 'integer':
      return `${format(bound['minimum'])} to ${format(bound['maximum'])}`;
    case 'number':
      return `above ${format(bound['exclusiveMinimum'])}, to ${format(bound['maximum'])}`;
    case 'array':
      return 'list';
    default:
      return 'text';
  }
}

function format(bound: unknown): string {
  return typeof bound === 'number' ? bound.toLocaleString('en-US') : 'any';
}
