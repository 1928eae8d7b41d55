import type { BatchRequest, Group, Placement } from './batch-request';
import { CLOUD_ACTIONS, listCloudActions } from './cloud-actions';
import type { BesideWishes, CloudAction } from './cloud-actions';

/** One statement of a RAM policy. */
export interface RamStatement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: { readonly StringEquals: Readonly<Record<string, readonly string[]>> };
}

/** A RAM policy document, as the console takes it. */
export interface RamPolicyDocument {
  readonly Version: '1';
  readonly Statement: readonly RamStatement[];
}

/** What the policy is to allow, and how narrowly. */
export interface RamPolicyWishes extends BesideWishes {
  /** Whether only the classes and engines of the request may be bought. */
  readonly isConditional: boolean;
}

/**
 * The least that a worker must be allowed for these requests. What can be bought is narrowed to their
 * regions, classes and engines, since the page of CreateInstances names such resources and condition
 * keys (2025-03-27); of the other operations we know no page that does.
 *
 * @param requests - at least one
 * @param wishes - what else somebody wants to do
 */
export function createRamPolicy(
  requests: readonly BatchRequest[],
  wishes: RamPolicyWishes,
): RamPolicyDocument {
  const actions = requests.flatMap((request) => listCloudActions(request, wishes));
  const others = [...new Set(actions)].filter((action) => action !== 'CreateInstances');
  const groups = requests.flatMap((request) => request.groups);
  return {
    Version: '1',
    Statement: [
      ...toPurchases(groups, wishes.isConditional),
      { Effect: 'Allow', Action: others.map(toPermission).sort(), Resource: ['*'] },
    ],
  };
}

/** `kvstore:CreateInstances`. */
export function toPermission(action: CloudAction): string {
  return `${CLOUD_ACTIONS[action].product}:${action}`;
}

interface Purchase {
  readonly region: string;
  readonly engine: string;
  /** Undefined: ordered by its size, which no condition key knows. */
  readonly instanceClass: string | undefined;
}

function toPurchases(groups: readonly Group[], isConditional: boolean): readonly RamStatement[] {
  const purchases = groups.flatMap((group) =>
    group.placements.map((placement) => toPurchase(group, placement)),
  );
  const byKind = new Map<string, Purchase[]>();
  for (const purchase of purchases) {
    const key = isConditional ? `${purchase.region} ${purchase.engine}` : purchase.region;
    byKind.set(key, [...(byKind.get(key) ?? []), purchase]);
  }
  return [...byKind.values()].map((ofKind) => toStatement(ofKind, isConditional));
}

function toPurchase({ spec }: Group, { region, instanceClass }: Placement): Purchase {
  return { region, engine: spec.engine, instanceClass: instanceClass ?? spec.instanceClass };
}

function toStatement(purchases: readonly Purchase[], isConditional: boolean): RamStatement {
  const { region, engine } = purchases[0]!;
  const classes = purchases.map(({ instanceClass }) => instanceClass);
  const known = classes.filter((name) => name !== undefined);
  const isBySize = known.length < classes.length;
  const keys = {
    'kvstore:InstanceType': [engine],
    ...(isBySize ? {} : { 'kvstore:InstanceClass': [...new Set(known)].sort() }),
  };
  return {
    Effect: 'Allow',
    Action: [toPermission('CreateInstances')],
    Resource: [`acs:kvstore:${region}:*:instance/*`],
    ...(isConditional ? { Condition: { StringEquals: keys } } : {}),
  };
}
