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
 * @param keys - names of settings, with or without their unit; none: all of them
 */
export function restoreConfig(
  current: EmulatorConfig,
  origin: EmulatorConfig,
  keys: readonly string[],
): ConfigPatchResult {
  const fresh = structuredClone(origin);
  if (keys.length === 0) return { ok: true, config: fresh };
  const names = keys.map((key) => ALIASES[key] ?? key);
  const unknown = names.find((name) => !Object.hasOwn(fresh, name));
  if (unknown !== undefined) {
    const known = Object.keys(fresh).join(', ');
    return { ok: false, problem: `There is no setting ${unknown}. There are: ${known}.` };
  }
  const restored = Object.entries(fresh).filter(([name]) => names.includes(name));
  return { ok: true, config: { ...current, ...Object.fromEntries(restored) } };
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
