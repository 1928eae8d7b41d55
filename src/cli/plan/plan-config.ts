import { join } from 'node:path';
import { loadConfig } from '../../config/load-config';
import { toPlanConfig } from '../../config/plan-config';
import type { PlanConfig } from '../../config/plan-config';
import type { CliContext } from '../cli-context';
import type { CliFailure } from '../command-report';
import { findRunningStack, toStateFolder } from '../stack/running-stack';

/** The settings, or what is wrong with them. */
export type LoadedPlanConfig =
  | { readonly ok: true; readonly value: PlanConfig }
  | { readonly ok: false; readonly failure: CliFailure };

/**
 * Loads what a batch would be planned with: the settings of the worker of a running `tairfleet up`,
 * else those of this folder and environment, which are the worker's only if it has the same ones.
 *
 * @param context - environment and folder
 */
export function loadPlanConfig(context: CliContext): LoadedPlanConfig {
  const { env, cwd } = context;
  const isUp = !env['TEMPORAL_ADDRESS'] && findRunningStack(cwd) !== undefined;
  const loaded = isUp
    ? loadConfig({ env: {}, cwd, file: join(toStateFolder(cwd, 'up'), 'config.yaml') })
    : loadConfig({ env, cwd });
  if (!loaded.ok) {
    const message = 'The configuration is not valid.';
    return { ok: false, failure: { code: 'invalid-config', message, lines: loaded.problems } };
  }
  const source = isUp ? 'the worker of "tairfleet up"' : 'the configuration here';
  return { ok: true, value: toPlanConfig(loaded.config, source) };
}
