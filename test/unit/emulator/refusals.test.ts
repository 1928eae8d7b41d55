import { ENTRY, startBench } from './api-client';
import type { Bench, Parameters } from './api-client';

/** The texts of the CreateInstances page; the last two codes are not on it. */
const MESSAGES: Readonly<Record<string, unknown>> = {
  'InvalidInstances.Malformed': 'The Specified parameter "Instances" is not valid.',
  'InvalidInstanceName.Malformed': 'The Specified parameter "InstanceName" is not valid.',
  'InvalidPassword.Malformed': 'The Specified parameter "Password" is not valid.',
  MissingParameter: 'Period is mandatory for this action.',
  'Zone.Closed': 'Specified zone is closed.',
  'InvalidCapacity.NotFound': 'The Capacity provided does not exist in our records.',
  'InvalidVpcIdRegion.NotSupported': 'The Specified vpcId or vSwitchId not supported.',
  'EngineVersion.NotSupportOnLocalDisk': expect.any(String),
  'InvalidEngineVersion.Malformed': expect.any(String),
};

const WITHOUT_CLASS = { ...ENTRY, instanceClass: undefined };

/** One broken rule each; nothing else is wrong with the entry. */
const BROKEN_ENTRIES: readonly (readonly [string, object])[] = [
  ['InvalidInstances.Malformed', { quantity: 0 }],
  ['InvalidInstances.Malformed', { quantity: 301 }],
  ['InvalidInstances.Malformed', { quantity: 1.5 }],
  ['InvalidInstances.Malformed', { quantity: 'two' }],
  ['InvalidInstances.Malformed', { RegionId: '' }],
  ['InvalidInstances.Malformed', { izNo: null }],
  ['InvalidInstances.Malformed', { InstanceType: 'MySQL' }],
  ['InvalidInstances.Malformed', { ChargeType: 'Free' }],
  ['InvalidInstances.Malformed', { NetworkType: 'CLASSIC' }],
  ['InvalidInstances.Malformed', { NodeType: 'double' }],
  ['InvalidInstances.Malformed', { AutoRenew: 'yes' }],
  ['InvalidInstances.Malformed', { BackupId: '1' }],
  ['InvalidInstances.Malformed', { RebuildInstance: true }],
  ['InvalidInstances.Malformed', { Period: 10, ChargeType: 'PrePaid' }],
  ['InvalidInstances.Malformed', { VpcId: { id: 'vpc-1' } }],
  ['InvalidInstanceName.Malformed', { InstanceName: '1abc' }],
  ['InvalidInstanceName.Malformed', { InstanceName: 'a' }],
  ['InvalidInstanceName.Malformed', { InstanceName: `a${'b'.repeat(80)}` }],
  ['InvalidInstanceName.Malformed', { InstanceName: 'a:b' }],
  ['InvalidInstanceName.Malformed', { InstanceName: 'a b' }],
  ['InvalidPassword.Malformed', { Password: 'Short1!' }],
  ['InvalidPassword.Malformed', { Password: 'onlylower1' }],
  ['InvalidPassword.Malformed', { Password: 'Has a space1!' }],
  ['MissingParameter', { ChargeType: 'PrePaid' }],
  ['Zone.Closed', { izNo: 'cn-hangzhou-j', vSwitchId: 'vsw-3' }],
  ['InvalidCapacity.NotFound', { instanceClass: 'redis.unknown' }],
  ['InvalidCapacity.NotFound', { ...WITHOUT_CLASS, Capacity: 1000 }],
  ['InvalidCapacity.NotFound', WITHOUT_CLASS],
  ['InvalidVpcIdRegion.NotSupported', { vpcId: 'vpc-2' }],
  ['InvalidVpcIdRegion.NotSupported', { vSwitchId: 'vsw-2' }],
  ['InvalidVpcIdRegion.NotSupported', { vSwitchId: 'vsw-10' }],
  ['EngineVersion.NotSupportOnLocalDisk', { EngineVersion: '7.0' }],
  ['InvalidEngineVersion.Malformed', { EngineVersion: '3' }],
];

const CLOSED_ZONES = { config: { closedZones: ['cn-hangzhou-j'] } };

