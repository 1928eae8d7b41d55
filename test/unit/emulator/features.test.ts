import { idsOf, startBench } from './api-client';
import type { ApiAnswer, Bench, Json, Parameters } from './api-client';

const CLUSTER = { instanceClass: 'redis.logic.sharding.1g.4db.0rodb.4proxy.default' };
const CONFIG = { readyTimeMs: 0, busyTimeMs: 1_000 };
const PASSWORD = 'Sw0rdfish!!';

/** A modification, the operation that shows it, and what it shows then. */
type Case = readonly [change: string, parameters: Parameters, read: string, shown: object];

const ATTRIBUTE = 'DescribeInstanceAttribute';
const inAttribute = (members: object): object => ({
  Instances: { DBInstanceAttribute: [members] },
});

const CASES: readonly Case[] = [
  ['ModifyInstanceVpcAuthMode', { VpcAuthMode: 'Close' }, ATTRIBUTE, { VpcAuthMode: 'Close' }],
  [
    'ModifyInstanceMaintainTime',
    { MaintainStartTime: '02:00Z', MaintainEndTime: '06:00Z' },
    ATTRIBUTE,
    { MaintainStartTime: '02:00Z', MaintainEndTime: '06:00Z' },
  ],
  [
    'ModifyResourceGroup',
    { RegionId: 'cn-hangzhou', ResourceGroupId: 'rg-1' },
    ATTRIBUTE,
    { ResourceGroupId: 'rg-1' },
  ],
  [
    'ModifyInstanceSpec',
    { InstanceClass: 'redis.master.large.default', OrderType: 'UPGRADE' },
    ATTRIBUTE,
    {
      RealInstanceClass: 'redis.master.large.default',
      Capacity: 8192,
      ArchitectureType: 'standard',
    },
  ],
  [
    'TransformInstanceChargeType',
    { ChargeType: 'PrePaid', Period: '1', AutoPay: 'true' },
    ATTRIBUTE,
    { ChargeType: 'PrePaid', EndTime: expect.stringMatching(/^2026-02-01T/) },
  ],
  [
    'TransformToPrePaid',
    { Period: '2' },
    ATTRIBUTE,
    { EndTime: expect.stringMatching(/^2026-03-01T/) },
  ],
  [
    'MigrateToOtherZone',
    { ZoneId: 'cn-hangzhou-i', VSwitchId: 'vsw-2' },
    ATTRIBUTE,
    { ZoneId: 'cn-hangzhou-i', VSwitchId: 'vsw-2', ZoneType: 'singlezone' },
  ],
  ['AddShardingNode', { ShardCount: '2' }, ATTRIBUTE, { ShardCount: 6 }],
  ['DeleteShardingNode', { ShardCount: '1' }, ATTRIBUTE, { ShardCount: 3 }],
  [
    'ModifyInstanceConfig',
    { Config: '{"maxmemory-policy":"noeviction"}' },
    ATTRIBUTE,
    { Config: '{"maxmemory-policy":"noeviction"}' },
  ],
  [
    'ModifyInstanceConfig',
    { ParamReplMode: 'semisync', ParamSemisyncReplTimeout: '900' },
    'DescribeInstanceConfig',
    { ParamReplMode: 'semisync', ParamReplTimeout: '900', ParamNoLooseSentinelEnabled: 'no' },
  ],
  [
    'ModifyInstanceConfig',
    { Config: '{"timeout":30}' },
    'DescribeParameters',
    {
      RunningParameters: {
        Parameter: expect.arrayContaining([
          expect.objectContaining({ ParameterName: 'timeout', ParameterValue: '30' }),
        ]),
      },
    },
  ],
  [
    'ModifyInstanceBandwidth',
    { TargetIntranetBandwidth: '400' },
    'DescribeIntranetAttribute',
    { IntranetBandwidth: 400 },
  ],
  [
    'ModifyBackupPolicy',
    {
      ...{ PreferredBackupPeriod: 'Monday,Friday', PreferredBackupTime: '05:00Z-06:00Z' },
      ...{ BackupRetentionPeriod: '30', EnableBackupLog: '1' },
    },
    'DescribeBackupPolicy',
    {
      ...{ PreferredBackupPeriod: 'Monday,Friday', PreferredBackupTime: '05:00Z-06:00Z' },
      ...{ BackupRetentionPeriod: '30', EnableBackupLog: 1 },
      PreferredNextBackupTime: '2026-01-02T05:00Z',
    },
  ],
  [
    'ModifySecurityGroupConfiguration',
    { SecurityGroupId: 'sg-1,sg-2' },
    'DescribeSecurityGroupConfiguration',
    {
      Items: {
        EcsSecurityGroupRelation: [
          { SecurityGroupId: 'sg-1', RegionId: 'cn-hangzhou', NetType: 'vpc' },
          { SecurityGroupId: 'sg-2', RegionId: 'cn-hangzhou', NetType: 'vpc' },
        ],
      },
    },
  ],
  [
    'ModifyInstanceSSL',
    { SSLEnabled: 'Enable' },
    'DescribeInstanceSSL',
    { SSLEnabled: 'Enable', SSLExpiredTime: '2027-01-01T00:00:00Z' },
  ],
  ['ModifyInstanceSSL', { SSLEnabled: 'Enable' }, 'DescribeEngineVersion', { IsSSLEnable: '1' }],
  [
    'ModifyInstanceMajorVersion',
    { MajorVersion: '5.0' },
    'DescribeEngineVersion',
    { MajorVersion: '5.0', EnableUpgradeMajorVersion: false },
  ],
  [
    'ModifyInstanceMinorVersion',
    {},
    'DescribeEngineVersion',
    { MinorVersion: 'redis-4.0_1.0.1', IsLatestVersion: true, EnableUpgradeMinorVersion: false },
  ],
  [
    'RestartInstance',
    { UpgradeMinorVersion: 'true' },
    'DescribeEngineVersion',
    { IsLatestVersion: true },
  ],
  [
    'ModifyDBInstanceAutoUpgrade',
    { Value: '0' },
    'DescribeEngineVersion',
    { IsAutoUpgradeOpen: '0' },
  ],
  [
    'AllocateInstancePublicConnection',
    { ConnectionStringPrefix: 'publicaddress', Port: '6380' },
    'DescribeDBInstanceNetInfo',
    {
      NetInfoItems: {
        InstanceNetInfo: [
          expect.objectContaining({ DBInstanceNetType: '2', Port: '6379', VPCId: 'vpc-1' }),
          expect.objectContaining({
            ...{ DBInstanceNetType: '0', Port: '6380', IPType: 'Public' },
            ConnectionString: 'publicaddress.redis.rds.aliyuncs.com',
          }),
        ],
      },
    },
  ],
  [
    'ModifyDBInstanceConnectionString',
    {
      CurrentConnectionString: '<id>.redis.rds.aliyuncs.com',
      ...{ NewConnectionString: 'anotherprefix', Port: '6390' },
    },
    ATTRIBUTE,
    { ConnectionDomain: 'anotherprefix.redis.rds.aliyuncs.com', Port: 6390 },
  ],
  [
    'CreateAccount',
    { AccountName: 'reader', AccountPassword: PASSWORD, AccountPrivilege: 'RoleReadOnly' },
    'DescribeAccounts',
    {
      TotalCount: 2,
      Accounts: {
        Account: [
          expect.objectContaining({ AccountStatus: 'Available' }),
          expect.objectContaining({
            AccountName: 'reader',
            DatabasePrivileges: { DatabasePrivilege: [{ AccountPrivilege: 'RoleReadOnly' }] },
          }),
        ],
      },
    },
  ],
];

