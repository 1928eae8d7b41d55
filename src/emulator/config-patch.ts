import type { Account } from './accounts';
import { checkConfig } from './config-check';
import type { ConfigResult } from './config-check';
import type { EmulatorConfig } from './config';

/** Short names of the control API, to the names with their unit. Values are milliseconds too. */
export const SETTING_ALIASES: Readonly<Record<string, keyof EmulatorConfig>> = {
  readyTime: 'readyTimeMs',
  visibilityLag: 'visibilityLagMs',
  createTime: 'createTimeMs',
  busyTime: 'busyTimeMs',
  tokenLifetime: 'tokenLifetimeMs',
};

/** Replaced as a whole: merging two worlds would make a third that nobody wrote. */
export const REPLACED_WHOLE: ReadonlySet<string> = new Set(['world']);

/**
 * Merges a part of the config into another one. Objects merge member by member, everything else
 * replaces; `null` in `stock`, `freeIps` and `rateLimits` means unlimited. So an empty object changes
 * nothing: `restoreConfig` is the way back.
 *
 * @param current - left untouched
 * @param patch - any JSON value; unknown keys and names and wrong types are a problem, never ignored
 * @param accounts - whose numbers there can be
 */
export function applyConfigPatch(
  current: EmulatorConfig,
  patch: unknown,
  accounts: readonly Account[],
): ConfigResult {
  if (!isPlainObject(patch)) {
    return {
      ok: false,
      problem: 'The config must be a JSON object with any part of the settings.',
    };
  }
  const named = Object.fromEntries(
    Object.entries(patch).map(([key, value]) => [SETTING_ALIASES[key] ?? key, value]),
  );
  return checkConfig(mergeObjects({ ...current }, named), { before: current, accounts });
}

/** True for what JSON calls an object. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
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
