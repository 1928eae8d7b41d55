import { findNearestWord } from './nearest-word';
import type { Problem, ProblemCode } from './problem';

/** The keys of an object: what a missing one should say, and what is known but not offered. */
export interface ObjectShape {
  /** Required keys, each with what to write there. */
  readonly required: Readonly<Record<string, string>>;
  readonly optional: readonly string[];
  /** Keys that people may expect, each with why it is refused. */
  readonly refused?: Readonly<Record<string, string>>;
}

/** What a text must look like. */
export interface TextRule {
  readonly pattern: RegExp;
  /** Ends the sentence "must be …". */
  readonly description: string;
}

/** Whole numbers that are allowed, with both ends. */
export interface IntegerRule {
  readonly min: number;
  readonly max: number;
}

/** Where an {@link ObjectReader} stands, and where it writes what it finds. */
export interface CheckPlace {
  readonly path: Problem['path'];
  readonly problems: Problem[];
}

/** Unknown keys of one object that are named; with more, it is another kind of document. */
const UNKNOWN_KEYS_MAX = 20;

/**
 * Reads one object of unknown content. Each getter answers undefined when the key is absent or wrong;
 * what is wrong becomes a problem, so that one pass finds everything. Whoever builds something from
 * the values fills gaps with a stand-in and throws the result away when there is any problem.
 */
export class ObjectReader {
  /** Whether there is an object at all; without one, rules about its keys say nothing new. */
  readonly isObject: boolean;
  private readonly record: Readonly<Record<string, unknown>>;

  /**
   * @param value - what to read; undefined is no problem here, since whoever requires it says so
   * @param shape - the keys that it must and may have
   * @param place - where it is, and where problems go
   */
  constructor(
    value: unknown,
    shape: ObjectShape,
    private readonly place: CheckPlace,
  ) {
    this.isObject = isRecord(value);
    this.record = isRecord(value) ? value : {};
    if (this.isObject) this.checkKeys(shape);
    else if (value !== undefined) this.reportNoObject(value);
  }

  /** Whether the key has a value, be it right or wrong. */
  has(key: string): boolean {
    return Object.hasOwn(this.record, key) && this.record[key] !== undefined;
  }

  /** The raw value of an own key. */
  raw(key: string): unknown {
    return this.has(key) ? this.record[key] : undefined;
  }

  text(key: string, rule: TextRule): string | undefined {
    const value = this.raw(key);
    if (value === undefined) return undefined;
    if (typeof value !== 'string') {
      const hint = typeof value === 'number' ? '; write it in quotes.' : '.';
      return this.report(key, 'wrong-type', `must be text, not ${describe(value)}${hint}`);
    }
    if (rule.pattern.test(value)) return value;
    return this.report(key, 'not-allowed', `must be ${rule.description}.`);
  }

  integer(key: string, rule: IntegerRule): number | undefined {
    const value = this.raw(key);
    if (value === undefined) return undefined;
    if (typeof value !== 'number') {
      return this.report(key, 'wrong-type', `must be a whole number, not ${describe(value)}.`);
    }
    if (Number.isInteger(value) && value >= rule.min && value <= rule.max) return value;
    const range = `from ${rule.min} to ${rule.max}`;
    return this.report(key, 'out-of-range', `must be a whole number ${range}, not ${value}.`);
  }

  flag(key: string): boolean | undefined {
    const value = this.raw(key);
    if (value === undefined || typeof value === 'boolean') return value;
    return this.report(key, 'wrong-type', `must be true or false, not ${describe(value)}.`);
  }

  choice<T extends string>(key: string, allowed: readonly T[]): T | undefined {
    const value = this.raw(key);
    const found = allowed.find((candidate) => candidate === value);
    if (value === undefined || found !== undefined) return found;
    if (typeof value !== 'string') {
      return this.report(
        key,
        'wrong-type',
        `must be ${listWords(allowed)}, not ${describe(value)}.`,
      );
    }
    return this.report(
      key,
      'not-allowed',
      `must be ${listWords(allowed)}${suggest(value, allowed)}`,
    );
  }

  /** A list; `[]` when it is absent or wrong. */
  list(key: string, rule: IntegerRule): readonly unknown[] {
    const value = this.raw(key);
    if (value === undefined) return [];
    if (!Array.isArray(value)) {
      this.report(key, 'wrong-type', `must be a list, not ${describe(value)}.`);
      return [];
    }
    if (value.length >= rule.min && value.length <= rule.max)
      return Array.from(value, (entry: unknown) => entry ?? null);
    const range = `${rule.min} to ${rule.max} entries`;
    this.report(key, 'out-of-range', `must have ${range}, not ${value.length}.`);
    return [];
  }

  /** The place of a value below this object. */
  below(...keys: Problem['path']): CheckPlace {
    return { path: [...this.place.path, ...keys], problems: this.place.problems };
  }

  /** Notes a problem with one key. */
  report(key: string, code: ProblemCode, message: string): undefined {
    this.place.problems.push({ path: [...this.place.path, key], code, message });
  }

  private reportNoObject(value: unknown): void {
    const message = `must be an object with keys, not ${describe(value)}.`;
    this.place.problems.push({ path: this.place.path, code: 'wrong-type', message });
  }

  private checkKeys(shape: ObjectShape): void {
    for (const [key, wanted] of Object.entries(shape.required)) {
      if (!this.has(key)) this.report(key, 'missing', `is missing; write ${wanted}`);
    }
    const known = [...Object.keys(shape.required), ...shape.optional];
    const unknown = Object.keys(this.record).filter((key) => !known.includes(key));
    for (const key of unknown.slice(0, UNKNOWN_KEYS_MAX)) {
      const isRefused = shape.refused !== undefined && Object.hasOwn(shape.refused, key);
      const message = isRefused
        ? shape.refused![key]!
        : `is not known here${suggest(key, known)} Allowed: ${known.join(', ')}.`;
      this.report(key, 'unknown-key', message);
    }
    if (unknown.length > UNKNOWN_KEYS_MAX) {
      const message = `has ${unknown.length - UNKNOWN_KEYS_MAX} more unknown keys.`;
      this.place.problems.push({ path: this.place.path, code: 'unknown-key', message });
    }
  }
}

/** What a value is, without the value itself: it may be a secret in the wrong place. */
function describe(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'number':
      return `the number ${value}`;
    case 'boolean':
      return String(value);
    case 'object':
      return 'an object';
    default:
      return `a ${typeof value}`;
  }
}

/** By the tag and not by the prototype, since the value may come from another realm. */
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return Object.prototype.toString.call(value) === '[object Object]';
}

function listWords(words: readonly string[]): string {
  return words.length === 1 ? words[0]! : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** Ends a sentence with the word that was probably meant. */
function suggest(word: string, known: readonly string[]): string {
  const nearest = known.length === 1 ? null : findNearestWord(word, known);
  return nearest === null ? '.' : `; did you mean ${nearest}?`;
}

/** An object with the key, or without it when there is no value. */
export function toOptional<K extends string, V>(
  key: K,
  value: V | undefined,
): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: V });
}
