import { startBench } from './api-client';
import type { ApiAnswer, Bench, Parameters } from './api-client';

const ORDER: Parameters = {
  RegionId: 'cn-hangzhou',
  ZoneId: 'cn-hangzhou-h',
  InstanceName: 'single',
  InstanceClass: 'redis.master.small.default',
  VpcId: 'vpc-1',
  VSwitchId: 'vsw-1',
};

describe('CreateInstance', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench();
  });
  afterEach(() => bench.close());

  const order = (parameters: Parameters = {}): Promise<ApiAnswer> =>
    bench.call('CreateInstance', { ...ORDER, ...parameters });

  it('makes one instance and tells its address at once', async () => {
    const { json } = await order({ NodeType: 'single' });
    expect(json).toMatchObject({
      InstanceId: expect.stringMatching(/^r-/),
      InstanceName: 'single',
      InstanceStatus: 'Creating',
      OrderId: expect.any(Number),
      ConnectionDomain: `${json.InstanceId}.redis.rds.aliyuncs.com`,
      NodeType: 'single',
      Port: 6379,
      Capacity: 1_024,
    });
    const listed = await bench.call('DescribeInstances', { SearchKey: 'single' });
    expect(listed.json.Instances.KVStoreInstance[0].InstanceId).toBe(json.InstanceId);
    const [entry] = await bench.lines('log?action=CreateInstance');
    expect(entry).toMatchObject({ committedIds: [json.InstanceId], committed: true });
  });

  it('takes the zone of the vSwitch when none is named', async () => {
    expect((await order({ ZoneId: '', VSwitchId: 'vsw-2' })).json.ZoneId).toBe('cn-hangzhou-i');
  });

  it.each([
    [{ SecondaryZoneId: 'cn-none' }, [400, 'ZoneIdNotFound']],
    [{ SecondaryZoneId: 'cn-hangzhou-h' }, [400, 'InvalidParameter']],
    [{ PrivateIpAddress: '172.16.0.5' }, [400, 'InvalidIPNotInSubnet']],
    [{ PrivateIpAddress: '10.0.0' }, [400, 'InvalidIPNotInSubnet']],
    [{ ShardCount: '2' }, [400, 'InvalidShardInfo.Format']],
  ])('refuses %j', async (parameters, expected) => {
    const { status, json } = await order(parameters as Parameters);
    expect([status, json.Code]).toEqual(expected);
  });

  it.each([
    [{ SecondaryZoneId: 'cn-hangzhou-i' }, { SecondaryZoneId: 'cn-hangzhou-i' }],
    [{ PrivateIpAddress: '10.1.2.3' }, {}],
    [{ ShardCount: '1' }, { ShardCount: 1 }],
    [{ InstanceClass: 'redis.shard.small.2.ce', ShardCount: '2' }, { ShardCount: 2 }],
  ])('takes %j', async (parameters, shown) => {
    const { json } = await order(parameters as Parameters);
    const listed = await bench.call('DescribeInstances', { InstanceIds: json.InstanceId });
    expect(listed.json.Instances.KVStoreInstance[0]).toMatchObject(shown);
  });

  it.each(['JSON', 'XML'])(
    'tells order ids of more digits than JavaScript has, in %s',
    async (Format) => {
      await bench.control('PUT', 'config', { orderIdDigits: 18 });
      const { text } = await bench.call(
        'CreateInstance',
        { ...ORDER, 'Tag.1.Key': '12345678901234567' },
        {
          common: { Format },
        },
      );
      expect(text).toMatch(/"OrderId":209054000000000001[,}]|<OrderId>209054000000000001</);
      expect((await bench.create()).json.OrderId).toBe('209054000000000002');
    },
  );

  it('gives the instance its tags', async () => {
    const { json } = await order({ 'Tag.1.Key': 'team', 'Tag.1.Value': 'blue' });
    const shown = await bench.call('DescribeInstances', { InstanceIds: json.InstanceId });
    expect(shown.json.Instances.KVStoreInstance[0].Tags.Tag).toEqual([
      { Key: 'team', Value: 'blue' },
    ]);
  });

  it('keeps a token apart from those of CreateInstances', async () => {
    const first = await order({ Token: 'same' });
    expect((await order({ Token: 'same' })).json.InstanceId).toBe(first.json.InstanceId);
    expect((await bench.create({}, { Token: 'same' })).status).toBe(200);
    const other = await order({ Token: 'same', InstanceName: 'other' });
    expect(other.json.Code).toBe('IdempotentParameterMismatch');
    expect((await bench.control('GET', 'stats')).json.instances.live).toBe(2);
  });

  it('tells a dry run that would work by an error, and makes nothing', async () => {
    const answer = await order({ DryRun: 'true' });
    expect([answer.status, answer.json.Code]).toEqual([400, 'DryRunOperation']);
    await bench.control('PUT', 'config', { quota: 0 });
    expect((await order({ DryRun: 'true' })).json.Code).toBe('QuotaExceed.AfterpayInstance');
    expect((await bench.control('GET', 'stats')).json).toMatchObject({
      orders: 0,
      instances: { live: 0 },
    });
  });

  it.each([
    [{ RegionId: '' }, 400, 'MissingRegionId'],
    [{ ZoneId: 'cn-hangzhou-z' }, 400, 'ZoneIdNotFound'],
    [{ VSwitchId: 'vsw-2' }, 404, 'InvalidVpcIdOrVswitchId.NotSupported'],
    [{ InstanceClass: 'redis.unknown' }, 404, 'InvalidCapacity.NotFound'],
    [{ InstanceName: '1' }, 400, 'InvalidInstanceName.Malformed'],
    [{ ResourceGroupId: 'rg-none' }, 400, 'ResourceGroupNotExist'],
    [{ Token: 'tökén' }, 400, 'InvalidToken.Malformed'],
    [{ 'Tag.1.Key': 'acs:x' }, 400, 'InvalidTagKey.Malformed'],
  ])('refuses %j with %d %s', async (parameters, status, code) => {
    const answer = await order(parameters as Parameters);
    expect([answer.status, answer.json.Code]).toEqual([status, code]);
  });
});
