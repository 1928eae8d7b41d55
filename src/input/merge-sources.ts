import { toCanonicalJson } from '../domain/canonical-json';
import type { Problem } from '../domain/problem';
import type { LocatedProblem } from './located-problem';
import { formatPlace } from './located-problem';
import { PLAN_SCHEMA } from './saved-plan';
import type { ReadSource, Source } from './source';

/** Lists that several files make together, in the order of the files. */
const LISTS = ['groups', 'notify'];

/** Where a part of the merged value came from. */
interface Origin {
  readonly source: Source;
  readonly path: Problem['path'];
}

type Document = Readonly<Record<string, unknown>>;

/**
 * Makes one request of several sources. Their `groups` and `notify` follow each other, their `policy` is
 * put together key by key, and any other key may stand in several of them with the same value only.
 */
export function mergeSources(sources: readonly Source[]): ReadSource {
  const [only] = sources;
  if (sources.length === 1) return { source: only!, problems: [] };
  const misfits = sources.flatMap(findMisfit);
  if (misfits.length > 0) return { source: null, problems: misfits };
  const merge = new Merge();
  for (const source of sources) merge.add(source);
  const { problems } = merge;
  const value = merge.toValue();
  problems.push(...listTwins(value, merge));
  const locate = (problem: Problem) => {
    const origin = merge.find(problem.path) ?? { source: only!, path: problem.path };
    return origin.source.locate({ ...problem, path: origin.path });
  };
  return { source: { fileName: only!.fileName, value, locate }, problems };
}

function findMisfit(source: Source): LocatedProblem[] {
  const { value } = source;
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (isObject && (value as Document)['schema'] !== PLAN_SCHEMA) return [];
  const message = isObject
    ? 'is a saved plan, which says everything; apply it alone.'
    : 'must be an object with keys, to be one of several files.';
  return toList(source.locate({ path: [], code: isObject ? 'conflict' : 'wrong-type', message }));
}

/** The parts so far, each with its origin. */
class Merge {
  readonly problems: LocatedProblem[] = [];
  private readonly lists = new Map<string, { value: unknown; origin: Origin }[]>();
  private readonly policy = new Map<string, { value: unknown; origin: Origin }>();
  private readonly keys = new Map<string, { value: unknown; origin: Origin }>();

  add(source: Source): void {
    for (const [key, value] of Object.entries(source.value as Document)) {
      const origin = { source, path: [key] };
      if (LISTS.includes(key) && Array.isArray(value)) this.addList(key, value, source);
      else if (key === 'policy' && isDocument(value)) {
        for (const [name, rule] of Object.entries(value)) {
          this.addKey(this.policy, name, { value: rule, origin: { source, path: [key, name] } });
        }
      } else this.addKey(this.keys, key, { value, origin });
    }
  }

  toValue(): Document {
    const lists = [...this.lists].map(([key, entries]) => [key, entries.map(({ value }) => value)]);
    const policy = [...this.policy].map(([key, { value }]) => [key, value]);
    const keys = [...this.keys].map(([key, { value }]) => [key, value]);
    return Object.fromEntries([
      ...lists,
      ...(policy.length === 0 ? [] : [['policy', Object.fromEntries(policy)]]),
      // What is no list or object where one belongs stays, and the check of the request says so.
      ...keys,
    ]) as Document;
  }

  find([key, step, ...rest]: Problem['path']): Origin | undefined {
    const below = (origin: Origin | undefined, path: Problem['path']) =>
      origin && { source: origin.source, path: [...origin.path, ...path] };
    const list = this.lists.get(String(key));
    if (list !== undefined) {
      if (typeof step === 'number') return below(list[step]?.origin, rest);
      return list[0] && { source: list[0].origin.source, path: [String(key)] };
    }
    const rule = key === 'policy' ? this.policy.get(String(step)) : undefined;
    if (rule !== undefined) return below(rule.origin, rest);
    const path = step === undefined ? [] : [step, ...rest];
    return below(this.keys.get(String(key))?.origin, path);
  }

  private addList(key: string, values: readonly unknown[], source: Source): void {
    const entries = values.map((value, index) => ({
      value,
      origin: { source, path: [key, index] },
    }));
    this.lists.set(key, [...(this.lists.get(key) ?? []), ...entries]);
  }

  private addKey(
    into: Map<string, { value: unknown; origin: Origin }>,
    key: string,
    part: { readonly value: unknown; readonly origin: Origin },
  ): void {
    const earlier = into.get(key);
    if (earlier === undefined) {
      into.set(key, part);
      return;
    }
    if (toCanonicalJson(earlier.value) === toCanonicalJson(part.value)) return;
    const message = `differs from ${toPlace(earlier.origin)}; a request has one ${key}, so keep one of them.`;
    const problem: Problem = { path: part.origin.path, code: 'conflict', message };
    this.problems.push(...toList(part.origin.source.locate(problem)));
  }
}

/** Told here and not by the check, whose indexes are those of the whole. */
function listTwins(value: Document, merge: Merge): LocatedProblem[] {
  const groups = value['groups'];
  if (!Array.isArray(groups)) return [];
  const seen = new Map<unknown, Origin>();
  return groups.flatMap((group: unknown, index) => {
    const name = isDocument(group) ? group['name'] : undefined;
    const origin = merge.find(['groups', index, 'name'])!;
    const twin = seen.get(name);
    if (name === undefined) return [];
    if (twin === undefined) {
      seen.set(name, origin);
      return [];
    }
    const message = `is also the name of the group at ${toPlace(twin)}; names must differ within a batch.`;
    return toList(origin.source.locate({ path: origin.path, code: 'duplicate', message }));
  });
}

function toPlace({ source, path }: Origin): string {
  const located = source.locate({ path, code: 'conflict', message: '' });
  return located === null ? source.fileName : formatPlace(located);
}

function toList(problem: LocatedProblem | null): LocatedProblem[] {
  return problem === null ? [] : [problem];
}

function isDocument(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
