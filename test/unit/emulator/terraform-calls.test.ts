import { startBench } from './api-client';
import type { Bench, Json, Parameters, WireOptions } from './api-client';

/** How the two halves of the Terraform provider (1.289) put calls on the wire, as measured. */
const TEA_RPC: WireOptions = { place: 'split', common: { Format: 'json' } };
const SDK_GO: WireOptions = { place: 'query', common: { SignatureType: '' } };

describe('the calls of the Terraform provider', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench({ config: { readyTimeMs: 180_000, busyTimeMs: 60_000 } });
  });
  afterAll(() => bench.close());

  const send = async (action: string, parameters: Parameters, wire: WireOptions): Promise<Json> => {
    const { status, json } = await bench.call(action, parameters, wire);
    expect([action, status, json.Code]).toEqual([action, 200, undefined]);
    return json;
  };

  it('for a classic instance find in the answers all that it cannot do without', async () => {
    const RegionId = 'cn-hangzhou';
    const place = await send(
      'DescribeVSwitchAttributes',
      { Version: '2016-04-28', RegionId, VSwitchId: 'vsw-1' },
      SDK_GO,
    );
    const { VpcId, VSwitchId, ZoneId } = place;
    const { InstanceId } = await send(
      'CreateInstance',
      {
        ...{ RegionId, VpcId, VSwitchId, ZoneId, NetworkType: 'VPC', ChargeType: 'PostPaid' },
        ...{ EngineVersion: '5.0', InstanceType: 'Redis', InstanceName: 'tf-1' },
        ...{ InstanceClass: 'redis.master.small.default', Password: 'Sw0rdfish!!' },
        Token: 'TF-CreateInstance-1763990000-8c1f',
      },
      TEA_RPC,
    );
    const attribute = async (): Promise<Json> =>
      (await send('DescribeInstanceAttribute', { InstanceId }, TEA_RPC)).Instances
        .DBInstanceAttribute[0];
    bench.advance(240_000);
    expect((await attribute()).InstanceStatus).toBe('Normal');
    await send(
      'TagResources',
      {
        ...{ RegionId, ResourceType: 'INSTANCE', 'ResourceId.1': InstanceId },
        ...{ 'Tag.1.Key': 'team', 'Tag.1.Value': 'a' },
      },
      SDK_GO,
    );
    await send('ModifyInstanceVpcAuthMode', { InstanceId, VpcAuthMode: 'Open', RegionId }, SDK_GO);
    bench.advance(120_000);
    await send('ModifySecurityIps', { InstanceId, SecurityIps: '10.0.0.1', RegionId }, SDK_GO);
    bench.advance(60_000);

    expect(await attribute()).toMatchObject({
      ...{ InstanceId, InstanceName: 'tf-1', InstanceType: 'Redis', InstanceStatus: 'Normal' },
      ...{ EngineVersion: '5.0', ChargeType: 'PostPaid', VpcAuthMode: 'Open', ZoneId, VSwitchId },
      ...{ RealInstanceClass: 'redis.master.small.default', IsSupportTDE: false },
      ...{ Config: expect.any(String), Tags: { Tag: [{ Key: 'team', Value: 'a' }] } },
    });
    const read = (action: string, wire: WireOptions): Promise<Json> =>
      send(action, { InstanceId, RegionId }, wire);
    const { NetInfoItems } = await read('DescribeDBInstanceNetInfo', TEA_RPC);
    expect(NetInfoItems.InstanceNetInfo.length).toBeGreaterThanOrEqual(1);
    expect(await read('DescribeBackupPolicy', SDK_GO)).toHaveProperty('PreferredBackupPeriod');
    const groups = await read('DescribeSecurityGroupConfiguration', SDK_GO);
    expect(groups.Items.EcsSecurityGroupRelation).toEqual([]);
    expect(await read('DescribeInstanceSSL', SDK_GO)).toMatchObject({ SSLEnabled: 'Disable' });
    const ips = await read('DescribeSecurityIps', SDK_GO);
    expect(ips.SecurityIpGroups.SecurityIpGroup[0].SecurityIpList).toBe('10.0.0.1');
    expect(await read('DescribeEngineVersion', TEA_RPC)).toMatchObject({ MajorVersion: '5.0' });
    const listed = await send('DescribeInstances', { RegionId, PageSize: '50' }, TEA_RPC);
    expect(listed.Instances.KVStoreInstance).toMatchObject([
      { InstanceId, InstanceName: 'tf-1', InstanceStatus: 'Normal' },
    ]);
    expect(listed.Instances.KVStoreInstance[0].ConnectionDomain).toContain(InstanceId);
    const renewal = { DBInstanceId: InstanceId };
    const { Items } = await send('DescribeInstanceAutoRenewalAttribute', renewal, TEA_RPC);
    expect(Items.Item).toEqual([]);

    await send('DeleteInstance', { InstanceId }, TEA_RPC);
    const gone = await bench.call('DescribeInstanceAttribute', { InstanceId }, TEA_RPC);
    expect([gone.status, gone.json.Code]).toEqual([404, 'InvalidInstanceId.NotFound']);
  });

  it('for a Tair instance need no other product', async () => {
    const RegionId = 'cn-hangzhou';
    const { InstanceId } = await send(
      'CreateTairInstance',
      {
        ...{ RegionId, VpcId: 'vpc-1', VSwitchId: 'vsw-1', ZoneId: 'cn-hangzhou-h' },
        ...{ InstanceClass: 'tair.rdb.1g', InstanceType: 'tair_rdb', ChargeType: 'PostPaid' },
        ...{ AutoPay: 'true', ClientToken: 'TF-Create', 'Tag.1.Key': 'a', 'Tag.1.Value': 'b' },
      },
      TEA_RPC,
    );
    bench.advance(300_000);
    for (const action of [
      ...['DescribeInstanceAttribute', 'DescribeInstanceSSL', 'DescribeInstanceConfig'],
      ...['DescribeSecurityIps', 'DescribeSecurityGroupConfiguration', 'DescribeIntranetAttribute'],
      ...['DescribeInstanceTDEStatus', 'DescribeEncryptionKey'],
    ]) {
      await send(action, { InstanceId }, TEA_RPC);
    }
  });

  it('before all others ask for the kind of account, which any success answers', async () => {
    const { status, json } = await bench.call(
      'QueryAvailableInstances',
      { Version: '2017-12-14', ProductCode: 'vipcloudfw' },
      TEA_RPC,
    );
    expect([status, json.Code]).toEqual([200, 'Success']);
  });
});
