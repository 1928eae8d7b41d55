import { getParameter } from '../../protocol/parameters';
import { VPC } from '../action';
import { createPlainAnswer } from '../../action-result';
import type { Action, ActionCall } from '../action';
import type { ActionResult } from '../../action-result';
import { optionals, required } from '../action-parameters';
import { readPage, slicePage } from '../page';
import { CREATION_TIME, NETWORK_PAGE_SIZES, VPC_CIDR_BLOCK } from './networks';

/** DescribeVpcs (Vpc 2016-04-28): the VPCs of a region. An unknown id yields an empty list. */
export const describeVpcsAction: Action = {
  name: 'DescribeVpcs',
  product: VPC,
  source: 'sdk',
  parameters: [required('RegionId'), ...optionals('VpcId', 'PageNumber', 'PageSize')],
  run,
};

function run({ account, parameters, state }: ActionCall): ActionResult {
  const regionId = parameters.get('RegionId');
  const ids = getParameter(parameters, 'VpcId')?.split(',');
  const { vpcs, vSwitches } = state.config.world;
  const found = vpcs.filter(
    (vpc) => vpc.regionId === regionId && (ids === undefined || ids.includes(vpc.id)),
  );
  const page = readPage(parameters, NETWORK_PAGE_SIZES);
  const shown = slicePage(found, page).map(({ id }) => ({
    VpcId: id,
    VpcName: id,
    Status: 'Available',
    RegionId: regionId,
    CidrBlock: VPC_CIDR_BLOCK,
    SecondaryCidrBlocks: { SecondaryCidrBlock: [] },
    IsDefault: false,
    VRouterId: `vrt-${id}`,
    VSwitchIds: { VSwitchId: vSwitches.filter((v) => v.vpcId === id).map((v) => v.id) },
    ResourceGroupId: 'rg-default',
    OwnerId: Number(account.accountId),
    CreationTime: CREATION_TIME,
    Description: '',
    Tags: { Tag: [] },
  }));
  return createPlainAnswer({
    ...{ TotalCount: found.length, PageNumber: page.number, PageSize: page.size },
    Vpcs: { Vpc: shown },
  });
}
