import { listedIds, startBench } from './api-client';
import type { ApiAnswer, Bench, Parameters } from './api-client';

const TAIR: Parameters = {
  RegionId: 'cn-hangzhou',
  InstanceClass: 'tair.rdb.2g',
  InstanceType: 'tair_rdb',
  VpcId: 'vpc-1',
  VSwitchId: 'vsw-1',
  ChargeType: 'PostPaid',
};

describe('CreateTairInstance', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench({ config: { readyTimeMs: 0 } });
  });
  afterAll(() => bench.close());
  beforeEach(() => bench.control('POST', 'reset'));

  const order = (parameters: Parameters = {}): Promise<ApiAnswer> =>
    bench.call('CreateTairInstance', { ...TAIR, ...parameters });
  const attributeOf = async (answer: ApiAnswer): Promise<unknown> => {
    const { InstanceId } = answer.json;
    const read = await bench.call('DescribeInstanceAttribute', { InstanceId });
    return read.json.Instances.DBInstanceAttribute[0];
  };

  it('creates one Tair instance with all that it was given', async () => {
    const answer = await order({
      ...{ InstanceName: 'tair-1', Port: '6380', ConnectionStringPrefix: 'tairprefix' },
      ...{ ShardCount: '2', 'Tag.1.Key': 'team', 'Tag.1.Value': 'a', EngineVersion: '6.0' },
      ...{
        MaintainStartTime: '01:00Z',
        MaintainEndTime: '02:00Z',
        SecondaryZoneId: 'cn-hangzhou-i',
      },
    });
    expect(answer.json).toMatchObject({
      ...{ InstanceStatus: 'Creating', InstanceName: 'tair-1', ZoneId: 'cn-hangzhou-h' },
      ...{ OrderId: expect.any(Number), TaskId: expect.any(String), Port: 6380 },
    });
    expect(answer.json).not.toHaveProperty('VpcId');
    expect(await attributeOf(answer)).toMatchObject({
      ...{ InstanceType: 'tair_rdb', RealInstanceClass: 'tair.rdb.2g', EngineVersion: '6.0' },
      ...{ ShardCount: 2, ArchitectureType: 'cluster', ComputingType: 'Ecs', IsSupportTDE: true },
      ...{ ConnectionDomain: 'tairprefix.redis.rds.aliyuncs.com', ZoneType: 'doublezone' },
      ...{ MaintainStartTime: '01:00Z', Tags: { Tag: [{ Key: 'team', Value: 'a' }] } },
    });
  });

  it('is listed as Tair, and hidden unless it is asked for', async () => {
    const { InstanceId } = (await order()).json;
    const list = async (parameters: Parameters): Promise<unknown> =>
      listedIds(await bench.call('DescribeInstances', parameters));
    expect(await list({})).toEqual([]);
    expect(await list({ InstanceType: 'Tair' })).toEqual([InstanceId]);
    expect(await list({ InstanceType: 'tair_rdb', EditionType: 'Enterprise' })).toEqual([
      InstanceId,
    ]);
    expect(await list({ InstanceType: 'tair_scm' })).toEqual([]);
  });

  it('creates once for each ClientToken', async () => {
    const first = await order({ ClientToken: 'one' });
    const second = await order({ ClientToken: 'one' });
    expect(second.json.InstanceId).toBe(first.json.InstanceId);
    const other = await order({ ClientToken: 'one', InstanceClass: 'tair.rdb.4g' });
    expect(other.json.Code).toBe('IdempotentParameterMismatch');
  });

  it('can be encrypted, and tells its key', async () => {
    const { InstanceId } = (await order()).json;
    await bench.call('ModifyInstanceTDE', {
      ...{ InstanceId, TDEStatus: 'Enabled', EncryptionKey: 'key-1', RoleArn: 'acs:ram::1:role/r' },
    });
    const read = (action: string) => bench.call(action, { InstanceId });
    expect((await read('DescribeInstanceTDEStatus')).json.TDEStatus).toBe('Enabled');
    expect((await read('DescribeEncryptionKey')).json).toMatchObject({
      ...{ EncryptionKey: 'key-1', RoleArn: 'acs:ram::1:role/r', EncryptionKeyStatus: 'Enabled' },
    });
    expect((await read('DescribeEncryptionKeyList')).json.KeyIds.KeyId).toContain('key-1');
  });

  it.each([
    [{ ChargeType: '' }, 400, 'MissingParameter'],
    [{ InstanceType: 'Redis' }, 400, 'InvalidParameter'],
    [{ InstanceType: 'tair_scm' }, 400, 'InvalidCapacity.NotFound'],
    [{ InstanceClass: 'redis.master.small.default' }, 400, 'InvalidCapacity.NotFound'],
    [{ EngineVersion: '4.0' }, 400, 'InvalidEngineVersion.Malformed'],
    [{ AutoPay: 'false' }, 400, 'InvalidParameter'],
    [{ Port: '80' }, 400, 'InvalidParameter'],
    [{ ShardCount: '0' }, 400, 'InvalidShardInfo.Format'],
    [{ VSwitchId: 'vsw-10' }, 404, 'InvalidVpcIdOrVswitchId.NotSupported'],
    [{ DryRun: 'true' }, 400, 'DryRunOperation'],
    [{ ClientToken: 'x'.repeat(65) }, 400, 'InvalidToken.Malformed'],
  ])('refuses %j with %d %s', async (parameters, status, code) => {
    const answer = await order(parameters as Parameters);
    expect([answer.status, answer.json.Code]).toEqual([status, code]);
    expect((await bench.control('GET', 'stats')).json.orders).toBe(0);
  });
});

