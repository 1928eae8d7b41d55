import { idsOf, listedIds, startBench } from './api-client';
import type { Bench, Parameters } from './api-client';

describe('DescribeInstances', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench({ config: { readyTimeMs: 1_000, readyJitter: 0 } });
  });
  afterEach(() => bench.close());

  const describeIds = async (parameters: Parameters): Promise<string[]> =>
    listedIds(await bench.call('DescribeInstances', parameters));

  it('pages through everything once, 30 at a time by default and 50 at most', async () => {
    const created = idsOf(await bench.create({ quantity: 120 }));
    const first = await bench.call('DescribeInstances');
    expect(first.json).toMatchObject({ PageNumber: 1, PageSize: 30, TotalCount: 120 });
    const pages = await Promise.all(
      ['1', '2', '3', '4'].map((PageNumber) => describeIds({ PageNumber, PageSize: '1000' })),
    );
    expect(pages.map((page) => page.length)).toEqual([50, 50, 20, 0]);
    expect(pages.flat().sort()).toEqual([...created].sort());
  });

  it('looks up 30 ids, leaves out unknown ones and refuses 31', async () => {
    const ids = idsOf(await bench.create({ quantity: 31 }));
    const known = ids.slice(0, 29);
    const InstanceIds = [...known, 'r-unknown'].join(',');
    expect(await describeIds({ InstanceIds })).toEqual(known);
    for (const wrong of [ids.join(','), 'r-1,,r-2', 'no id']) {
      const answer = await bench.call('DescribeInstances', { InstanceIds: wrong });
      expect([answer.status, answer.json.Code]).toEqual([400, 'InvalidInstanceIds.Malformed']);
    }
  });

  it.each([
    [{ RegionId: 'cn-shanghai' }],
    [{ ZoneId: 'cn-shanghai-f' }],
    [{ VpcId: 'vpc-2' }],
    [{ VSwitchId: 'vsw-7' }],
    [{ ChargeType: 'PrePaid' }],
    [{ InstanceClass: 'redis.logic.sharding.2g.4db.0rodb.4proxy.default' }],
    [{ ArchitectureType: 'cluster' }],
    [{ EngineVersion: '4.0' }],
    [{ NodeType: 'STAND_ALONE' }],
    [{ NodeType: 'single' }],
    [{ ResourceGroupId: 'rg-1' }],
    [{ SearchKey: 'odd-o' }],
  ])('filters by %j', async (filter) => {
    await bench.create({ InstanceName: 'plain-one' });
    const [odd = ''] = idsOf(
      await bench.create(
        {
          RegionId: 'cn-shanghai',
          izNo: 'cn-shanghai-f',
          vpcId: 'vpc-2',
          vSwitchId: 'vsw-7',
          ChargeType: 'PrePaid',
          Period: 1,
          instanceClass: 'redis.logic.sharding.2g.4db.0rodb.4proxy.default',
          EngineVersion: '4.0',
          NodeType: 'STAND_ALONE',
          InstanceName: 'odd-one',
        },
        { ResourceGroupId: 'rg-1' },
      ),
    );
    expect(await describeIds(filter)).toEqual([odd]);
    expect(await describeIds({ ...filter, InstanceIds: odd })).toEqual([odd]);
  });

  it('hides Memcache unless it is asked for', async () => {
    const [id] = idsOf(await bench.create({ InstanceType: 'Memcache' }));
    expect(await describeIds({})).toEqual([]);
    expect(await describeIds({ InstanceType: 'Memcache' })).toEqual([id]);
  });

  it('searches a part of the name or of the id, in order of creation', async () => {
    const first = idsOf(await bench.create({ InstanceName: 'sessions-q7m2-s03c012', quantity: 2 }));
    const second = idsOf(await bench.create({ InstanceName: 'sessions-q7m2-s03c0121' }));
    const [other = ''] = idsOf(await bench.create({ InstanceName: 'carts-q7m9-s03c012' }));
    expect(await describeIds({ SearchKey: 'q7m2-s03c012' })).toEqual([...first, ...second]);
    expect(await describeIds({ SearchKey: 'q7m2' })).toEqual([...first, ...second]);
    expect(await describeIds({ SearchKey: '-s03c012' })).toHaveLength(4);
    expect(await describeIds({ SearchKey: other })).toEqual([other]);
    expect(await describeIds({ SearchKey: other.slice(2, 12) })).toEqual([other]);
    expect(await describeIds({ SearchKey: 'nothing-like-it' })).toEqual([]);
  });

  it('shows a new instance only after the visibility lag, by every way of asking', async () => {
    await bench.control('PUT', 'config', { visibilityLagMs: 5_000 });
    const [id = ''] = idsOf(await bench.create({ InstanceName: 'late-one' }));
    const ways = [{}, { InstanceIds: id }, { SearchKey: 'late-one' }];
    for (const way of ways) expect(await describeIds(way)).toEqual([]);
    const attribute = await bench.call('DescribeInstanceAttribute', { InstanceId: id });
    expect(attribute.status).toBe(200);
    bench.advance(4_999);
    for (const way of ways) expect(await describeIds(way)).toEqual([]);
    bench.advance(1);
    for (const way of ways) expect(await describeIds(way)).toEqual([id]);
  });

  it('follows the status when it filters by it', async () => {
    const [id] = idsOf(await bench.create());
    expect(await describeIds({ InstanceStatus: 'Creating' })).toEqual([id]);
    expect(await describeIds({ InstanceStatus: 'Normal' })).toEqual([]);
    bench.advance(1_000);
    expect(await describeIds({ InstanceStatus: 'Creating' })).toEqual([]);
    expect(await describeIds({ InstanceStatus: 'Normal' })).toEqual([id]);
  });

  it('forgets a deleted instance at once', async () => {
    const [id = ''] = idsOf(await bench.create({ InstanceName: 'short-lived' }));
    bench.advance(1_000);
    expect(await describeIds({ SearchKey: 'short-lived' })).toEqual([id]);
    await bench.call('DeleteInstance', { InstanceId: id });
    expect(await describeIds({ SearchKey: 'short-lived' })).toEqual([]);
    expect(await describeIds({ InstanceIds: id })).toEqual([]);
  });
});
