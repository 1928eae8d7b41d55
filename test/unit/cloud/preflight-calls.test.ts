import { toEndpoint, toVpcEndpoint } from '../../../src/cloud/endpoints';
import type { PopCoreCloud } from '../../../src/cloud/pop-core-cloud';
import { createPopCoreCloud } from '../../../src/cloud/pop-core-cloud';
import { toGoods, toPrice, toVSwitchPage } from '../../../src/cloud/preflight-answers';
import type { Offer } from '../../../src/domain/preflight-facts';
import { startEmulator } from '../../../src/emulator/main';
import type { RunningEmulator } from '../../../src/emulator/main';
import { createByHand } from '../../support/by-hand';

const TARGET = { account: 'prod', region: 'cn-hangzhou' } as const;
const OFFER: Offer = {
  ...{ region: 'cn-hangzhou', zone: 'cn-hangzhou-h', engine: 'Redis', engineVersion: '5.0' },
  ...{ chargeType: 'PostPaid', periodMonths: null, nodeType: 'MASTER_SLAVE' },
  ...{ instanceClass: 'redis.master.small.default', capacityMb: null },
};

describe('the calls of a preflight, against the emulator', () => {
  let emulator: RunningEmulator;
  let cloud: PopCoreCloud;

  async function start(config: object = {}): Promise<void> {
    emulator = await startEmulator({ config });
    const keys = { accessKeyId: 'testid', accessKeySecret: 'testsecret' };
    cloud = createPopCoreCloud({
      accounts: {
        prod: { credentials: { resolve: () => Promise.resolve(keys) }, endpoint: emulator.url },
      },
      limits: { startPerSecond: Infinity, maxPerSecond: Infinity },
    });
  }

  afterEach(async () => {
    cloud.close();
    await emulator.close();
  });

  it('tell open zones from closed ones', async () => {
    await start({ closedZones: ['cn-hangzhou-i'] });
    const { value } = getOk(await cloud.listZones(TARGET));
    expect(value).toContainEqual({ zone: 'cn-hangzhou-h', isOpen: true });
    expect(value).toContainEqual({ zone: 'cn-hangzhou-i', isOpen: false });
  });

  it('list what a zone sells, with its versions and capacities', async () => {
    await start();
    const query = { ...TARGET, zone: OFFER.zone, engine: 'Redis', chargeType: 'PostPaid' } as const;
    const { value } = getOk(await cloud.listGoods(query));
    expect(value).toContainEqual({
      instanceClass: 'redis.master.small.default',
      capacityMb: 1_024,
      engineVersion: '5.0',
    });
    expect(value.some(({ instanceClass }) => instanceClass.startsWith('tair.'))).toBe(false);
  });

  it('price one instance, by class or capacity, by the hour or for a period', async () => {
    await start({ pricePerInstance: 0.25 });
    const price = { amount: '0.25', currency: 'CNY' };
    const byCapacity = { ...OFFER, instanceClass: null, capacityMb: 1_024 };
    const prepaid = { ...OFFER, chargeType: 'PrePaid', periodMonths: 12 } as const;
    for (const offer of [OFFER, byCapacity, prepaid]) {
      expect(getOk(await cloud.readPrice({ ...TARGET, offer })).value).toEqual(price);
    }
  });

  it('find a VPC, and say so when there is none', async () => {
    await start();
    const found = getOk(await cloud.findVpc({ ...TARGET, vpcId: 'vpc-1' }));
    expect(found.value).toEqual({ vpcId: 'vpc-1', status: 'Available' });
    expect(getOk(await cloud.findVpc({ ...TARGET, vpcId: 'vpc-2' })).value).toBeNull();
  });

  it('find a backup set of an instance, and say so when there is none', async () => {
    await start({ readyTimeMs: 1, readyJitter: 0, busyTimeMs: 1 });
    const hand = createByHand(emulator.url);
    const sourceInstanceId = await hand.buy('source');
    await hand.untilNormal(sourceInstanceId);
    await hand.call('CreateBackup', { InstanceId: sourceInstanceId });
    const span = { StartTime: '2020-01-01T00:00Z', EndTime: '2100-01-01T00:00Z' };
    const { Backups } = await hand.call<{ Backups: { Backup: { BackupId: number }[] } }>(
      'DescribeBackups',
      { InstanceId: sourceInstanceId, ...span },
    );
    const query = { ...TARGET, sourceInstanceId, backupId: String(Backups.Backup[0]?.BackupId) };
    const found = getOk(await cloud.findBackup(query)).value;
    expect(found).toEqual({ status: 'Success', sizeBytes: 1_048_576 });
    expect(getOk(await cloud.findBackup({ ...query, backupId: '1' })).value).toBeNull();
  });

  it('list all vSwitches of a VPC over two pages, with the addresses that are left', async () => {
    const vSwitches = Array.from({ length: 60 }, (_, index) => ({
      ...{ id: `vsw-${index}`, vpcId: 'vpc-1', zoneId: 'cn-hangzhou-h' },
    }));
    const world = {
      regions: [{ id: 'cn-hangzhou', zones: [{ id: 'cn-hangzhou-h' }] }],
      vpcs: [{ id: 'vpc-1', regionId: 'cn-hangzhou' }],
      ...{ vSwitches, resourceGroups: [], classes: [] },
    };
    await start({ world, freeIps: { 'vsw-59': 7 } });
    const { value, calls } = getOk(await cloud.listVSwitches({ ...TARGET, vpcId: 'vpc-1' }));
    expect(calls).toBe(2);
    expect(value).toHaveLength(60);
    expect(value.at(-1)).toEqual({
      ...{ vSwitchId: 'vsw-59', zone: 'cn-hangzhou-h', status: 'Available', freeIps: 7 },
    });
  });

  it('answer with the class of a refusal, and throw nothing', async () => {
    await start({ ramPolicy: { deny: ['DescribePrice'], statements: [] } });
    const answer = await cloud.readPrice({ ...TARGET, offer: OFFER });
    expect(answer).toMatchObject({ kind: 'failed', class: 'denied', code: 'Forbidden.RAM' });
  });
});