describe('what is set', () => {
  let bench: Bench;
  let id: string;
  beforeAll(async () => {
    bench = await startBench({ config: CONFIG });
  });
  afterAll(() => bench.close());

  const send = (action: string, parameters: Parameters = {}): Promise<ApiAnswer> =>
    bench.call(action, { InstanceId: id, DBInstanceId: id, ...parameters });
  const attribute = async (): Promise<Json> =>
    (await send(ATTRIBUTE)).json.Instances.DBInstanceAttribute[0];
  const order = async (entry: object = {}): Promise<void> => {
    await bench.control('POST', 'reset');
    [id = ''] = idsOf(await bench.create({ EngineVersion: '4.0', ...entry }));
  };

  it.each(CASES)('by %s with %j is shown by %s', async (...[change, parameters, read, shown]) => {
    await order(change.includes('ShardingNode') ? CLUSTER : {});
    const own = Object.entries(parameters).map(([k, v]) => [k, v.replace('<id>', id)]);
    const answer = await send(change, Object.fromEntries(own));
    expect([answer.status, answer.json.Code]).toEqual([200, undefined]);
    const expected = read === ATTRIBUTE ? inAttribute(shown) : shown;
    expect((await send(read)).json).toMatchObject(expected);
  });

  it.each([
    ['ModifyInstanceSSL', { SSLEnabled: 'Enable' }, 'SSLModifying'],
    [
      'AllocateInstancePublicConnection',
      { ConnectionStringPrefix: 'publicaddress', Port: '6380' },
      'NetworkModifying',
    ],
    ['TransformToPrePaid', { Period: '1' }, 'Transforming'],
    ['MigrateToOtherZone', { ZoneId: 'cn-hangzhou-i', VSwitchId: 'vsw-2' }, 'ZoneMigrating'],
    ['ModifyInstanceMajorVersion', { MajorVersion: '5.0' }, 'MajorVersionUpgrading'],
    ['RestartInstance', {}, 'Rebooting'],
  ])(
    'by %s keeps the instance busy under a name of its own',
    async (action, parameters, status) => {
      await order();
      await send(action, parameters as Parameters);
      expect(await attribute()).toMatchObject({ InstanceStatus: status });
      const again = await send('ModifyInstanceAttribute', { InstanceName: 'busy' });
      expect([again.status, again.json.Code]).toEqual([400, 'TaskExists']);
      bench.advance(1_000);
      expect(await attribute()).toMatchObject({ InstanceStatus: 'Normal' });
    },
  );

  it('can be taken back: the public address, an account, encryption never', async () => {
    await order();
    await send('AllocateInstancePublicConnection', {
      ConnectionStringPrefix: 'publicaddress',
      Port: '6380',
    });
    bench.advance(1_000);
    await send('ReleaseInstancePublicConnection', {
      CurrentConnectionString: 'publicaddress.redis.rds.aliyuncs.com',
    });
    const net = (await send('DescribeDBInstanceNetInfo')).json;
    expect(net.NetInfoItems.InstanceNetInfo).toHaveLength(1);
    bench.advance(1_000);
    await send('CreateAccount', { AccountName: 'reader', AccountPassword: PASSWORD });
    await send('DeleteAccount', { AccountName: 'reader' });
    expect((await send('DescribeAccounts')).json.TotalCount).toBe(1);
    const refused = await send('ModifyInstanceTDE', { TDEStatus: 'Disabled' });
    expect(refused.json.Code).toBe('InvalidParameter');
  });

  it('of an account is changed by its own operations, and unknown ones are a 404', async () => {
    await order();
    await send('CreateAccount', { AccountName: 'reader', AccountPassword: PASSWORD });
    await send('GrantAccountPrivilege', {
      AccountName: 'reader',
      AccountPrivilege: 'RoleReadOnly',
    });
    await send('ModifyAccountDescription', {
      AccountName: 'reader',
      AccountDescription: 'reports',
    });
    const { Accounts } = (await send('DescribeAccounts', { AccountName: 'reader' })).json;
    expect(Accounts.Account).toEqual([
      expect.objectContaining({
        AccountDescription: 'reports',
        DatabasePrivileges: { DatabasePrivilege: [{ AccountPrivilege: 'RoleReadOnly' }] },
      }),
    ]);
    const reset = { AccountName: 'reader', AccountPassword: PASSWORD };
    expect((await send('ResetAccountPassword', reset)).status).toBe(200);
    const twice = await send('CreateAccount', reset);
    expect(twice.json.Code).toBe('InvalidAccountName.Duplicate');
    const unknown = await send('DeleteAccount', { AccountName: 'nobody' });
    expect([unknown.status, unknown.json.Code]).toEqual([404, 'InvalidAccountName.NotFound']);
  });

  it('about renewing is listed for PrePaid instances only', async () => {
    await order();
    const listed = async (): Promise<unknown> =>
      (await send('DescribeInstanceAutoRenewalAttribute')).json.Items.Item;
    expect(await listed()).toEqual([]);
    await send('TransformToPrePaid', { Period: '1', AutoRenew: 'true', AutoRenewPeriod: '3' });
    const item = { DBInstanceId: id, RegionId: 'cn-hangzhou', Duration: 3, AutoRenew: 'true' };
    expect(await listed()).toEqual([item]);
    await send('ModifyInstanceAutoRenewalAttribute', { AutoRenew: 'false' });
    expect(await listed()).toEqual([{ ...item, Duration: 0, AutoRenew: 'false' }]);
    const renewed = await send('RenewInstance', { Period: '2' });
    expect(renewed.json).toMatchObject({ EndTime: expect.stringMatching(/^2026-04-01T/) });
  });

  it.each([
    ['RenewInstance', { Period: '1' }, [403, 'IncorrectDBInstanceType']],
    ['TransformToPrePaid', { Period: '11' }, [400, 'InvalidParam']],
    ['TransformInstanceChargeType', { ChargeType: 'PrePaid' }, [400, 'MissingParameter']],
    ['ModifyInstanceSpec', { InstanceClass: 'none' }, [404, 'InvalidDBInstanceClass.NotFound']],
    [
      'ModifyInstanceSpec',
      { InstanceClass: 'tair.rdb.2g' },
      [404, 'InvalidDBInstanceClass.NotFound'],
    ],
    ['AddShardingNode', { AutoPay: 'perhaps' }, [400, 'InvalidParameter']],
    ['RestartInstance', { EffectiveTime: 'Sometime' }, [400, 'InvalidParameter']],
    ['ModifyInstanceSpec', { ShardCount: '2' }, [400, 'InvalidShardInfo.Format']],
    [
      'MigrateToOtherZone',
      { ZoneId: 'cn-hangzhou-i', VSwitchId: 'vsw-2', SecondaryZoneId: 'cn-none' },
      [404, 'InvalidZoneId.NotFound'],
    ],
    ['AddShardingNode', {}, [403, 'IncorrectDBInstanceType']],
    ['MigrateToOtherZone', { ZoneId: 'cn-none' }, [404, 'InvalidZoneId.NotFound']],
    [
      'MigrateToOtherZone',
      { ZoneId: 'cn-hangzhou-i', VSwitchId: 'vsw-1' },
      [400, 'InvalidVSwitchId.Mismatch'],
    ],
    [
      'ModifyResourceGroup',
      { RegionId: 'r', ResourceGroupId: 'rg-x' },
      [400, 'ResourceGroupNotExist'],
    ],
    ['ModifyInstanceMajorVersion', { MajorVersion: '2.8' }, [403, 'IncorrectTargetMajorVersion']],
    ['ModifyInstanceTDE', { TDEStatus: 'Enabled' }, [403, 'IncorrectDBInstance.NotSupported']],
    ['ModifyInstanceConfig', { Config: '[]' }, [400, 'InvalidParameter']],
    ['ModifyInstanceConfig', {}, [400, 'MissingParameter']],
    [
      'ReleaseInstancePublicConnection',
      { CurrentConnectionString: 'x' },
      [400, 'NetTypeNotExists'],
    ],
    [
      'ModifyBackupPolicy',
      { PreferredBackupPeriod: 'Someday', PreferredBackupTime: '05:00Z-06:00Z' },
      [400, 'InvalidParameter'],
    ],
    [
      'ModifySecurityGroupConfiguration',
      { SecurityGroupId: 'a,b,c,d,e,f,g,h,i,j,k' },
      [400, 'AssociatedEcsSecurityGroupId.QuotaExceed'],
    ],
    [
      'ModifyDBInstanceConnectionString',
      { CurrentConnectionString: 'x', Port: '6380' },
      [404, 'InvalidConnectionString.NotFound'],
    ],
  ])('wrongly by %s with %j is refused', async (action, parameters, expected) => {
    await order();
    const answer = await send(action, parameters as Parameters);
    expect([answer.status, answer.json.Code]).toEqual(expected);
  });

  it('is told as a task while it lasts, and after', async () => {
    await order();
    await send('RestartInstance');
    const tasks = async (): Promise<Json[]> =>
      (
        await send('DescribeHistoryTasks', {
          ...{ FromStartTime: '2026-01-01T00:00:00Z', ToStartTime: '2027-01-01T00:00:00Z' },
          TaskType: 'RestartIns',
        })
      ).json.Items;
    expect(await tasks()).toMatchObject([{ InstanceId: id, Status: 'Running', Progress: 0 }]);
    bench.advance(1_000);
    expect(await tasks()).toMatchObject([{ Status: 'Succeed', Progress: 100, RemainTime: 0 }]);
  });
});
