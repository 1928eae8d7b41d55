import type { z } from 'zod';
import { ApiError } from './api-error';

/** Writes a position as an opaque text. */
export function toCursor(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/**
 * Reads a position back.
 *
 * @param cursor - as {@link toCursor} wrote it
 * @param schema - what the position must look like
 * @throws ApiError `invalid-request` when it is none of ours
 */
export function readCursor<Schema extends z.ZodType>(
  cursor: string,
  schema: Schema,
): z.output<Schema> {
  const parsed = schema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()));
  if (parsed.success) return parsed.data;
  throw new ApiError('invalid-request', 'The cursor is not one of an earlier answer.');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
