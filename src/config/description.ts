import type { Config } from './config';
import { readConfigFile, type ConfigSources } from './config-file';
import { readEnvironment } from './environment';
import { type Layer, readAt } from './layer';
import { loadConfig } from './load-config';
import { toRangeText } from './setting-range';
import { SETTING_TEXTS } from './setting-texts';
import { SETTINGS } from './settings';

/** One setting as it is in force. */
export interface SettingDescription {
  /** Such as `safety.sendWindowMs`. */
  readonly key: string;
  readonly variable: string;
  /** Undefined when it is not set and has no default. */
  readonly value: unknown;
}

/** One setting with where its value comes from. */
export interface SourcedSetting {
  readonly key: string;
  /** Null for what only a file can set. */
  readonly variable: string | null;
  readonly value: unknown;
  readonly source: 'default' | 'file' | 'env';
  /** What it may be, and what it is for; absent for what only a file can set. */
  readonly range?: string;
  readonly meaning?: string;
}

/** All settings, where the file lies, or all that is wrong. */
export type DescribedConfig =
  | {
      readonly ok: true;
      readonly settings: readonly SourcedSetting[];
      /** Null when there is no file. */
      readonly fileName: string | null;
    }
  | { readonly ok: false; readonly problems: readonly string[] };

/** All settings as they are in force, for people who ask why. Holds no secrets, as the config. */
export function toDescription(config: Config): readonly SettingDescription[] {
  return SETTINGS.map(({ path, variable }) => {
    const value = readAt(config as unknown as Layer, path);
    return { key: path.join('.'), variable, value };
  });
}

/**
 * Loads the configuration, and says of each setting where its value comes from. A config names the
 * variables that hold secrets, never what is in them; so does this.
 *
 * @param sources - environment, and where to look for the file
 */
export function describeConfig(sources: ConfigSources): DescribedConfig {
  const loaded = loadConfig(sources);
  if (!loaded.ok) return loaded;
  const file = readConfigFile(sources);
  const environment = readEnvironment(sources.env).layer;
  const settings = toDescription(loaded.config).map(({ key, variable, value }): SourcedSetting => {
    const path = key.split('.');
    const source = findSource(path, environment, file.layer);
    const meaning = SETTING_TEXTS[key];
    const help = meaning === undefined ? {} : { range: toRangeText(path), meaning };
    return { key, variable, value, source, ...help };
  });
  const maps = listMaps(loaded.config).map(({ path, value }): SourcedSetting => {
    const source = readAt(file.layer, path.slice(0, -1)) === undefined ? 'default' : 'file';
    return { key: path.join('.'), variable: null, value, source };
  });
  return { ok: true, settings: [...settings, ...maps], fileName: file.fileName };
}

function findSource(
  path: readonly string[],
  environment: Layer,
  file: Layer,
): SourcedSetting['source'] {
  if (readAt(environment, path) !== undefined) return 'env';
  return readAt(file, path) === undefined ? 'default' : 'file';
}

/** What has no fixed keys, and so no variable: accounts, and what tenants may use. */
function listMaps(config: Config): { readonly path: readonly string[]; readonly value: unknown }[] {
  const accounts = Object.entries(config.accounts).flatMap(([name, account]) =>
    Object.entries(account).map(([key, value]) => ({
      path: ['accounts', name, key],
      value: value as unknown,
    })),
  );
  const { accountsByTenant, instancesMaxByTenant, spendMaxByTenant } = config.guards;
  const tables = [
    [['guards', 'accountsByTenant'], accountsByTenant],
    [['guards', 'instancesMaxByTenant'], instancesMaxByTenant],
    [['guards', 'spendMaxByTenant'], spendMaxByTenant],
    [['secrets', 'byTenant'], config.secrets.byTenant],
  ] as const;
  const tenants = tables.flatMap(([path, table]) =>
    Object.entries(table).map(([tenant, value]) => ({
      path: [...path, tenant],
      value: value as unknown,
    })),
  );
  return [...accounts, ...tenants];
}
