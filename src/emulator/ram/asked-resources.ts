import type { Account } from '../accounts';
import type { Action } from '../actions/action';
import { KVSTORE, VPC } from '../actions/action';
import { findVSwitchRegion } from '../actions/vpc/networks';
import type { EmulatorState } from '../emulator-state';
import { readNumbered } from '../protocol/numbered-parameters';
import { getParameter } from '../protocol/parameters';
import type { Parameters } from '../protocol/parameters';

/** In what account and region things are asked for, and what there is. */
export interface AskedPlace {
  readonly account: Account;
  /** The one that the call names. */
  readonly regionId: string | undefined;
  readonly state: EmulatorState;
}

/** What an operation is about, as resource names have it. */
interface ResourceKind {
  readonly kind: string;
  readonly idParameters: readonly string[];
  /** Where one is; undefined when the account has none of that id. */
  regionOf(id: string, place: AskedPlace): string | undefined;
}

const INSTANCE: ResourceKind = {
  kind: 'instance',
  idParameters: ['InstanceId', 'DBInstanceId', 'InstanceIds'],
  regionOf: (id, { account, state }) => {
    const instance = state.store.find(id) ?? state.store.findReleased(id);
    return instance?.spec.accountId === account.accountId ? instance.spec.regionId : undefined;
  },
};

const NETWORK: ResourceKind = {
  kind: 'vpc',
  idParameters: ['VpcId'],
  regionOf: (id, { state }) => state.config.world.vpcs.find((vpc) => vpc.id === id)?.regionId,
};

const V_SWITCH: ResourceKind = {
  kind: 'vswitch',
  idParameters: ['VSwitchId'],
  regionOf: (id, { state }) => {
    const { world } = state.config;
    const vSwitch = world.vSwitches.find((one) => one.id === id);
    return vSwitch === undefined ? undefined : findVSwitchRegion(vSwitch, world);
  },
};

/**
 * The resources that a call is about, as permissions name them: each that it names, in its own
 * region, whatever region the call says; else all of the call's region, or of all regions.
 *
 * @param parameters - those of the call that its action declares
 */
export function listAskedResources(
  action: Action,
  parameters: Parameters,
  place: AskedPlace,
): readonly string[] {
  const region = place.regionId ?? regionOfNetwork(parameters, place);
  const toResource = (regionId: string, name: string): string =>
    `acs:${action.product.ramPrefix}:${regionId}:${place.account.accountId}:${name}`;
  const asked = kindOf(action);
  if (asked === undefined) return [toResource(region, '*')];
  const ids = readIds(parameters, asked);
  if (ids.length === 0) return [toResource(region, `${asked.kind}/*`)];
  return ids.map((id) => toResource(asked.regionOf(id, place) ?? region, `${asked.kind}/${id}`));
}

function kindOf({ name, product }: Action): ResourceKind | undefined {
  if (product === KVSTORE) return INSTANCE;
  if (product !== VPC) return undefined;
  return name === 'DescribeVpcs' ? NETWORK : V_SWITCH;
}

/** The region of the VPC in which vSwitches are asked for. */
function regionOfNetwork(parameters: Parameters, place: AskedPlace): string {
  return NETWORK.regionOf(getParameter(parameters, 'VpcId') ?? '', place) ?? '*';
}

function readIds(parameters: Parameters, { idParameters }: ResourceKind): readonly string[] {
  const listed = idParameters.flatMap((name) => parameters.get(name)?.split(',') ?? []);
  const ids = [...listed, ...readNumbered(parameters, 'ResourceId')];
  return ids.map((id) => id.trim()).filter((id) => id !== '');
}
