import type { FastifySchemaCompiler } from 'fastify';
import { z } from 'zod';
import { findNearestWord } from '../domain/nearest-word';
import { formatPath } from '../domain/problem';
import type { Problem } from '../domain/problem';
import { ApiError } from './api-error';
import { explainIssue, toIssueCode } from './explain-issue';

/** How the parts of a request are called in what is said about them. */
const PARTS: Readonly<Record<string, string>> = {
  params: 'address',
  querystring: 'query',
  headers: 'header',
};

/**
 * Checks each part of a request by the zod schema of its route; what is wrong is told in our words, and
 * what a part does not have with the names of what it has.
 */
export const compileValidator: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart = '' }) => {
  return (data) => {
    const read = schema.safeParse(data, { error: explainIssue });
    if (read.success) return { value: read.data };
    const problems = read.error.issues.flatMap((issue) => toProblems(issue, schema));
    return { error: toInvalidRequest(PARTS[httpPart] ?? 'body', problems) };
  };
};

function toProblems(issue: z.core.$ZodIssue, schema: z.ZodType): readonly Problem[] {
  const path = issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
  const known = listKeys(schema);
  if (issue.code !== 'unrecognized_keys') {
    const code = toIssueCode(issue);
    const isBodyMissing = code === 'missing' && path.length === 0 && known.length > 0;
    const message = isBodyMissing ? `is missing; it has ${known.join(', ')}.` : issue.message;
    return [{ path, code, message }];
  }
  return issue.keys.map((key) => ({
    path: [...path, key],
    code: 'unknown-key',
    message: toUnknownKey(key, known),
  }));
}

function toUnknownKey(key: string, known: readonly string[]): string {
  if (known.length === 0) return 'is not known here, and nothing else is.';
  const nearest = findNearestWord(key, known);
  const hint = nearest === null ? '' : ` Did you mean ${nearest}?`;
  return `is not known here; there are ${known.join(', ')}.${hint}`;
}

function listKeys(schema: z.ZodType): readonly string[] {
  if (schema instanceof z.ZodNullable) return listKeys(schema.unwrap() as z.ZodType);
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

/** Only the first one stands in the text; all of them in the document. */
function toInvalidRequest(part: string, problems: readonly Problem[]): ApiError {
  const listed = problems.map(({ path, code, message }) => ({
    ...{ path: formatPath(path), code, message },
  }));
  const first = listed[0];
  const what = first === undefined || first.path === '' ? 'it' : first.path;
  const detail = `The ${part} is not valid: ${what} ${first?.message ?? 'is not valid.'}`;
  return new ApiError('invalid-request', detail, { problems: listed });
}
