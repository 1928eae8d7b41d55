import { z } from 'zod';
import { configSchema } from './config';
import type { EmulatorConfig } from './config';

/** A merged, valid config, or a sentence that says which key is wrong and why. */
export type ConfigPatchResult =
  | { readonly ok: true; readonly config: EmulatorConfig }
  | { readonly ok: false; readonly problem: string };

/** Short names of the control API, to the names with their unit. Values are milliseconds too. */
const ALIASES: Readonly<Record<string, keyof EmulatorConfig>> = {
  readyTime: 'readyTimeMs',
  visibilityLag: 'visibilityLagMs',
  createTime: 'createTimeMs',
  busyTime: 'busyTimeMs',
  tokenLifetime: 'tokenLifetimeMs',
};

type Settings = Readonly<Record<string, unknown>>;

/** Replaced as a whole: merging two worlds would make a third that nobody wrote. */
const REPLACED_WHOLE = new Set(['world']);

/**
 * Merges a part of the config into another one. Objects merge member by member, everything else
 * replaces; `null` in `stock`, `freeIps` and `rateLimits` means unlimited. So an empty object changes
 * nothing: {@link restoreConfig} is the way back.
 *
 * @param current - left untouched
 * @param patch - any JSON value; unknown keys and wrong types are a problem, never ignored
 */
export function applyConfigPatch(current: EmulatorConfig, patch: unknown): ConfigPatchResult {
  if (!isPlainObject(patch)) {
    return {
      ok: false,
      problem: 'The config must be a JSON object with any part of the settings.',
    };
  }
  const named = Object.fromEntries(
    Object.entries(patch).map(([key, value]) => [ALIASES[key] ?? key, value]),
  );
  const parsed = configSchema.safeParse(mergeObjects({ ...current }, named));
  if (!parsed.success) return { ok: false, problem: z.prettifyError(parsed.error) };
  return { ok: true, config: parsed.data };
}

/**
 * Takes settings back to what the emulator was started with, live counters too.
 *
 * @param current - left untouched
 * @param keys - names of settings, with or without their unit, or after a dot one member of them
 *   (`quotaByAccount.1000000000000001`), which goes when the start had none; no keys: everything
 */
export function restoreConfig(
  current: EmulatorConfig,
  origin: EmulatorConfig,
  keys: readonly string[],
): ConfigPatchResult {
  const fresh = structuredClone(origin);
  if (keys.length === 0) return { ok: true, config: fresh };
  let restored: Settings = { ...current };
  for (const key of keys) {
    const next = restoreOne(restored, { ...fresh }, key);
    if (next === undefined) return { ok: false, problem: sayUnknown(key, Object.keys(fresh)) };
    restored = next;
  }
  return { ok: true, config: configSchema.parse(restored) };
}

/** The settings with one of them, or one member of it, as at the start; undefined: there is no such. */
function restoreOne(current: Settings, origin: Settings, key: string): Settings | undefined {
  const [first = '', ...rest] = key.split('.');
  const name = ALIASES[first] ?? first;
  if (!Object.hasOwn(origin, name)) return undefined;
  if (rest.length === 0) return { ...current, [name]: origin[name] };
  const members = restoreMember(current[name], origin[name], rest.join('.'));
  if (members === undefined || REPLACED_WHOLE.has(name)) return undefined;
  return { ...current, [name]: members };
}

function restoreMember(current: unknown, origin: unknown, member: string): Settings | undefined {
  if (!isPlainObject(current) || !isPlainObject(origin)) return undefined;
  const wasThere = Object.hasOwn(origin, member);
  if (!wasThere && !Object.hasOwn(current, member)) return undefined;
  const others = Object.entries(current).filter(([name]) => name !== member);
  return Object.fromEntries(wasThere ? [...others, [member, origin[member]]] : others);
}

function sayUnknown(key: string, known: readonly string[]): string {
  const members = 'A dot names a member that is there now or was at the start';
  return `There is no setting ${key}. There are: ${known.join(', ')}. ${members}: rateLimits.CreateInstances.`;
}

function mergeObjects(
  base: Record<string, unknown>,
  patch: Record<string, unknown>,
): Record<string, unknown> {
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(patch)) {
    const before = merged.get(key);
    const merges = isPlainObject(before) && isPlainObject(value) && !REPLACED_WHOLE.has(key);
    merged.set(key, merges ? mergeObjects(before, value) : value);
  }
  return Object.fromEntries(merged);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
