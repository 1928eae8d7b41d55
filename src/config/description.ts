import type { Config } from './config';
import { CONFIG_DEFAULTS } from './defaults';
import { type Layer, readAt } from './layer';
import { SETTINGS } from './settings';

/** One setting as it is in force. */
export interface SettingDescription {
  /** Such as `safety.sendWindowMs`. */
  readonly key: string;
  readonly variable: string;
  /** Undefined when it is not set and has no default. */
  readonly value: unknown;
  readonly isDefault: boolean;
}

/** All settings as they are in force, for people who ask why. Holds no secrets, as the config. */
export function toDescription(config: Config): readonly SettingDescription[] {
  return SETTINGS.map(({ path, variable }) => {
    const value = readAt(config as unknown as Layer, path);
    const isDefault = value === readAt(CONFIG_DEFAULTS as unknown as Layer, path);
    return { key: path.join('.'), variable, value, isDefault };
  });
}
