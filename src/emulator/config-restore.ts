import { checkConfig } from './config-check';
import type { ConfigContext, ConfigResult } from './config-check';
import type { EmulatorConfig } from './config';
import { isPlainObject, REPLACED_WHOLE, SETTING_ALIASES } from './config-patch';
import { sayUnknown } from './nearest-word';

type Settings = Readonly<Record<string, unknown>>;

/**
 * Takes settings back to what the emulator was started with, live counters too.
 *
 * @param origin - what it was started with
 * @param keys - names of settings, with or without their unit, or after dots a member of them
 *   (`quotaByAccount.1000000000000001`, `stock.cn-hangzhou-h.*`), which goes when the start had none;
 *   no keys: everything
 * @param context - the config in force, and whose accounts there are
 */
export function restoreConfig(
  origin: EmulatorConfig,
  keys: readonly string[],
  context: ConfigContext,
): ConfigResult {
  const fresh = structuredClone(origin);
  if (keys.length === 0) return { ok: true, config: fresh };
  let restored: Settings = { ...context.before };
  for (const key of keys) {
    const next = restoreOne(restored, { ...fresh }, key);
    if (next === undefined) return { ok: false, problem: sayUnknownKey(key, Object.keys(fresh)) };
    restored = next;
  }
  return checkConfig(restored, context);
}

/** The settings with one of them, or one member of it, as at the start; undefined: there is no such. */
function restoreOne(current: Settings, origin: Settings, key: string): Settings | undefined {
  const [first = '', ...rest] = key.split('.');
  const name = SETTING_ALIASES[first] ?? first;
  if (!Object.hasOwn(origin, name)) return undefined;
  if (rest.length > 0 && REPLACED_WHOLE.has(name)) return undefined;
  return restoreMember(current, origin, [name, ...rest].join('.'));
}

/** Names of members may have dots themselves: the longest name that is there is meant. */
function restoreMember(current: Settings, origin: Settings, path: string): Settings | undefined {
  if (isThere(path, current, origin)) return { ...without(current, path), ...only(origin, path) };
  for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
    const name = path.slice(0, dot);
    if (!isThere(name, current, origin)) continue;
    const members = restoreMember(
      toMembers(current[name]),
      toMembers(origin[name]),
      path.slice(dot + 1),
    );
    if (members === undefined) return undefined;
    const isLeftOver = Object.keys(members).length === 0 && !Object.hasOwn(origin, name);
    return isLeftOver ? without(current, name) : { ...current, [name]: members };
  }
  return undefined;
}

function isThere(name: string, current: Settings, origin: Settings): boolean {
  return Object.hasOwn(current, name) || Object.hasOwn(origin, name);
}

function without(settings: Settings, name: string): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([key]) => key !== name));
}

function only(settings: Settings, name: string): Settings {
  return Object.hasOwn(settings, name) ? { [name]: settings[name] } : {};
}

function toMembers(value: unknown): Settings {
  return isPlainObject(value) ? value : {};
}

function sayUnknownKey(key: string, known: readonly string[]): string {
  const members = 'After dots a key names a member that is there now or was at the start';
  return `${sayUnknown('setting', `${key}`, known)} ${members}: stock.cn-hangzhou-h.*.`;
}
