import type { Instance, InstanceSpec } from '../instance';
import { DEFAULT_FEATURES, DEFAULT_PORT } from '../instance-features';
import type { InstanceFeatures } from '../instance-features';
import { getParameter } from '../protocol/parameters';
import type { Parameters } from '../protocol/parameters';
import type { Refusal } from '../refusal';
import { sleep } from '../sleep';
import { checkDemand, meetDemand, toDemand } from './account-checks';
import type { OrderLine } from './account-checks';
import type { ActionCall } from './action';
import type { ActionResult } from '../action-result';
import { runWithToken } from './creation-token';
import type { TokenOwner } from './creation-token';
import { checkEntries } from './entry-checks';
import type { Assortment } from './entry-checks';
import { checkDryRun } from './dry-run';
import type { Entry } from './instances-parameter';
import { createOrderedInstances, nextOrderId } from './order';
import { autoRenewalOf, createSpec } from './order-spec';
import { checkResourceGroup } from './resource-groups';
import { checkChoices } from './single-creation-checks';
import { readTags } from './tag-parameters';

/** How an operation that creates one instance differs from the other one. */
export interface SingleCreation extends TokenOwner {
  /** The operation names some things otherwise than CreateInstances, whose rules it shares. */
  readonly refusals: Readonly<Record<string, Refusal>>;
  sells(call: ActionCall): Assortment;
  toEntry(call: ActionCall): Entry;
  answer(instance: Instance, call: ActionCall): Readonly<Record<string, unknown>>;
}

/** Creates one instance, or says why not; with a dry run it only says. */
export function createOne(call: ActionCall, creation: SingleCreation): Promise<ActionResult> {
  return runWithToken(call, creation, () => execute(call, creation));
}

async function execute(call: ActionCall, creation: SingleCreation): Promise<ActionResult> {
  const { state } = call;
  await sleep(state.config.createTimeMs);
  const line = createLine(call, creation);
  if ('kind' in line) return creation.refusals[line.code] ?? line;
  const demand = toDemand([line]);
  const refusedOrder = checkDemand(demand, state);
  if (refusedOrder !== undefined) return refusedOrder;
  const dryRun = checkDryRun(call.parameters);
  if (dryRun !== undefined) return dryRun;
  state.orderCount += 1;
  meetDemand(demand, state);
  const [instance] = createOrderedInstances([line], state);
  if (instance === undefined) throw new RangeError('An order of one instance made none.');
  const ids = [instance.id];
  return { kind: 'answer', body: creation.answer(instance, call), ids, committedIds: ids };
}

function createLine(call: ActionCall, creation: SingleCreation): OrderLine | Refusal {
  const { account, parameters, state } = call;
  const assortment = creation.sells(call);
  const entry = creation.toEntry(call);
  const context = { ...assortment, state, accountId: account.accountId };
  const refused = checkEntries([entry], context) ?? checkResourceGroup(parameters, state);
  if (refused !== undefined) return refused;
  const tags = readTags(parameters);
  if ('kind' in tags) return tags;
  const spec = createSpec(entry, { ...assortment, call, orderId: nextOrderId(state) });
  const refusedChoice = checkChoices(parameters, spec, state);
  if (refusedChoice !== undefined) return refusedChoice;
  const months = Number(getParameter(parameters, 'AutoRenewPeriod') ?? 1);
  const autoRenewalMonths = autoRenewalOf(entry, spec, months);
  return {
    spec: { ...spec, ...readTopology(parameters, spec) },
    quantity: 1,
    given: { tags, features: { ...readFeatures(parameters), autoRenewalMonths } },
  };
}

/** Nodes, of which CreateInstances lets nobody choose. */
function readTopology(parameters: Parameters, spec: InstanceSpec): Partial<InstanceSpec> {
  const shardCount = Number(getParameter(parameters, 'ShardCount') ?? spec.shardCount);
  return {
    secondaryZoneId: getParameter(parameters, 'SecondaryZoneId') ?? '',
    shardCount,
    architecture: shardCount > 1 ? 'cluster' : spec.architecture,
    replicaCount: Number(getParameter(parameters, 'ReplicaCount') ?? spec.replicaCount),
    readOnlyCount: Number(getParameter(parameters, 'ReadOnlyCount') ?? 0),
    storageGb: Number(getParameter(parameters, 'Storage') ?? 0),
    storageType: getParameter(parameters, 'StorageType') ?? '',
  };
}

function readFeatures(parameters: Parameters): InstanceFeatures {
  const { maintenance } = DEFAULT_FEATURES;
  return {
    ...DEFAULT_FEATURES,
    endpoint: {
      prefix: getParameter(parameters, 'ConnectionStringPrefix') ?? '',
      port: Number(getParameter(parameters, 'Port') ?? DEFAULT_PORT),
    },
    privateIp: getParameter(parameters, 'PrivateIpAddress') ?? '',
    maintenance: {
      start: getParameter(parameters, 'MaintainStartTime') ?? maintenance.start,
      end: getParameter(parameters, 'MaintainEndTime') ?? maintenance.end,
    },
    engineParameters: readAppendOnly(parameters),
  };
}

function readAppendOnly(parameters: Parameters): ReadonlyMap<string, string> {
  const value = getParameter(parameters, 'Appendonly');
  return value === undefined ? DEFAULT_FEATURES.engineParameters : new Map([['appendonly', value]]);
}
