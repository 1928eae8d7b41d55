import type { FrozenPlan } from '../../domain/frozen-plan';
import { createFrozenPlan } from '../../domain/plan-settings';
import { hashRequest } from '../../domain/request-hash';
import type { Submission } from '../../service/submission';
import type { CliContext } from '../cli-context';
import type { CliFailure } from '../command-report';
import { loadPlanConfig } from './plan-config';

/**
 * Whether a saved plan still says what a new one would. One that was made under other settings is
 * refused, since its names and tokens are not those that somebody expects now.
 *
 * @param context - where the settings are
 * @param submission - the request; with `frozen` when it comes from a saved plan
 * @returns undefined when it may be applied; `plan-differs`, `invalid-config`
 */
export function checkSavedPlan(
  context: CliContext,
  { request, frozen }: Submission,
): CliFailure | undefined {
  if (frozen === undefined) return undefined;
  const config = loadPlanConfig(context);
  if (!config.ok) return config.failure;
  const { settings, source } = config.value;
  const today = createFrozenPlan(settings, request, hashRequest(request));
  const lines = listKeys(frozen).flatMap((key) => {
    const value = today?.[key] ?? 'none';
    return frozen[key] === value ? [] : [`${key}: ${frozen[key]} in the plan, ${value} now`];
  });
  if (lines.length === 0) return undefined;
  const message =
    `The saved plan does not fit ${source}, so nothing was sent. Plan the request again, or ` +
    'restore the settings that it was made with.';
  return { code: 'plan-differs', message, lines };
}

function listKeys(frozen: FrozenPlan): (keyof FrozenPlan)[] {
  return Object.keys(frozen) as (keyof FrozenPlan)[];
}
