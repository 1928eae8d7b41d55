import type { Account } from '../../accounts';
import type { EmulatorState } from '../../emulator-state';
import { getParameter } from '../../protocol/parameters';
import { createRefusal } from '../../refusal';
import type { World } from '../../world';
import { VPC } from '../action';
import { createPlainAnswer } from '../../action-result';
import type { Action, ActionCall } from '../action';
import type { ActionResult } from '../../action-result';
import { optionals } from '../action-parameters';
import { checkDryRun } from '../dry-run';
import { readPage, slicePage } from '../page';
import { createNetworkFacts, isWantedNetwork, NETWORK_FILTERS } from './network-filters';
import type { NetworkFacts } from './network-filters';
import {
  CREATION_TIME,
  findVSwitchRegion,
  NETWORK_PAGE_SIZES,
  NETWORK_RESOURCE_GROUP,
  VPC_ADDRESSES,
  VPC_CIDR_BLOCK,
} from './networks';
import type { VSwitch } from './networks';

/** DescribeVSwitches (Vpc 2016-04-28): vSwitches with the addresses they have left. */
export const describeVSwitchesAction: Action = {
  name: 'DescribeVSwitches',
  product: VPC,
  source: 'sdk',
  parameters: [
    ...optionals('RegionId', 'VpcId', 'VSwitchId', 'ZoneId', 'VSwitchName', 'RouteTableId'),
    ...optionals('VSwitchOwnerId', 'PageNumber', 'PageSize'),
    ...NETWORK_FILTERS,
  ],
  run,
};

function run({ account, parameters, state }: ActionCall): ActionResult {
  const isAsked = ['RegionId', 'VpcId'].some(
    (name) => getParameter(parameters, name) !== undefined,
  );
  if (!isAsked) {
    return createRefusal(
      400,
      'MissingParameter',
      'RegionId or VpcId is mandatory for this action.',
    );
  }
  const dryRun = checkDryRun(parameters);
  if (dryRun !== undefined) return dryRun;
  const { world } = state.config;
  const ids = getParameter(parameters, 'VSwitchId')?.split(',');
  const found = world.vSwitches.filter(
    (one) =>
      (ids === undefined || ids.includes(one.id)) &&
      isWantedNetwork(createVSwitchFacts(one, account, world), parameters),
  );
  const page = readPage(parameters, NETWORK_PAGE_SIZES);
  const shown = slicePage(found, page);
  return createPlainAnswer({
    ...{ TotalCount: found.length, PageNumber: page.number, PageSize: page.size },
    VSwitches: { VSwitch: shown.map((one) => createVSwitchView(one, account, state)) },
  });
}

function createVSwitchFacts(vSwitch: VSwitch, account: Account, world: World): NetworkFacts {
  return {
    ...createNetworkFacts(account),
    RegionId: findVSwitchRegion(vSwitch, world),
    VpcId: vSwitch.vpcId,
    ZoneId: vSwitch.zoneId,
    VSwitchName: vSwitch.id,
    RouteTableId: toRouteTableId(vSwitch),
  };
}

function toRouteTableId({ vpcId }: VSwitch): string {
  return `vtb-${vpcId}`;
}

/** One vSwitch, as both operations that tell about one do. */
export function createVSwitchView(
  vSwitch: VSwitch,
  account: Account,
  state: EmulatorState,
): object {
  return {
    VSwitchId: vSwitch.id,
    VpcId: vSwitch.vpcId,
    ZoneId: vSwitch.zoneId,
    VSwitchName: vSwitch.id,
    Status: 'Available',
    CidrBlock: VPC_CIDR_BLOCK,
    Ipv6CidrBlock: '',
    EnabledIpv6: false,
    AvailableIpAddressCount: countFreeIps(vSwitch, state),
    IsDefault: false,
    ResourceGroupId: NETWORK_RESOURCE_GROUP,
    OwnerId: Number(account.accountId),
    ShareType: '',
    NetworkAclId: '',
    CreationTime: CREATION_TIME,
    Description: '',
    RouteTable: { RouteTableId: toRouteTableId(vSwitch), RouteTableType: 'System' },
    Tags: { Tag: [] },
  };
}

/** A vSwitch without a number of its own is as large as the whole VPC. */
function countFreeIps(vSwitch: VSwitch, { config, store }: EmulatorState): number {
  return config.freeIps[vSwitch.id] ?? VPC_ADDRESSES - store.countLivingIn(vSwitch.id);
}
