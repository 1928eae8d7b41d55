import { startBench } from './api-client';
import type { ApiAnswer, Bench, Json, Parameters } from './api-client';

describe('regions, zones and networks', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench({ config: { closedZones: ['cn-hangzhou-j'] } });
  });
  afterEach(() => bench.close());

  const describeNetworks = (action: string, parameters: Parameters): Promise<ApiAnswer> =>
    bench.call(action, { Version: '2016-04-28', ...parameters });
  const freeIps = async (id: string): Promise<number> => {
    const asked = { RegionId: 'cn-hangzhou', VSwitchId: id };
    const { json } = await describeNetworks('DescribeVSwitches', asked);
    return json.VSwitches.VSwitch[0].AvailableIpAddressCount;
  };

  it('lists every region with its zones, and this server as the endpoint of each', async () => {
    const { KVStoreRegion } = (await bench.call('DescribeRegions')).json.RegionIds;
    expect(KVStoreRegion).toHaveLength(3);
    expect(KVStoreRegion[2]).toEqual({
      RegionId: 'cn-beijing',
      LocalName: 'cn-beijing',
      RegionEndpoint: new URL(bench.url).host,
      ZoneIds: 'cn-beijing-f,cn-beijing-h,cn-beijing-i,cn-beijing-k',
      ZoneIdList: {
        ZoneId: ['cn-beijing-f', 'cn-beijing-h', 'cn-beijing-i', 'cn-beijing-k'],
      },
    });
  });

  it('lists the zones of a region, the closed ones as disabled', async () => {
    const zones = async (parameters: Parameters): Promise<Json[]> =>
      (await bench.call('DescribeZones', parameters)).json.Zones.KVStoreZone;
    const hangzhou = await zones({ RegionId: 'cn-hangzhou' });
    const disabled = hangzhou.filter((zone) => zone['Disabled']).map((zone) => zone['ZoneId']);
    expect([hangzhou.length, disabled]).toEqual([6, ['cn-hangzhou-j']]);
    expect(await zones({})).toHaveLength(16);
    expect(await zones({ RegionId: 'cn-nowhere' })).toEqual([]);
  });

  it('lists the VPCs of a region with their vSwitches', async () => {
    const { json } = await describeNetworks('DescribeVpcs', { RegionId: 'cn-hangzhou' });
    expect(json).toMatchObject({ TotalCount: 2, PageNumber: 1, PageSize: 10 });
    expect(json.Vpcs.Vpc[1]).toMatchObject({
      VpcId: 'vpc-4',
      Status: 'Available',
      IsDefault: false,
      VSwitchIds: { VSwitchId: ['vsw-10'] },
    });
    const one = await describeNetworks('DescribeVpcs', {
      RegionId: 'cn-hangzhou',
      VpcId: 'vpc-1,vpc-2',
    });
    expect(one.json.Vpcs.Vpc.map((vpc: Json) => vpc['VpcId'])).toEqual(['vpc-1']);
    expect((await describeNetworks('DescribeVpcs', {})).json.Code).toBe('MissingRegionId');
  });

  it('lists vSwitches by region, VPC, zone and id, page by page', async () => {
    const list = async (parameters: Parameters): Promise<string[]> => {
      const { json } = await describeNetworks('DescribeVSwitches', parameters);
      return json.VSwitches.VSwitch.map((one: Json) => one['VSwitchId']);
    };
    expect(await list({ RegionId: 'cn-beijing' })).toEqual(['vsw-9']);
    expect(await list({ VpcId: 'vpc-2' })).toEqual(['vsw-7', 'vsw-8']);
    expect(await list({ VpcId: 'vpc-1', ZoneId: 'cn-hangzhou-k' })).toEqual(['vsw-4']);
    expect(await list({ VpcId: 'vpc-1', VSwitchId: 'vsw-2,vsw-7' })).toEqual(['vsw-2']);
    expect(await list({ RegionId: 'cn-hangzhou', VSwitchId: 'vsw-none' })).toEqual([]);
    expect(await list({ VpcId: 'vpc-1', PageSize: '4', PageNumber: '2' })).toEqual([
      'vsw-5',
      'vsw-6',
    ]);
    const neither = await describeNetworks('DescribeVSwitches', {});
    expect([neither.status, neither.json.Code]).toEqual([400, 'MissingParameter']);
  });

  it('counts the free addresses of a vSwitch down with each instance, and up again', async () => {
    const before = await freeIps('vsw-1');
    const created = await bench.create({ quantity: 3 });
    expect(await freeIps('vsw-1')).toBe(before - 3);
    expect(await freeIps('vsw-2')).toBe(before);
    bench.advance(60_000);
    await bench.call('DeleteInstance', { InstanceId: created.json.InstanceIds.InstanceId[0] });
    expect(await freeIps('vsw-1')).toBe(before - 2);
    await bench.control('PUT', 'config', { freeIps: { 'vsw-1': 5 } });
    await bench.create({ quantity: 3 });
    expect(await freeIps('vsw-1')).toBe(2);
  });
});

