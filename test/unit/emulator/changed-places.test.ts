import { idsOf, startBench } from './api-client';
import type { ApiAnswer, Bench, Parameters } from './api-client';

const SMALL = 'redis.master.small.default';
const LARGE = 'redis.master.large.default';
const ACCOUNT = '1000000000000001';

describe('a change of an instance', () => {
  let bench: Bench;
  let id: string;
  beforeEach(async () => {
    bench = await startBench({ config: { readyTimeMs: 0 } });
  });
  afterEach(() => bench.close());

  const use = async (config: object, entry: object = {}): Promise<void> => {
    await bench.control('PUT', 'config', config);
    [id = ''] = idsOf(await bench.create(entry));
  };
  const send = (action: string, parameters: Parameters = {}): Promise<ApiAnswer> =>
    bench.call(action, { InstanceId: id, DBInstanceId: id, ...parameters });
  const codeOf = ({ status, json }: ApiAnswer): unknown[] => [status, json.Code];
  const config = async (): Promise<ApiAnswer['json']> =>
    (await bench.control('GET', 'config')).json;
  const orders = async (): Promise<number> => (await bench.control('GET', 'stats')).json.orders;
  const migrate = (): Promise<ApiAnswer> =>
    send('MigrateToOtherZone', { ZoneId: 'cn-hangzhou-i', VSwitchId: 'vsw-2' });
  const PRE_PAID = { ChargeType: 'PrePaid', Period: 1 };

  it('takes from the zone and the vSwitch it goes to, and gives back what it leaves', async () => {
    const stock = { 'cn-hangzhou-h': { [SMALL]: 5 }, 'cn-hangzhou-i': { '*': 5 } };
    await use({ stock, freeIps: { 'vsw-1': 5, 'vsw-2': 5 } });
    expect((await migrate()).status).toBe(200);
    expect(await config()).toMatchObject({
      stock: { 'cn-hangzhou-h': { [SMALL]: 5 }, 'cn-hangzhou-i': { '*': 4 } },
      freeIps: { 'vsw-1': 5, 'vsw-2': 4 },
    });
    await send('DeleteInstance');
    expect(await config()).toMatchObject({
      stock: { 'cn-hangzhou-h': { [SMALL]: 5 }, 'cn-hangzhou-i': { '*': 5 } },
      freeIps: { 'vsw-1': 5, 'vsw-2': 5 },
    });
  });

  it.each([
    ['closed', { closedZones: ['cn-hangzhou-i'] }, 'InvalidIzNo.NotSupported'],
    ['without stock', { stock: { 'cn-hangzhou-i': { '*': 0 } } }, 'QuotaNotEnough'],
    ['without addresses', { freeIps: { 'vsw-2': 0 } }, 'VswitchIpExhausted'],
  ])('does not go to a zone that is %s', async (_what, settings, code) => {
    await use(settings);
    expect(codeOf(await migrate())).toEqual([400, code]);
    const { json } = await send('DescribeInstanceAttribute');
    expect(json.Instances.DBInstanceAttribute[0]).toMatchObject({ ZoneId: 'cn-hangzhou-h' });
  });

  it('to another class takes one of it and gives one of the old class back', async () => {
    await use({ stock: { 'cn-hangzhou-h': { [SMALL]: 1, [LARGE]: 1 } } });
    expect((await send('ModifyInstanceSpec', { InstanceClass: LARGE })).status).toBe(200);
    expect((await config()).stock).toEqual({ 'cn-hangzhou-h': { [SMALL]: 1, [LARGE]: 0 } });
    await bench.control('PUT', 'config', { stock: { 'cn-hangzhou-h': { [SMALL]: 0 } } });
    const before = await orders();
    const answer = await send('ModifyInstanceSpec', { InstanceClass: SMALL });
    expect(codeOf(answer)).toEqual([400, 'QuotaNotEnough']);
    expect(await orders()).toBe(before);
  });

  it('of other numbers only is possible without stock, addresses and quota', async () => {
    await use({ stock: { 'cn-hangzhou-h': { [SMALL]: 1 } }, freeIps: { 'vsw-1': 1 }, quota: 1 });
    await bench.control('PUT', 'config', { quota: 0 });
    expect((await send('ModifyInstanceSpec', { InstanceClass: SMALL })).status).toBe(200);
  });

  it('to PostPaid needs room in the quota', async () => {
    await use({ quota: 1 }, PRE_PAID);
    await bench.create();
    const back = (): Promise<ApiAnswer> =>
      send('TransformInstanceChargeType', { ChargeType: 'PostPaid' });
    expect(codeOf(await back())).toEqual([400, 'QuotaExceed.AfterpayInstance']);
    await bench.control('PUT', 'config', { quota: 2, balance: 0 });
    expect((await back()).status).toBe(200);
  });

  describe.each([
    ['TransformToPrePaid', { Period: '1' }, {}],
    ['TransformInstanceChargeType', { ChargeType: 'PrePaid', Period: '1' }, {}],
    ['RenewInstance', { Period: '1' }, PRE_PAID],
  ])('by %s', (action, parameters, entry) => {
    const buy = (more: Parameters = {}): Promise<ApiAnswer> =>
      send(action, { ...parameters, ...more } as Parameters);

    it('is paid from the balance of the account', async () => {
      await use({ balanceByAccount: { [ACCOUNT]: 3 }, pricePerInstance: 1.5 }, entry);
      expect((await buy()).status).toBe(200);
      expect((await config()).balanceByAccount).toEqual({ [ACCOUNT]: 0 });
    });

    it.each([
      [{ balance: 0 }, [400, 'InsufficientBalance']],
      [{ financeUser: true }, [400, 'ResourceNotAvailable']],
      [{ realNameVerified: false }, [403, 'RealNameAuthenticationError']],
    ])('is refused with %j, and orders nothing', async (settings, expected) => {
      await use({}, entry);
      await bench.control('PUT', 'config', settings);
      expect(codeOf(await buy())).toEqual(expected);
      expect(await orders()).toBe(1);
    });

    it('is an order that waits for its money with AutoPay=false, and changes nothing', async () => {
      await use({ balance: 9 }, entry);
      const before = (await send('DescribeInstanceAttribute')).json.Instances;
      const answer = await buy({ AutoPay: 'false', AutoRenew: 'true' });
      expect(answer.json).toMatchObject({ OrderId: expect.stringMatching(/^\d{15}$/) });
      expect((await send('DescribeInstanceAttribute')).json.Instances).toEqual(before);
      expect([await orders(), (await config()).balance]).toEqual([2, 8]);
    });
  });
});

describe('an order of which fewer are made than asked for', () => {
  it('takes as much as is made', async () => {
    const bench = await startBench({
      config: {
        ...{ stock: { 'cn-hangzhou-h': { '*': 3 } }, freeIps: { 'vsw-1': 3 }, balance: 3 },
        faults: [{ action: 'CreateInstances', kind: 'partial', commitFewerBy: 1 }],
      },
    });
    expect(idsOf(await bench.create({ quantity: 3 }))).toHaveLength(2);
    expect((await bench.control('GET', 'config')).json).toMatchObject({
      ...{ stock: { 'cn-hangzhou-h': { '*': 1 } }, freeIps: { 'vsw-1': 1 }, balance: 1 },
    });
    await bench.close();
  });
});
