import type { CliFailure } from '../command-report';
import type { EmulatorSettings } from './control-client';

/** The settings that were named, or which one there is not. */
export type FoundSettings =
  | { readonly ok: true; readonly settings: EmulatorSettings }
  | { readonly ok: false; readonly failure: CliFailure };

/** Names of times that the emulator takes without their unit. */
const UNIT = 'Ms';

/**
 * Picks settings by their names, as they are written: `quota`, or `quotaByAccount.1000000000000001`
 * for one member. A member that is not there is null.
 *
 * @param config - the whole config
 * @param keys - names
 */
export function findSettings(config: EmulatorSettings, keys: readonly string[]): FoundSettings {
  const settings: Record<string, unknown> = {};
  for (const key of keys) {
    const { name, member } = splitKey(key);
    const known = [name, `${name}${UNIT}`].find((each) => Object.hasOwn(config, each));
    if (known === undefined) return refuse(name, config);
    settings[known] =
      member === undefined
        ? config[known]
        : { ...(settings[known] as object | undefined), [member]: toMember(config[known], member) };
  }
  return { ok: true, settings };
}

/**
 * Splits at the first dot, as the control API does: a member may have more of them.
 *
 * @param key - such as `stock.cn-hangzhou-h`
 */
export function splitKey(key: string): { readonly name: string; readonly member?: string } {
  const at = key.indexOf('.');
  return at === -1 ? { name: key } : { name: key.slice(0, at), member: key.slice(at + 1) };
}

function toMember(value: unknown, member: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, member)) return null;
  return (value as EmulatorSettings)[member];
}

function refuse(name: string, config: EmulatorSettings): FoundSettings {
  const message = `There is no setting ${name}. There are: ${Object.keys(config).join(', ')}.`;
  return { ok: false, failure: { code: 'usage', message } };
}
