import type { Account } from '../../accounts';
import type { EmulatorState } from '../../emulator-state';
import { getParameter } from '../../protocol/parameters';
import type { Parameters } from '../../protocol/parameters';
import { createRefusal } from '../../refusal';
import type { World } from '../../world';
import { VPC } from '../action';
import { createPlainAnswer } from '../../action-result';
import type { Action, ActionCall } from '../action';
import type { ActionResult } from '../../action-result';
import { optionals } from '../action-parameters';
import { readPage, slicePage } from '../page';
import { CREATION_TIME, NETWORK_PAGE_SIZES, VPC_ADDRESSES, VPC_CIDR_BLOCK } from './networks';

type VSwitch = World['vSwitches'][number];

/** DescribeVSwitches (Vpc 2016-04-28): vSwitches with the addresses they have left. */
export const describeVSwitchesAction: Action = {
  name: 'DescribeVSwitches',
  product: VPC,
  source: 'sdk',
  parameters: optionals(...['RegionId', 'VpcId', 'VSwitchId', 'ZoneId', 'PageNumber', 'PageSize']),
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
  const found = state.config.world.vSwitches.filter((one) => isWanted(one, parameters, state));
  const page = readPage(parameters, NETWORK_PAGE_SIZES);
  const shown = slicePage(found, page);
  return createPlainAnswer({
    ...{ TotalCount: found.length, PageNumber: page.number, PageSize: page.size },
    VSwitches: { VSwitch: shown.map((one) => createVSwitchView(one, account, state)) },
  });
}

function isWanted(vSwitch: VSwitch, parameters: Parameters, state: EmulatorState): boolean {
  const vpc = state.config.world.vpcs.find(({ id }) => id === vSwitch.vpcId);
  const isEqual = (name: string, value: string | undefined): boolean => {
    const wanted = getParameter(parameters, name);
    return wanted === undefined || wanted === value;
  };
  return (
    isEqual('RegionId', vpc?.regionId) &&
    isEqual('VpcId', vSwitch.vpcId) &&
    isEqual('ZoneId', vSwitch.zoneId) &&
    (getParameter(parameters, 'VSwitchId')?.split(',').includes(vSwitch.id) ?? true)
  );
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
    ResourceGroupId: 'rg-default',
    OwnerId: Number(account.accountId),
    ShareType: '',
    NetworkAclId: '',
    CreationTime: CREATION_TIME,
    Description: '',
    RouteTable: { RouteTableId: `vtb-${vSwitch.vpcId}`, RouteTableType: 'System' },
    Tags: { Tag: [] },
  };
}

/** A vSwitch without a number of its own is as large as the whole VPC. */
function countFreeIps(vSwitch: VSwitch, { config, store }: EmulatorState): number {
  return config.freeIps[vSwitch.id] ?? VPC_ADDRESSES - store.countLivingIn(vSwitch.id);
}