describe('CreateInstances refuses', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench(CLOSED_ZONES);
  });
  afterAll(() => bench.close());
  afterEach(() => bench.control('POST', 'reset'));

  it.each(BROKEN_ENTRIES)('with %s the entry %j', async (code, entry) => {
    const answer = await bench.create(entry);
    expect([answer.status, answer.json.Code, answer.json.Message]).toEqual([
      400,
      code,
      MESSAGES[code],
    ]);
    expect((await bench.control('GET', 'stats')).json.instances.live).toBe(0);
  });

  it.each([
    ['InvalidRegion.NotFound', { RegionId: 'cn-nowhere' }],
    ['InvalidZoneId.NotFound', { izNo: 'cn-hangzhou-z' }],
    ['InvalidInstanceId.NotFound', { SrcDBInstanceId: 'r-unknown' }],
  ])('with %s and 404 the entry %j', async (code, entry) => {
    const answer = await bench.create(entry);
    expect([answer.status, answer.json.Code]).toEqual([404, code]);
  });

  it.each([
    ['InvalidToken.Malformed', { Token: 'x'.repeat(65) }],
    ['InvalidToken.Malformed', { Token: 'tökén' }],
    ['ResourceGroupNotExist', { ResourceGroupId: 'rg-unknown' }],
    ['InvalidEngineVersion.Malformed', { EngineVersion: '6.0' }],
    ['InvalidParameter', { AutoPay: 'perhaps' }],
    ['MissingInstances', { Instances: '' }],
    ['InvalidInstances.Malformed', { Instances: 'no json' }],
    ['InvalidInstances.Malformed', { Instances: '{}' }],
    ['InvalidInstances.Malformed', { Instances: '[]' }],
    ['InvalidInstances.Malformed', { Instances: '["text"]' }],
    ['InvalidInstances.Malformed', { Instances: `[${JSON.stringify(ENTRY).replace('}', ',}')}]` }],
  ])('with %s the parameters %j', async (code, parameters) => {
    const answer = await bench.create({}, parameters);
    expect([answer.status, answer.json.Code]).toEqual([400, code]);
  });

  it.each([
    [403, 'RealNameAuthenticationError', { realNameVerified: false }],
    [400, 'ResourceNotAvailable', { financeUser: true }],
    [400, 'PaymentMethodNotFound', { paymentMethodRegistered: false }],
    [400, 'QuotaExceed.AfterpayInstance', { quota: 1 }],
    [400, 'QuotaExceed', { quota: 1, quotaCode: 'QuotaExceed' }],
    [400, 'QuotaNotEnough', { stock: { 'cn-hangzhou-h': { 'redis.master.small.default': 1 } } }],
    [400, 'QuotaNotEnough', { stock: { 'cn-hangzhou-h': { '*': 1 } } }],
    [400, 'VswitchIpExhausted', { freeIps: { 'vsw-1': 1 } }],
    [400, 'InsufficientBalance', { balance: 1.5 }],
    [403, 'Forbidden.RAM', { ramPolicy: { deny: ['CreateInstances'] } }],
  ])('two instances with %d %s under %j', async (status, code, config) => {
    expect((await bench.control('PUT', 'config', config)).status).toBe(200);
    const answer = await bench.create({ quantity: 2 });
    expect([answer.status, answer.json.Code]).toEqual([status, code]);
    expect((await bench.control('GET', 'stats')).json.instances.live).toBe(0);
  });

  it('a zone without VPC', async () => {
    const { world } = (await bench.control('GET', 'config')).json;
    world.regions[0].zones.find((zone: { id: string }) => zone.id === 'cn-hangzhou-h').vpc = false;
    await bench.control('PUT', 'config', { world });
    expect((await bench.create()).json.Code).toBe('IzNotSupportVpcError');
  });

  it('with the detail of a RAM denial', async () => {
    await bench.control('PUT', 'config', { ramPolicy: { deny: ['*'] } });
    const { AccessDeniedDetail } = (await bench.create()).json;
    expect(AccessDeniedDetail).toMatchObject({ AuthAction: 'kvstore:CreateInstances' });
  });

  it('the earlier rule first when several are broken, over all entries', async () => {
    const entries = [
      { ...ENTRY, instanceClass: 'redis.unknown' },
      { ...ENTRY, InstanceName: '!', Password: 'weak' },
    ];
    const answer = await bench.create({}, { Instances: JSON.stringify(entries) });
    expect(answer.json.Code).toBe('InvalidInstanceName.Malformed');
  });

  it('the parameters of the call before its token, and that before its entries', async () => {
    const codeOf = async (parameters: Parameters): Promise<unknown> =>
      (await bench.create({}, parameters)).json.Code;
    const Token = 'x'.repeat(65);
    expect(await codeOf({ AutoPay: 'perhaps', Token, Instances: '{' })).toBe('InvalidParameter');
    expect(await codeOf({ Token, Instances: '{' })).toBe('InvalidToken.Malformed');
  });

  it('a version that no class has, also when the whole call names it', async () => {
    const EngineVersion = '2.8';
    const answer = await bench.create({ EngineVersion: '' }, { EngineVersion });
    expect(answer.json.Code).toBe('InvalidEngineVersion.Malformed');
    expect((await bench.create({ EngineVersion: '4.0' }, { EngineVersion })).status).toBe(200);
  });

  it('everything when one of several entries cannot be had', async () => {
    await bench.control('PUT', 'config', { stock: { 'cn-hangzhou-i': { '*': 0 } } });
    const entries = [ENTRY, { ...ENTRY, izNo: 'cn-hangzhou-i', vSwitchId: 'vsw-2' }];
    const answer = await bench.create({}, { Instances: JSON.stringify(entries) });
    expect(answer.json.Code).toBe('QuotaNotEnough');
    expect((await bench.control('GET', 'stats')).json.instances.live).toBe(0);
  });

  it('keys outside the table only in strict mode', async () => {
    expect((await bench.create({ Colour: 'red' })).status).toBe(200);
    await bench.control('PUT', 'config', { strictEntries: true });
    expect((await bench.create({ Colour: 'red' })).json.Code).toBe('InvalidInstances.Malformed');
  });

  it('a trailing comma unless told to tolerate it', async () => {
    const Instances = `[${JSON.stringify({ ...ENTRY, InstanceName: 'a,b-c' }).replace(/}$/, ',}')},]`;
    expect((await bench.create({}, { Instances })).json.Code).toBe('InvalidInstances.Malformed');
    await bench.control('PUT', 'config', { tolerateTrailingComma: true });
    expect((await bench.create({}, { Instances })).status).toBe(200);
  });
});