describe('the cloud-native classes', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench();
  });
  afterAll(() => bench.close());
  const NATIVE = { instanceClass: 'redis.shard.small.ce', EngineVersion: '7.0' };

  it('are sold by CreateInstance, and not by CreateInstances', async () => {
    const one = await bench.call('CreateInstance', {
      ...{ ...TAIR, InstanceType: 'Redis', EngineVersion: '7.0' },
      InstanceClass: NATIVE.instanceClass,
    });
    expect(one.status).toBe(200);
    expect((await bench.create(NATIVE)).json.Code).toBe('EngineVersion.NotSupportOnLocalDisk');
    const many = await bench.create({ ...NATIVE, EngineVersion: '5.0' });
    expect(many.json.Code).toBe('InvalidCapacity.NotFound');
  });

  it('are told by DescribeAvailableResource, product by product', async () => {
    const classesOf = async (ProductType: string): Promise<string> =>
      (await bench.call('DescribeAvailableResource', { RegionId: 'cn-hangzhou', ProductType }))
        .text;
    expect(await classesOf('OnECS')).toContain('redis.shard.small.ce');
    expect(await classesOf('Local')).not.toContain('redis.shard.small.ce');
    expect(await classesOf('Tair_scm')).toContain('tair.scm.standard.2m.8d');
  });

  it('are not on sale in a closed zone', async () => {
    await bench.control('PUT', 'config', { closedZones: ['cn-hangzhou-h'] });
    const { json } = await bench.call('DescribeAvailableResource', { RegionId: 'cn-hangzhou' });
    const zones = json.AvailableZones.AvailableZone.map(({ ZoneId }: { ZoneId: string }) => ZoneId);
    expect(zones).not.toContain('cn-hangzhou-h');
    expect(zones).toContain('cn-hangzhou-i');
  });
});

describe('what clients ask the platform', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench();
  });
  afterAll(() => bench.close());

  it('is the VPC of a vSwitch', async () => {
    const ask = (VSwitchId: string) =>
      bench.call('DescribeVSwitchAttributes', { Version: '2016-04-28', VSwitchId });
    expect((await ask('vsw-1')).json).toMatchObject({ VpcId: 'vpc-1', ZoneId: 'cn-hangzhou-h' });
    const unknown = await ask('vsw-none');
    expect([unknown.status, unknown.json.Code]).toEqual([404, 'InvalidVswitchID.NotFound']);
  });

  it('is the host of a product, which is this server', async () => {
    const { json } = await bench.call('DescribeEndpoints', {
      ...{ Version: '2015-06-12', Id: 'cn-hangzhou', ServiceCode: 'redisa' },
    });
    expect(json.Endpoints.Endpoint[0].Endpoint).toBe(new URL(bench.url).host);
  });

  it('is what else was bought: nothing', async () => {
    const { status, json } = await bench.call('QueryAvailableInstances', { Version: '2017-12-14' });
    expect([status, json.Code, json.Data.TotalCount]).toEqual([200, 'Success', 0]);
  });
});