describe('DescribeInstancesOverview', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench({ config: { readyTimeMs: 1_000, readyJitter: 0 } });
  });
  afterEach(() => bench.close());

  const overview = async (parameters: Parameters = {}): Promise<Json> =>
    (await bench.call('DescribeInstancesOverview', parameters)).json;

  it('gives all matches at once in a plain list', async () => {
    await bench.create({ quantity: 70, InstanceName: 'many' });
    await bench.create({ InstanceName: 'other' });
    const all = await overview({ RegionId: 'cn-hangzhou', SearchKey: 'many', PageSize: '10' });
    expect([all['TotalCount'], all['Instances'].length]).toEqual([70, 70]);
    expect(all['Instances'][0]).toMatchObject({ InstanceStatus: 'Creating', Capacity: 1_024 });
    expect(all['Instances'][0]).not.toHaveProperty('Tags');
  });

  it('filters like DescribeInstances, but not by what it does not know', async () => {
    await bench.create();
    expect((await overview({ InstanceStatus: 'Normal' }))['TotalCount']).toBe(0);
    bench.advance(1_000);
    expect((await overview({ InstanceStatus: 'Normal' }))['TotalCount']).toBe(1);
    expect((await overview({ Expired: 'true', 'Tag.1.Key': 'none' }))['TotalCount']).toBe(1);
    expect((await overview({ InstanceIds: '!' }))['Code']).toBe('InvalidInstanceIds.Malformed');
  });
});

describe('DescribePrice', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench({ config: { pricePerInstance: 1.5 } });
  });
  afterAll(() => bench.close());

  const CLASS = 'redis.master.small.default';
  const BUY = { OrderType: 'BUY', InstanceClass: CLASS };

  it.each([
    [BUY, '1.50'],
    [{ ...BUY, Quantity: '30' }, '45.00'],
    [{ OrderType: 'BUY', Capacity: '2048' }, '1.50'],
    [
      { OrderType: 'BUY', Instances: JSON.stringify([{ instanceClass: CLASS, quantity: '3' }]) },
      '4.50',
    ],
  ])('prices %j as an order would be paid', async (parameters, amount) => {
    const { json } = await bench.call('DescribePrice', parameters as Parameters);
    expect(json.Order).toMatchObject({ TradeAmount: amount, OriginalAmount: amount });
    expect(json).not.toHaveProperty('Code');
  });

  it.each([
    [{}, 'MissingOrderType'],
    [{ ...BUY, OrderType: 'STEAL' }, 'InvalidParameter'],
    [{ OrderType: 'BUY' }, 'MissingParameter'],
    [{ ...BUY, ChargeType: 'PrePaid' }, 'MissingParameter'],
    [{ ...BUY, Quantity: '31' }, 'InvalidParameter'],
    [{ ...BUY, InstanceClass: 'redis.unknown' }, 'InvalidCapacity.NotFound'],
    [{ OrderType: 'BUY', Instances: '{' }, 'InvalidInstances.Format'],
  ])('refuses %j with %s', async (parameters, code) => {
    expect((await bench.call('DescribePrice', parameters as Parameters)).json.Code).toBe(code);
  });
});
