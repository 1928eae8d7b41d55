import type { BatchRequest } from '../domain/batch-request';
import { checkBatchRequest, type CheckOptions } from '../domain/check-batch-request';
import type { FrozenPlan } from '../domain/frozen-plan';
import type { OfferPrice } from '../domain/preflight-price';
import type { Problem } from '../domain/problem';
import { createLocate } from './locate';
import type { LocatedProblem } from './located-problem';
import { readTextFile, readTextStream } from './read-text';
import { readSavedPlan } from './saved-plan';
import type { SavedPlan } from './saved-plan';
import { parseYaml } from './yaml-document';

/** A batch request as it was submitted and as it was understood, or all that is wrong with it. */
export type ReadRequest =
  | {
      readonly ok: true;
      /** What the file says: the workflow's input, which checks it again. */
      readonly document: unknown;
      /** The same, checked and with its defaults. */
      readonly request: BatchRequest;
      /** Set when the file is a saved plan: what the batch is to freeze. */
      readonly frozen?: FrozenPlan;
      /** Set when the plan was saved with prices: what somebody has agreed to. */
      readonly prices?: readonly OfferPrice[];
    }
  | {
      readonly ok: false;
      /** `unreadable`: there is no such file, or it may not be read. */
      readonly reason: 'unreadable' | 'invalid';
      /** At least one, in the order of the file. */
      readonly problems: readonly LocatedProblem[];
    };

/** Where a text came from, and what it does not say itself. */
export interface ReadTextOptions extends CheckOptions {
  /** Name for messages; `<text>` when there is none. */
  readonly fileName?: string;
}

/** What a file does not say itself, and what `-` reads. */
export interface ReadFileOptions extends CheckOptions {
  /** Read for the path `-`; the process's standard input by default. */
  readonly stdin?: AsyncIterable<Uint8Array>;
}

/**
 * Reads a batch request from a YAML or JSON file.
 *
 * @param path - file, or `-` for standard input
 * @param options - batch id for a file without one
 */
export async function readRequestFile(
  path: string,
  options: ReadFileOptions = {},
): Promise<ReadRequest> {
  const { stdin = process.stdin, ...checkOptions } = options;
  const isStdin = path === '-';
  const fileName = isStdin ? '<stdin>' : path;
  const read = isStdin ? await readTextStream(stdin) : await readTextFile(path);
  if (read.ok) return readRequestText(read.text, { ...checkOptions, fileName });
  const problem: Problem = { path: [], code: 'syntax', message: read.message };
  return {
    ok: false,
    reason: read.reason,
    problems: [{ ...problem, fileName, line: 0, column: 0 }],
  };
}

/** Reads a batch request, or a saved plan with its request, from a YAML or JSON text. */
export function readRequestText(text: string, options: ReadTextOptions = {}): ReadRequest {
  const { fileName = '<text>', ...checkOptions } = options;
  const parsed = parseYaml(text);
  if (!parsed.ok) {
    return toInvalid(
      parsed.problems.map(({ problem, line, column }) => ({ ...problem, fileName, line, column })),
    );
  }
  const { document } = parsed;
  if (document.value === null) return toInvalid([toEmptyProblem(fileName)]);
  const read = readContent(document.value, checkOptions);
  if ('ok' in read) return read;
  const locate = createLocate(document);
  return toInvalid(read.map((problem) => ({ ...problem, fileName, ...locate(problem) })));
}

function readContent(
  value: unknown,
  options: CheckOptions,
): Extract<ReadRequest, { ok: true }> | readonly Problem[] {
  const saved = readSavedPlan(value);
  if (saved.kind === 'broken') return [saved.problem];
  const isPlan = saved.kind === 'plan';
  const document = isPlan ? saved.plan.request : value;
  const checked = checkBatchRequest(document, options);
  if (!checked.ok) {
    if (!isPlan) return checked.problems;
    return checked.problems.map(({ path, ...rest }) => ({ ...rest, path: ['request', ...path] }));
  }
  const { request } = checked;
  return { ok: true, document, request, ...(isPlan ? toPlanned(saved.plan) : {}) };
}

function toPlanned({
  frozen,
  preflight,
}: SavedPlan): Pick<Extract<ReadRequest, { ok: true }>, 'frozen' | 'prices'> {
  return { frozen, ...(preflight === undefined ? {} : { prices: preflight.prices }) };
}

function toEmptyProblem(fileName: string): LocatedProblem {
  const message = 'is empty; a request starts with apiVersion: tairfleet/v1 (see examples/).';
  return { path: [], code: 'missing', message, fileName, line: 0, column: 0 };
}

function toInvalid(problems: readonly LocatedProblem[]): ReadRequest {
  const inOrder = [...problems].sort(
    (left, right) => left.line - right.line || left.column - right.column,
  );
  return { ok: false, reason: 'invalid', problems: inOrder };
}
