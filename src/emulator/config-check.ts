import type { Account } from './accounts';
import { configSchema } from './config';
import type { EmulatorConfig } from './config';
import { findUnknownName } from './config-names';
import { RAM_POLICY_KEYS } from './ram/policy';
import { describeProblem } from './schema-problem';

/** A valid config, or a sentence that says what is wrong in it and why. */
export type ConfigResult =
  | { readonly ok: true; readonly config: EmulatorConfig }
  | { readonly ok: false; readonly problem: string };

/** What a config is checked against. */
export interface ConfigContext {
  /** The config that it is made of; its names are accepted. */
  readonly before: EmulatorConfig;
  /** Those that the emulator was started with. */
  readonly accounts: readonly Account[];
}

const { tokenMode, throttle } = configSchema.shape;

const KEYS = [
  ...[configSchema, tokenMode, throttle].flatMap(({ shape }) => Object.keys(shape)),
  ...RAM_POLICY_KEYS,
];

/** Checks a config: its form, the names in it, and numbers that belong together. */
export function checkConfig(value: unknown, { before, accounts }: ConfigContext): ConfigResult {
  const parsed = configSchema.safeParse(value);
  if (!parsed.success) return { ok: false, problem: describeProblem(parsed.error, KEYS) };
  const config = parsed.data;
  const problem = findUnknownName(config, before, accounts) ?? findExcess(config);
  return problem === undefined ? { ok: true, config } : { ok: false, problem };
}

/** An instance has one fate. */
function findExcess({ errorShare, neverReadyShare }: EmulatorConfig): string | undefined {
  if (errorShare + neverReadyShare <= 1) return undefined;
  return `errorShare (${errorShare}) and neverReadyShare (${neverReadyShare}) are shares of the same instances: together they must not exceed 1.`;
}