describe('an answer of the service', () => {
  it('without any list of goods is one that sells nothing, and without the outer one is none', () => {
    expect(toGoods({ AvailableZones: { AvailableZone: [] } })).toEqual([]);
    expect(toGoods({ AvailableZones: {} })).toEqual([]);
    expect(toGoods({})).toBeNull();
  });

  it('with a price is read whether it is text or a number, and not guessed at', () => {
    const read = (TradeAmount: unknown, Currency: unknown = 'CNY') =>
      toPrice({ Order: { TradeAmount, Currency } });
    expect(read('0.1625')).toEqual({ amount: '0.1625', currency: 'CNY' });
    expect(read(1.5)).toEqual({ amount: '1.50', currency: 'CNY' });
    expect([read(''), read(-1), read(undefined), read('1', ''), toPrice({})]).toEqual([
      ...[null, null, null, null, null],
    ]);
  });

  it('with a vSwitch that lacks its zone is none', () => {
    const VSwitch = [{ VSwitchId: 'vsw-1', Status: 'Available' }];
    expect(toVSwitchPage({ TotalCount: 1, VSwitches: { VSwitch } })).toBeNull();
  });
});

describe('the endpoint of networks', () => {
  it("is the VPC product's own, but where something stands in for the cloud", () => {
    expect(toVpcEndpoint('cn-hangzhou', {})).toBe('https://vpc.cn-hangzhou.aliyuncs.com');
    const own = { endpoint: 'https://r-kvstore-vpc.cn-beijing.aliyuncs.com' };
    expect(toVpcEndpoint('cn-beijing', own)).toBe('https://vpc.cn-beijing.aliyuncs.com');
    const emulated = { endpoint: 'http://127.0.0.1:8080' };
    expect(toVpcEndpoint('cn-hangzhou', emulated)).toBe(toEndpoint('cn-hangzhou', emulated));
  });
});

function getOk<Value extends { readonly kind: string }>(
  answer: Value,
): Extract<Value, { readonly kind: 'ok' }> {
  if (answer.kind !== 'ok') throw new Error(JSON.stringify(answer));
  return answer as Extract<Value, { readonly kind: 'ok' }>;
}
