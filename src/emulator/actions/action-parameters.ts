import type { Parameters } from '../protocol/parameters';
import { createInvalid, createMissing } from '../refusal';
import type { Refusal } from '../refusal';

/** One parameter that an operation understands. */
export interface ActionParameter {
  /** As clients write it; the number of a list is `N`: `Tag.N.Key`. */
  readonly name: string;
  readonly isRequired: boolean;
  /** True for one that the service has and the emulator makes nothing of, once its value is checked. */
  readonly isIgnored: boolean;
  /** True for a text that the operation takes; absent: the operation looks at it itself. */
  readonly isValid?: (text: string) => boolean;
  /** What a text that it does not take is answered with. */
  readonly code: string;
}

type Rule = readonly [isValid?: (text: string) => boolean, code?: string];

/** A parameter without which the call is refused with `Missing<name>`. */
export function required(name: string, ...[isValid, code]: Rule): ActionParameter {
  return createParameter(name, true, { isValid, code });
}

/** A parameter that may be left out or empty. */
export function optional(name: string, ...[isValid, code]: Rule): ActionParameter {
  return createParameter(name, false, { isValid, code });
}

/** Optional parameters without a rule of their own. */
export function optionals(...names: readonly string[]): ActionParameter[] {
  return names.map((name) => optional(name));
}

/** Parameters of the service that change nothing here: listed in the docs, and hidden from the operation. */
export function ignored(...names: readonly string[]): ActionParameter[] {
  return names.map((name) => ({ ...optional(name), isIgnored: true }));
}

/** A parameter of the service whose value is checked, and that changes nothing here. */
export function withoutEffect(parameter: ActionParameter): ActionParameter {
  return { ...parameter, isIgnored: true };
}

/** Checks presence, then values, each in the order of the declaration. */
export function checkParameters(
  parameters: Parameters,
  declared: readonly ActionParameter[],
): Refusal | undefined {
  for (const { name, isRequired } of declared) {
    if (isRequired && isAbsent(parameters, name)) return createMissing(name);
  }
  for (const { name, isValid, code } of declared) {
    if (isValid === undefined || isAbsent(parameters, name)) continue;
    if (!isValid(parameters.get(name) ?? '')) return createInvalid(code, name);
  }
  return undefined;
}

/**
 * What an operation sees of a call: the parameters it declares. The gateway ignores all others,
 * which is inferred from clients that send `RegionId` with every call.
 */
export function selectParameters(
  parameters: Parameters,
  declared: readonly ActionParameter[],
): Parameters {
  const names = namesOf(declared);
  return new Map([...parameters].filter(([name]) => names.has(toDeclaredName(name))));
}

/** Kept for each declaration, which lives as long as the program. */
const NAMES_OF = new WeakMap<readonly ActionParameter[], ReadonlySet<string>>();

function namesOf(declared: readonly ActionParameter[]): ReadonlySet<string> {
  const known = NAMES_OF.get(declared);
  if (known !== undefined) return known;
  const used = declared.filter(({ isIgnored }) => !isIgnored);
  const names = new Set(used.map(({ name }) => name));
  NAMES_OF.set(declared, names);
  return names;
}

function toDeclaredName(name: string): string {
  return name.includes('.') ? name.replace(/\.\d+(?=\.|$)/g, '.N') : name;
}

function isAbsent(parameters: Parameters, name: string): boolean {
  return (parameters.get(name) ?? '') === '';
}

function createParameter(
  name: string,
  isRequired: boolean,
  { isValid, code = 'InvalidParameter' }: { isValid: Rule[0]; code: Rule[1] },
): ActionParameter {
  return {
    name,
    isRequired,
    isIgnored: false,
    code,
    ...(isValid === undefined ? {} : { isValid }),
  };
}
