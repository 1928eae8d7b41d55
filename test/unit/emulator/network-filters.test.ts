import { startBench } from './api-client';
import type { ApiAnswer, Bench, Parameters } from './api-client';

const ACCOUNT_ID = '1000000000000001';

const LISTS = {
  DescribeVpcs: { parameters: { RegionId: 'cn-hangzhou' }, count: 2 },
  DescribeVSwitches: { parameters: { RegionId: 'cn-hangzhou' }, count: 7 },
} as const;

type List = keyof typeof LISTS;

const NONE: readonly [List, Parameters][] = [
  ['DescribeVpcs', { VpcName: 'no-such' }],
  ['DescribeVpcs', { DhcpOptionsSetId: 'dopt-1' }],
  ['DescribeVpcs', { VpcOwnerId: '1000000000000002' }],
  ['DescribeVSwitches', { VSwitchName: 'no-such' }],
  ['DescribeVSwitches', { RouteTableId: 'vtb-none' }],
  ['DescribeVSwitches', { VSwitchOwnerId: '1000000000000002' }],
  ...(['DescribeVpcs', 'DescribeVSwitches'] as const).flatMap((list): [List, Parameters][] => [
    [list, { IsDefault: 'True' }],
    [list, { EnableIpv6: 'true' }],
    [list, { ResourceGroupId: 'rg-none' }],
    [list, { 'Tag.1.Key': 'zz' }],
    [list, { 'Tag.1.Key': 'zz', 'Tag.1.Value': 'y' }],
  ]),
];

const SOME: readonly [List, Parameters, number][] = [
  ['DescribeVpcs', { VpcName: 'vpc-4' }, 1],
  ['DescribeVSwitches', { VSwitchName: 'vsw-2' }, 1],
  ['DescribeVSwitches', { RouteTableId: 'vtb-vpc-1' }, 6],
  ['DescribeVSwitches', { VSwitchName: 'vsw-2', ZoneId: 'cn-hangzhou-k' }, 0],
  ...(['DescribeVpcs', 'DescribeVSwitches'] as const).map((list): [List, Parameters, number] => [
    list,
    {
      ...{ IsDefault: 'False', EnableIpv6: 'false', ResourceGroupId: 'rg-default' },
      ...{ VpcOwnerId: ACCOUNT_ID, VSwitchOwnerId: ACCOUNT_ID, DryRun: 'false' },
    },
    LISTS[list].count,
  ]),
];

describe('the filters of networks', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench();
  });
  afterAll(() => bench.close());

  const call = (action: string, parameters: Parameters): Promise<ApiAnswer> =>
    bench.call(action, { Version: '2016-04-28', ...parameters });
  const count = async (list: List, filters: Parameters): Promise<[number, number]> => {
    const { json } = await call(list, { ...LISTS[list].parameters, ...filters });
    return [json.TotalCount, (json.Vpcs?.Vpc ?? json.VSwitches.VSwitch).length];
  };

  it.each(NONE)('of %s leave nothing by %j', async (list, filters) => {
    expect(await count(list, filters)).toEqual([0, 0]);
  });

  it.each(SOME)('of %s by %j leave %i', async (list, filters, expected) => {
    expect(await count(list, filters)).toEqual([expected, expected]);
  });

  it.each([
    ['DescribeVpcs', { RegionId: 'cn-hangzhou' }],
    ['DescribeVSwitches', { VpcId: 'vpc-1' }],
    ['DescribeVSwitchAttributes', { VSwitchId: 'vsw-1' }],
  ])('of %s are only checked in a dry run', async (action, parameters) => {
    const { status, json } = await call(action, { ...parameters, DryRun: 'true' });
    expect([status, json.Code]).toEqual([400, 'DryRunOperation']);
    const wrong = await call(action, { ...parameters, DryRun: 'perhaps' });
    expect(wrong.json.Code).toBe('InvalidParameter');
  });

  it('of one vSwitch are its region too', async () => {
    const asked = { VSwitchId: 'vsw-1' };
    const here = await call('DescribeVSwitchAttributes', { ...asked, RegionId: 'cn-hangzhou' });
    expect(here.json.VpcId).toBe('vpc-1');
    const there = await call('DescribeVSwitchAttributes', { ...asked, RegionId: 'cn-beijing' });
    expect(there.json.Code).toBe('InvalidVswitchID.NotFound');
  });
});
