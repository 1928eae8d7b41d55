import type { z } from 'zod';
import { findNearestWord } from '../domain/nearest-word';
import type { Config } from './config';
import { type ConfigSources, readConfigFile } from './config-file';
import { listBrokenRules } from './config-rules';
import { CONFIG_SCHEMA } from './config-schema';
import { CONFIG_DEFAULTS } from './defaults';
import { readEnvironment } from './environment';
import { isLayer, type Layer, mergeLayers, readAt } from './layer';
import { SETTINGS } from './settings';

/** Where a configuration comes from, besides the defaults. */
export interface ConfigOrigin {
  /** Null when there is no file. */
  readonly file: string | null;
  /** Names of the variables that set something. */
  readonly variables: readonly string[];
}

/** The configuration, or a line for each thing that is wrong, with where it was set. */
export type LoadedConfig =
  | { readonly ok: true; readonly config: Config; readonly origin: ConfigOrigin }
  | { readonly ok: false; readonly problems: readonly string[] };

type CheckedConfig =
  { readonly ok: true; readonly config: Config } | (LoadedConfig & { readonly ok: false });

/** Says of a path which file or variable set it. */
type SourceOf = (path: readonly PropertyKey[]) => string;

/**
 * Loads the configuration: defaults, then the file, then environment variables.
 *
 * @param sources - environment, and where to look for the file
 */
export function loadConfig(sources: ConfigSources): LoadedConfig {
  const file = readConfigFile(sources);
  const environment = readEnvironment(sources.env);
  const problems = [...file.problems, ...environment.problems];
  if (problems.length > 0) return { ok: false, problems };
  const merged = [file.layer, environment.layer].reduce<Layer>(
    mergeLayers,
    CONFIG_DEFAULTS as unknown as Layer,
  );
  const checked = check(merged, createSourceOf(environment.layer, file.fileName));
  if (!checked.ok) return checked;
  const { variables } = environment;
  return { ...checked, origin: { file: file.fileName, variables } };
}

function check(merged: Layer, sourceOf: SourceOf): CheckedConfig {
  const parsed = CONFIG_SCHEMA.safeParse(merged);
  if (!parsed.success) {
    return {
      ok: false,
      problems: parsed.error.issues.flatMap((issue) => toLines(issue, sourceOf)),
    };
  }
  const config: Config = withDefaultAccount(parsed.data);
  const broken = listBrokenRules(config);
  if (broken.length === 0) return { ok: true, config: freeze(config) };
  const problems = broken.map(({ path, message }) => `${sourceOf(path)}: ${message}.`);
  return { ok: false, problems };
}

function withDefaultAccount(config: Config): Config {
  const [only, ...others] = Object.keys(config.accounts);
  if (config.defaultAccount !== undefined || only === undefined || others.length > 0) return config;
  return { ...config, defaultAccount: only };
}

function createSourceOf(environment: Layer, fileName: string | null): SourceOf {
  return (path) => {
    // An entry of a list has no variable of its own.
    const setting = SETTINGS.find((known) => known.path.every((key, at) => key === path[at]));
    if (setting !== undefined && readAt(environment, setting.path) !== undefined) {
      return setting.variable;
    }
    const key = path.join('.');
    return fileName === null ? key : `${fileName}: ${key}`;
  };
}

function toLines(issue: z.core.$ZodIssue, sourceOf: SourceOf): string[] {
  if (issue.code !== 'unrecognized_keys') {
    return [`${sourceOf(issue.path)}: ${issue.message.replace(/\.$/, '')}.`];
  }
  const known = Object.keys(listKnown(issue.path));
  return issue.keys.map((key) => {
    const nearest = findNearestWord(key, known);
    const hint = nearest === null ? 'is no setting.' : `is no setting; did you mean ${nearest}?`;
    return `${sourceOf([...issue.path, key])}: ${hint}`;
  });
}

/** The keys that stand in the defaults at a path; those of an account for any account. */
function listKnown(path: readonly PropertyKey[]): Layer {
  const place = path[0] === 'accounts' && path.length > 1 ? ['accounts', 'default'] : path;
  const known = readAt(CONFIG_DEFAULTS as unknown as Layer, place);
  return isLayer(known) ? known : {};
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(freeze);
    Object.freeze(value);
  }
  return value;
}
