import type { BatchRequest } from '../domain/batch-request';
import { checkBatchRequest, type CheckOptions } from '../domain/check-batch-request';
import type { FrozenPlan } from '../domain/frozen-plan';
import type { OfferPrice } from '../domain/preflight-price';
import type { Problem } from '../domain/problem';
import { formatPlace } from './located-problem';
import type { LocatedProblem } from './located-problem';
import { mergeSources } from './merge-sources';
import { readSavedPlan } from './saved-plan';
import type { SavedPlan } from './saved-plan';
import type { ReadSource } from './source';
import { readYamlSource } from './yaml-source';

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
      /** At least one, in the order of the files. */
      readonly problems: readonly LocatedProblem[];
    };

/** Where a text came from, and what it does not say itself. */
export interface ReadTextOptions extends CheckOptions {
  /** Name for messages; `<text>` when there is none. */
  readonly fileName?: string;
}

/** Reads a batch request, or a saved plan with its request, from a YAML or JSON text without variables. */
export function readRequestText(text: string, options: ReadTextOptions = {}): ReadRequest {
  const { fileName = '<text>', ...checkOptions } = options;
  return readSources([readYamlSource(text, { fileName })], checkOptions);
}

/**
 * Makes one request of what was read.
 *
 * @param read - at least one source; the order is that of its groups
 * @param options - batch id for sources without one
 */
export function readSources(read: readonly ReadSource[], options: CheckOptions = {}): ReadRequest {
  const files = read.flatMap(({ source, problems }) => [
    ...problems.map(({ fileName }) => fileName),
    ...(source === null ? [] : [source.fileName]),
  ]);
  const found = read.flatMap(({ problems }) => problems);
  const sources = read.flatMap(({ source }) => (source === null ? [] : [source]));
  // Without one of them the rest would seem to miss what it says.
  if (sources.length < read.length) return toInvalid(found, files);
  const merged = mergeSources(sources);
  found.push(...merged.problems);
  if (merged.source === null) return toInvalid(found, files);
  const { value, locate } = merged.source;
  const content = readContent(value, options);
  if ('ok' in content && found.length === 0) return content;
  const checked = 'ok' in content ? [] : content;
  const told = checked.flatMap((problem) => locate(problem) ?? []);
  return toInvalid([...found, ...told.filter((problem) => !isTold(problem, found))], files);
}

/** Whether the check stumbles over what was found at this very value before. */
function isTold(problem: LocatedProblem, found: readonly LocatedProblem[]): boolean {
  const place = formatPlace(problem);
  const key = problem.path.at(-1);
  return found.some(
    (earlier) =>
      formatPlace(earlier) === place &&
      (earlier.path.length === 0 || earlier.path.at(-1) === key) &&
      problem.line > 0,
  );
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

function toInvalid(problems: readonly LocatedProblem[], files: readonly string[]): ReadRequest {
  const inOrder = [...problems].sort(
    (left, right) =>
      files.indexOf(left.fileName) - files.indexOf(right.fileName) ||
      left.line - right.line ||
      left.column - right.column,
  );
  return { ok: false, reason: 'invalid', problems: inOrder };
}
