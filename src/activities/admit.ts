import type { AdmitAnswer, AdmitInput } from '../contract/activity-types';
import { FAILURES } from '../contract/failure-types';
import { countSlots, type BatchRequest } from '../domain/batch-request';
import type { FrozenPlan } from '../domain/frozen-plan';
import { createFrozenPlan } from '../domain/plan-settings';
import type { Refusal } from '../domain/refusal';
import { isAccountAllowed } from '../domain/tenant-accounts';
import type { StoredResult } from '../outbound/result-store';
import type { ActivityDependencies } from './dependencies';
import { toRetryable } from './failures';
import { currentRunId, currentWorkflowId } from './moment';
import { checkRelease } from './release-guard';
import { checkTenantCap } from './tenant-cap';

/**
 * Lets a batch in: the worker's guards, the plan that is fixed for this batch id (rule R11), and the
 * generation (rule R10). An earlier run's plan wins over today's config, since names and tokens
 * depend on it.
 */
export function createAdmit(dependencies: ActivityDependencies) {
  const { results, runs, tuning } = dependencies;
  return async (input: AdmitInput): Promise<AdmitAnswer> => {
    const { request, requestHash, firstExecutionRunId } = input;
    const listed = await runs.listRuns(currentWorkflowId());
    if (!listed.some((run) => run.runId === currentRunId())) {
      throw toRetryable(
        FAILURES.runNotListed,
        'the list of runs does not show this run yet, so it may hide earlier ones; tried again',
      );
    }
    const stored = await results.list({ tenant: request.tenant, batchId: request.batchId });
    const released = await checkRelease(dependencies, request, stored);
    if (released !== null) return { kind: 'refused', refusal: released };
    const known = listed.find((run) => run.frozen !== null)?.frozen ?? toFrozen(stored);
    if (known === null) {
      const refusal = checkGuards(dependencies, request);
      if (refusal !== null) return { kind: 'refused', refusal };
    }
    const frozen =
      known ?? input.frozen ?? createFrozenPlan(dependencies.plan, request, requestHash);
    if (frozen === null)
      return { kind: 'refused', refusal: toAccountRefusal(dependencies, request) };
    if (frozen.requestHash !== requestHash) {
      return { kind: 'refused', refusal: PLAN_CONFLICT };
    }
    if (!dependencies.plan.accounts.includes(frozen.account)) {
      return { kind: 'refused', refusal: toAccountRefusal(dependencies, request) };
    }
    // Only at the door: a batch that was let in keeps its account, since what it bought is there.
    if (known === null && !isTenantAllowed(dependencies, request, frozen.account)) {
      return { kind: 'refused', refusal: toTenantRefusal(request, frozen.account) };
    }
    const capped = known === null ? await checkTenantCap(dependencies, request) : null;
    if (capped !== null) return { kind: 'refused', refusal: capped };
    const generation = stored.filter(
      ({ document }) => document.firstRunId !== firstExecutionRunId,
    ).length;
    return { kind: 'admitted', frozen, generation, tuning };
  };
}

const PLAN_CONFLICT: Refusal = {
  class: 'conflict',
  code: 'plan-conflict',
  message:
    'another request is known under this batch id; submit the original one, or choose a new batch id',
};

function toFrozen(stored: readonly StoredResult[]): FrozenPlan | null {
  return (stored.at(-1)?.document.frozen as FrozenPlan | undefined) ?? null;
}

function toAccountRefusal({ plan }: ActivityDependencies, request: BatchRequest): Refusal {
  const known = plan.accounts.join(', ');
  return {
    class: 'denied',
    code: 'unknown-account',
    message:
      request.account === undefined
        ? `several accounts are configured (${known}); name one in the request's 'account'`
        : `the worker knows no account '${request.account}'; it knows ${known}`,
  };
}

function isTenantAllowed(
  { guards }: ActivityDependencies,
  { tenant }: BatchRequest,
  account: string,
): boolean {
  return isAccountAllowed(guards.accountsByTenant, tenant, account);
}

function toTenantRefusal({ tenant }: BatchRequest, account: string): Refusal {
  return {
    class: 'denied',
    code: 'account-not-allowed',
    message:
      `the tenant '${tenant}' may not order from the account '${account}' in this installation ` +
      '(guards.accountsByTenant); name another account, or have it allowed',
  };
}

function checkGuards({ guards }: ActivityDependencies, request: BatchRequest): Refusal | null {
  const slots = countSlots(request);
  if (slots > guards.slotsPerBatchMax) {
    return {
      class: 'invalid',
      code: 'too-many-slots',
      message:
        `the batch asks for ${slots} instances, this installation allows ` +
        `${guards.slotsPerBatchMax} (slotsPerBatchMax); split it, or have the limit raised`,
    };
  }
  const prepaid = request.groups.find((group) => group.spec.chargeType === 'PrePaid');
  if (prepaid !== undefined && !guards.isPrepaidAllowed) {
    return {
      class: 'invalid',
      code: 'prepaid-not-allowed',
      message:
        `group '${prepaid.name}' is PrePaid, which cannot be undone and is off in this ` +
        'installation (prepaidAllowed); use PostPaid, or have it enabled',
    };
  }
  return null;
}
