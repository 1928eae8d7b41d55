import { findNearestWord } from '../domain/nearest-word';
import { createLayer, type Layer, mergeLayers } from './layer';
import { SECTION_PREFIXES, type Setting, SETTINGS } from './settings';

/** Environment variables, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What the environment sets, and what is wrong with it. */
export interface EnvironmentLayer {
  readonly layer: Layer;
  /** Names of the variables that set something. */
  readonly variables: readonly string[];
  /** A sentence each. Values are never repeated: an environment holds secrets. */
  readonly problems: readonly string[];
}

/** Reads the settings from `TAIRFLEET_*`; an empty variable counts as not set. */
export function readEnvironment(env: Environment): EnvironmentLayer {
  const problems = listUnknownVariables(env);
  const variables: string[] = [];
  let layer: Layer = {};
  for (const setting of SETTINGS) {
    const text = env[setting.variable]?.trim();
    if (text === undefined || text === '') continue;
    variables.push(setting.variable);
    const value = toValue(text, setting.kind);
    if (value === null) problems.push(`${setting.variable}: must be ${WANTED[setting.kind]}.`);
    else layer = mergeLayers(layer, createLayer(setting.path, value));
  }
  return { layer, variables, problems };
}

const WANTED: Readonly<Record<Setting['kind'], string>> = {
  number: 'a number without a unit, such as 5000',
  flag: 'true or false',
  text: 'text',
  list: 'texts separated by commas',
};

function toValue(text: string, kind: Setting['kind']): unknown {
  if (kind === 'text') return text;
  if (kind === 'list') return text.split(',').map((entry) => entry.trim());
  if (kind === 'number') return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : null;
  if (text === 'true') return true;
  return text === 'false' ? false : null;
}

/** A typing error in a safety setting must not leave its default in force unseen. */
function listUnknownVariables(env: Environment): string[] {
  const known = SETTINGS.map(({ variable }) => variable);
  const unknown = Object.keys(env).filter(
    (variable) =>
      SECTION_PREFIXES.some((prefix) => variable.startsWith(prefix)) && !known.includes(variable),
  );
  return unknown.map((variable) => {
    const nearest = findNearestWord(variable, known);
    const hint = nearest === null ? 'check its spelling.' : `did you mean ${nearest}?`;
    return `${variable}: is no setting; ${hint}`;
  });
}
