import { countSlots, type BatchRequest } from '../domain/batch-request';
import type { Refusal } from '../domain/refusal';
import { isAccountAllowed } from '../domain/tenant-accounts';
import type { CapVerdict } from '../domain/tenant-caps';
import type { ActivityDependencies } from './dependencies';
import { checkTenantCaps } from './tenant-cap';

/** A batch that was never let in, at the door. */
export interface Newcomer {
  readonly request: BatchRequest;
  /** The account that it would order from. */
  readonly account: string;
  /** Ends with the attempt. */
  readonly signal: AbortSignal;
}

/**
 * Whether a new batch may come in: the worker's guards, and the accounts and caps of its tenant. Asked once:
 * a batch that was let in keeps its account, since what it bought is there, and what it may buy.
 */
export async function checkDoor(
  dependencies: ActivityDependencies,
  { request, account, signal }: Newcomer,
): Promise<CapVerdict> {
  const refusal = checkGuards(dependencies, request);
  if (refusal !== null) return { kind: 'refused', refusal };
  if (!isAccountAllowed(dependencies.guards.accountsByTenant, request.tenant, account)) {
    return { kind: 'refused', refusal: toTenantRefusal(request, account) };
  }
  return checkTenantCaps(dependencies, request, signal);
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
