import type { Account } from '../../accounts';
import { getParameter } from '../../protocol/parameters';
import type { World } from '../../world';
import { VPC } from '../action';
import { createPlainAnswer } from '../../action-result';
import type { Action, ActionCall } from '../action';
import type { ActionResult } from '../../action-result';
import { optionals, required } from '../action-parameters';
import { checkDryRun } from '../dry-run';
import { readPage, slicePage } from '../page';
import { createNetworkFacts, isWantedNetwork, NETWORK_FILTERS } from './network-filters';
import {
  CREATION_TIME,
  NETWORK_PAGE_SIZES,
  NETWORK_RESOURCE_GROUP,
  VPC_CIDR_BLOCK,
} from './networks';

type Vpc = World['vpcs'][number];

/** DescribeVpcs (Vpc 2016-04-28): the VPCs of a region. An unknown id yields an empty list. */
export const describeVpcsAction: Action = {
  name: 'DescribeVpcs',
  product: VPC,
  source: 'sdk',
  parameters: [
    required('RegionId'),
    ...optionals('VpcId', 'VpcName', 'VpcOwnerId', 'DhcpOptionsSetId', 'PageNumber', 'PageSize'),
    ...NETWORK_FILTERS,
  ],
  run,
};

function run({ account, parameters, state }: ActionCall): ActionResult {
  const dryRun = checkDryRun(parameters);
  if (dryRun !== undefined) return dryRun;
  const { world } = state.config;
  const ids = getParameter(parameters, 'VpcId')?.split(',');
  const common = createNetworkFacts(account);
  const found = world.vpcs.filter(
    ({ id, regionId }) =>
      (ids === undefined || ids.includes(id)) &&
      isWantedNetwork(
        { ...common, RegionId: regionId, VpcName: id, DhcpOptionsSetId: '' },
        parameters,
      ),
  );
  const page = readPage(parameters, NETWORK_PAGE_SIZES);
  const shown = slicePage(found, page).map((vpc) => createVpcView(vpc, account, world));
  return createPlainAnswer({
    ...{ TotalCount: found.length, PageNumber: page.number, PageSize: page.size },
    Vpcs: { Vpc: shown },
  });
}

function createVpcView({ id, regionId }: Vpc, account: Account, { vSwitches }: World): object {
  return {
    VpcId: id,
    VpcName: id,
    Status: 'Available',
    RegionId: regionId,
    CidrBlock: VPC_CIDR_BLOCK,
    SecondaryCidrBlocks: { SecondaryCidrBlock: [] },
    IsDefault: false,
    VRouterId: `vrt-${id}`,
    VSwitchIds: { VSwitchId: vSwitches.filter((v) => v.vpcId === id).map((v) => v.id) },
    ResourceGroupId: NETWORK_RESOURCE_GROUP,
    OwnerId: Number(account.accountId),
    CreationTime: CREATION_TIME,
    Description: '',
    Tags: { Tag: [] },
  };
}
