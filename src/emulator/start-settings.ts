import { z } from 'zod';
import { accountsSchema, DEFAULT_ACCOUNTS } from './accounts';
import type { Account } from './accounts';
import { createDefaultConfig } from './default-config';
import type { EmulatorConfig } from './config';
import { applyConfigPatch } from './config-patch';
import { parseFaults } from './faults';
import type { Fault } from './faults';

/** What an emulator is started with, checked. */
export interface StartSettings {
  readonly accounts: readonly Account[];
  readonly config: EmulatorConfig;
  readonly faults: readonly Fault[];
}

/** Settings, or a sentence that says what is wrong in them. */
export type StartSettingsResult =
  | { readonly ok: true; readonly settings: StartSettings }
  | { readonly ok: false; readonly problem: string };

/**
 * Checks start settings: any part of the config, and besides it `accounts` and `faults`.
 *
 * @param value - any JSON value; undefined gives the defaults
 */
export function parseStartSettings(value: unknown = {}): StartSettingsResult {
  if (typeof value !== 'object' || value === null) {
    return { ok: false, problem: 'The settings must be one object.' };
  }
  const { accounts = DEFAULT_ACCOUNTS, faults = [], ...rest } = value as Record<string, unknown>;
  const parsedAccounts = accountsSchema.safeParse(accounts);
  if (!parsedAccounts.success) {
    return { ok: false, problem: `accounts: ${z.prettifyError(parsedAccounts.error)}` };
  }
  const parsedFaults = parseFaults(faults);
  if (!parsedFaults.ok) return { ok: false, problem: `faults: ${parsedFaults.problem}` };
  const config = applyConfigPatch(createDefaultConfig(), rest, parsedAccounts.data);
  if (!config.ok) return config;
  const settings = {
    accounts: parsedAccounts.data,
    config: config.config,
    faults: parsedFaults.faults,
  };
  return { ok: true, settings };
}
