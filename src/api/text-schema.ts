import { z } from 'zod';
import type { TextRule } from '../domain/check-object';

/** The schema of a text that a rule of the domain describes. */
export function toText({ pattern, description }: TextRule): z.ZodString {
  return z.string().regex(pattern, { error: `must be ${description}.` });
}
