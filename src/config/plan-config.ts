import type { PlanSettings } from '../domain/plan-settings';
import type { WarningSettings } from '../domain/plan-warnings';
import { toSettleTimeMs } from '../domain/settle-time';
import type { Config } from './config';

/** What plans are made from, and whose settings these are. */
export interface PlanConfig {
  readonly settings: PlanSettings;
  readonly warnings: WarningSettings;
  /** For people: where the settings come from. */
  readonly source: string;
}

/**
 * What a batch would be planned with.
 *
 * @param config - of the worker, or of whoever has the same settings
 * @param source - for people: whose settings these are
 */
export function toPlanConfig(config: Config, source: string): PlanConfig {
  const { installationId, accounts, defaultAccount, plan, guards, safety } = config;
  return {
    source,
    settings: {
      installationId,
      accounts: Object.keys(accounts),
      defaultAccount: defaultAccount ?? null,
      ...plan,
    },
    warnings: {
      slotsPerBatchMax: guards.slotsPerBatchMax,
      isPrepaidAllowed: guards.prepaidAllowed,
      settleTimeMs: toSettleTimeMs(safety) + safety.timerMarginMs,
    },
  };
}
