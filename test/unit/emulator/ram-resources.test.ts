import { ENTRY, idsOf, startBench } from './api-client';
import type { ApiAnswer, Bench, Parameters } from './api-client';

const VPC_VERSION = '2016-04-28';

const CREATE_INSTANCE = {
  RegionId: 'cn-hangzhou',
  ZoneId: 'cn-hangzhou-h',
  InstanceClass: 'redis.master.small.default',
  VpcId: 'vpc-1',
  VSwitchId: 'vsw-1',
};

describe('what a call asks RAM for', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench({ config: { readyTimeMs: 0 } });
  });
  afterEach(() => bench.close());

  const allow = (Resource: string | string[], more: object = {}): Promise<ApiAnswer> => {
    const statement = { Effect: 'Allow', Action: '*', Resource, ...more };
    return bench.control('PUT', 'config', { ramPolicy: { statements: [statement] } });
  };
  const order = async (quantity: number): Promise<string[]> =>
    idsOf(await bench.create({ quantity }));
  const codeOf = async (action: string, parameters: Parameters): Promise<unknown> =>
    (await bench.call(action, parameters)).json.Code;

  it('is an instance where it is, when the call names no region', async () => {
    await allow('acs:kvstore:cn-hangzhou:*:instance/*');
    const [InstanceId = ''] = await order(1);
    for (const action of ['DescribeInstanceAttribute', 'DeleteInstance']) {
      expect([action, await codeOf(action, { InstanceId })]).toEqual([action, undefined]);
    }
    expect(await codeOf('DescribeInstanceAttribute', { InstanceId })).toBe(
      'InvalidInstanceId.NotFound',
    );
    await allow('acs:kvstore:cn-beijing:*:instance/*');
    expect(await codeOf('DestroyInstance', { InstanceId })).toBe('Forbidden.RAM');
  });

  it('is the region of an instance even when the call names another one', async () => {
    const [InstanceId = ''] = await order(1);
    await allow('acs:kvstore:cn-beijing:*:instance/*');
    const asked = { InstanceId, RegionId: 'cn-beijing' };
    expect(await codeOf('DescribeInstanceAttribute', asked)).toBe('Forbidden.RAM');
  });

  it('is each instance of a list, all of which must be allowed', async () => {
    const [mine = '', other = ''] = await order(2);
    await allow(`acs:kvstore:*:*:instance/${mine}`);
    const tag = {
      ...{ RegionId: 'cn-hangzhou', ResourceType: 'INSTANCE' },
      ...{ 'Tag.1.Key': 'team', 'Tag.1.Value': 'payments', 'ResourceId.1': mine },
    };
    expect(await codeOf('TagResources', tag)).toBeUndefined();
    expect(await codeOf('TagResources', { ...tag, 'ResourceId.2': other })).toBe('Forbidden.RAM');
    expect(await codeOf('DescribeInstances', { InstanceIds: mine })).toBeUndefined();
    const both = { InstanceIds: `${mine}, ${other}` };
    expect(await codeOf('DescribeInstances', both)).toBe('Forbidden.RAM');
  });

  it('is no instance for an operation that makes nothing of its id', async () => {
    const [InstanceId = ''] = await order(1);
    await allow(`acs:kvstore:*:*:instance/${InstanceId}`);
    expect(await codeOf('DescribeRegions', { InstanceId })).toBe('Forbidden.RAM');
  });

  it.each([
    ['DescribeVpcs', { RegionId: 'cn-hangzhou' }, 'acs:vpc:cn-hangzhou:*:vpc/*'],
    ['DescribeVpcs', { RegionId: 'cn-hangzhou', VpcId: 'vpc-1' }, 'acs:vpc:*:*:vpc/vpc-1'],
    ['DescribeVSwitches', { VpcId: 'vpc-3' }, 'acs:vpc:cn-beijing:*:vswitch/*'],
    ['DescribeVSwitchAttributes', { VSwitchId: 'vsw-7' }, 'acs:vpc:cn-shanghai:*:vswitch/vsw-7'],
  ])('of %s %j is %s', async (action, parameters, resource) => {
    const asked = { ...parameters, Version: VPC_VERSION };
    await allow(resource);
    expect(await codeOf(action, asked)).toBeUndefined();
    await allow(resource.replace(/cn-\w+|-\d$/, '-elsewhere'));
    expect(await codeOf(action, asked)).toBe('Forbidden.RAM');
  });

  it('is an order of Redis, with its log, when the order does not say which', async () => {
    await allow('*', { Condition: { StringEquals: { 'kvstore:InstanceType': 'Redis' } } });
    expect((await bench.create()).json.Code).toBeUndefined();
    expect((await bench.create({ instanceType: 'Memcache' })).json.Code).toBe('Forbidden.RAM');
    const Instances = JSON.stringify([ENTRY, { ...ENTRY, InstanceType: 'Memcache' }]);
    expect(await codeOf('CreateInstances', { Instances })).toBe('Forbidden.RAM');
    await allow('*', { Condition: { StringEquals: { 'kvstore:Appendonly': 'yes' } } });
    expect(await codeOf('CreateInstance', CREATE_INSTANCE)).toBeUndefined();
    expect(await codeOf('CreateInstance', { ...CREATE_INSTANCE, Appendonly: 'no' })).toBe(
      'Forbidden.RAM',
    );
    expect(await codeOf('DescribeInstances', {})).toBe('Forbidden.RAM');
  });
});
