import type { Instance } from '../instance';
import { getParameter } from '../protocol/parameters';
import type { Parameters } from '../protocol/parameters';
import { createRefusal } from '../refusal';
import type { Refusal } from '../refusal';
import { sleep } from '../sleep';
import { checkAccount, takeResources } from './account-checks';
import { KVSTORE } from './action';
import type { Action, ActionAnswer, ActionCall, ActionResult } from './action';
import { runWithToken } from './creation-token';
import { checkEntries } from './entry-checks';
import { createKvStoreInstance, privateIpOf } from './instance-view';
import { createOrderedInstances, nextOrderId } from './order';
import { createSpec } from './order-spec';
import { checkResourceGroup } from './resource-groups';
import { toEntry } from './single-entry';
import { readTags } from './tag-parameters';

/** CreateInstance: one instance, with tags and a dry run, which CreateInstances has not. */
export const createInstanceAction: Action = { name: 'CreateInstance', product: KVSTORE, run };

/**
 * The operation names some things otherwise than CreateInstances, whose rules it shares (API
 * metadata, 2024-07-30).
 */
const OWN_REFUSALS: Readonly<Record<string, Refusal>> = {
  'InvalidInstances.Malformed': createRefusal(
    400,
    'InvalidParameter',
    'A parameter of the instance is missing or not valid.',
  ),
  'InvalidZoneId.NotFound': createRefusal(
    400,
    'ZoneIdNotFound',
    'The ZoneId provided does not exist in our records.',
  ),
  'InvalidVpcIdRegion.NotSupported': createRefusal(
    404,
    'InvalidVpcIdOrVswitchId.NotSupported',
    'The Specified vpcId or vSwitchId not supported.',
  ),
  'InvalidCapacity.NotFound': createRefusal(
    404,
    'InvalidCapacity.NotFound',
    'The Capacity provided does not exist in our records.',
  ),
};

function run(call: ActionCall): Promise<ActionResult> {
  return runWithToken(call, 'CreateInstance', () => execute(call));
}

async function execute(call: ActionCall): Promise<ActionResult> {
  const { parameters, state } = call;
  await sleep(state.config.createTimeMs);
  const entry = toEntry(parameters, state.config.world);
  const refused = checkEntries([entry], state) ?? checkResourceGroup(parameters, state);
  if (refused !== undefined) return OWN_REFUSALS[refused.code] ?? refused;
  const tags = readTags(parameters);
  if ('kind' in tags) return tags;
  const orderId = nextOrderId(state);
  const lines = [{ spec: createSpec(entry, { call, orderId }), quantity: 1, tags }];
  const refusedOrder = checkAccount(lines, state);
  if (refusedOrder !== undefined) return refusedOrder;
  if (isDryRun(parameters)) return createDryRunRefusal();
  state.orderCount += 1;
  takeResources(lines, state);
  return createAnswer(call, createOrderedInstances(lines, state, 0));
}

/** Flat, and unlike that of CreateInstances with the order as a number and the address at once. */
function createAnswer({ state }: ActionCall, instances: readonly Instance[]): ActionAnswer {
  const [instance] = instances;
  if (instance === undefined) throw new RangeError('An order of one instance made none.');
  const { id, spec } = instance;
  const view = createKvStoreInstance(instance, state);
  const shown = [
    ...['InstanceId', 'InstanceName', 'RegionId', 'ZoneId', 'VpcId', 'VSwitchId', 'NetworkType'],
    ...['Port', 'UserName', 'Capacity', 'QPS', 'Bandwidth', 'Connections', 'Config', 'ChargeType'],
    ...['NodeType', 'EndTime'],
  ].map((name) => [name, view[name]]);
  const body = {
    ...Object.fromEntries(shown),
    InstanceStatus: 'Creating',
    OrderId: Number(spec.orderId),
    PrivateIpAddr: privateIpOf(instance),
    ConnectionDomain: `${id}.redis.rds.aliyuncs.com`,
  };
  return { kind: 'answer', body, ids: [id], committedIds: [id] };
}

function isDryRun(parameters: Parameters): boolean {
  return getParameter(parameters, 'DryRun')?.toLowerCase() === 'true';
}

/** A dry run that would have worked is told by an error. */
function createDryRunRefusal(): Refusal {
  return createRefusal(
    400,
    'DryRunOperation',
    'Request validation has been passed with DryRun flag set.',
  );
}
