import { countSlots } from './batch-request';
import type { BatchRequest } from './batch-request';
import { listFollowUpSteps } from './follow-ups';
import type { FollowUpStep } from './follow-ups';

/** What somebody wants to do besides running the batch. */
export interface BesideWishes {
  /** `tairfleet plan --preflight`. */
  readonly isPreflight: boolean;
  /** `tairfleet release`, and `reconcile --delete-orphans`. */
  readonly isRelease: boolean;
  /** The worker caps what a tenant may spend. */
  readonly isSpendCapped: boolean;
}

/** When an operation of the cloud is called, and for what. */
export interface CloudActionRule {
  /** Prefix of its permission. */
  readonly product: 'kvstore' | 'vpc';
  /** What it is for, in a few words. */
  readonly use: string;
  readonly isNeeded: (request: BatchRequest, wishes: BesideWishes) => boolean;
}

/**
 * Every operation that we can call, with the one place that says when: the adapter's own types take no
 * other name. Permissions have the names of operations (CreateInstances page, 2025-03-27, and the
 * pages of the others).
 */
export const CLOUD_ACTIONS = {
  CreateInstances: always('buys instances'),
  DescribeInstances: always('looks for them, by name and by id'),
  DescribeVSwitches: {
    product: 'vpc',
    use: 'counts the free addresses of vSwitches; denied, it goes on without',
    isNeeded: (request, { isPreflight }) => isPreflight || countSlots(request) > 1,
  },
  DescribePrice: {
    product: 'kvstore',
    use: 'asks what instances cost, for maxPrice, approvalAbovePrice, caps and preflights',
    isNeeded: (request, { isPreflight, isSpendCapped }) =>
      isPreflight || isSpendCapped || isPriced(request),
  },
  ModifyInstanceAttribute: followUp('sets passwords and release protection', [
    ...(['password', 'protection'] as const),
  ]),
  ModifyInstanceConfig: followUp('sets engine parameters', ['parameters']),
  ModifyInstanceMaintainTime: followUp('sets the maintenance window', ['maintenance']),
  ModifyResourceGroup: followUp('moves instances to a resource group', ['resourceGroup']),
  TagResources: followUp('tags instances', ['tags']),
  ModifySecurityIps: followUp('writes whitelists', ['whitelist']),
  DeleteInstance: {
    product: 'kvstore',
    use: 'releases instances',
    isNeeded: ({ policy }, { isRelease }) =>
      isRelease || policy.onShortfall === 'release' || policy.onCancel === 'release',
  },
  DescribeZones: preflight('kvstore', 'sees which zones are open'),
  DescribeAvailableResource: preflight('kvstore', 'sees which classes are on sale'),
  DescribeVpcs: preflight('vpc', 'sees whether the VPC is there'),
  DescribeBackups: {
    product: 'kvstore',
    use: 'sees whether a backup set is there and complete',
    isNeeded: ({ groups }, { isPreflight }) =>
      isPreflight && groups.some(({ spec }) => spec.backupId !== undefined),
  },
} as const satisfies Readonly<Record<string, CloudActionRule>>;

/** Name of an operation. */
export type CloudAction = keyof typeof CLOUD_ACTIONS;

/** The operations that a request needs, in the order of the table. */
export function listCloudActions(
  request: BatchRequest,
  wishes: BesideWishes,
): readonly CloudAction[] {
  const names = Object.keys(CLOUD_ACTIONS) as CloudAction[];
  return names.filter((name) => CLOUD_ACTIONS[name].isNeeded(request, wishes));
}

function always(use: string): CloudActionRule {
  return { product: 'kvstore', use, isNeeded: () => true };
}

function followUp(use: string, steps: readonly FollowUpStep[]): CloudActionRule {
  return {
    product: 'kvstore',
    use,
    isNeeded: ({ groups }) =>
      groups.some((group) =>
        listFollowUpSteps(group.followUps).some((step) => steps.includes(step)),
      ),
  };
}

function preflight(product: CloudActionRule['product'], use: string): CloudActionRule {
  return { product, use, isNeeded: (_request, { isPreflight }) => isPreflight };
}

function isPriced({ groups, policy }: BatchRequest): boolean {
  if (policy.approvalAbovePrice !== undefined) return true;
  return groups.some(
    ({ maxPrice, placements }) =>
      maxPrice !== undefined || placements.some((placement) => placement.maxPrice !== undefined),
  );
}
