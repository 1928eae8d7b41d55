import { idsOf, startBench, TWO_ACCOUNTS } from './api-client';
import type { Bench } from './api-client';
import { callV3 } from './v3-client';

const CLASS = 'redis.master.small.default';

describe('limits', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench({
      config: { accounts: TWO_ACCOUNTS, readyTimeMs: 0, readyJitter: 0 },
    });
  });
  afterEach(() => bench.close());

  const configure = (config: object): Promise<unknown> => bench.control('PUT', 'config', config);

  it('a quota counts living PostPaid instances, and can be raised', async () => {
    await configure({ quota: 3 });
    const ids = idsOf(await bench.create({ quantity: 3 }));
    expect((await bench.create()).json.Code).toBe('QuotaExceed.AfterpayInstance');
    expect((await bench.create({ ChargeType: 'PrePaid', Period: 1 })).status).toBe(200);
    await bench.call('DeleteInstance', { InstanceId: ids[0] ?? '' });
    expect((await bench.create()).status).toBe(200);
    expect((await bench.create()).status).toBe(400);
    await configure({ quota: 4 });
    expect((await bench.create()).status).toBe(200);
  });

  it('stock falls with each instance of the class in the zone and comes back', async () => {
    await configure({ stock: { 'cn-hangzhou-h': { [CLASS]: 2 } } });
    const ids = idsOf(await bench.create({ quantity: 2 }));
    expect((await bench.create()).json.Code).toBe('QuotaNotEnough');
    const elsewhere = { izNo: 'cn-hangzhou-i', vSwitchId: 'vsw-2' };
    expect((await bench.create(elsewhere)).status).toBe(200);
    expect((await bench.create({ instanceClass: 'redis.master.mid.default' })).status).toBe(200);
    await bench.call('DeleteInstance', { InstanceId: ids[0] ?? '' });
    const { stock } = (await bench.control('GET', 'config')).json;
    expect(stock['cn-hangzhou-h'][CLASS]).toBe(1);
  });

  it('addresses fall with each instance of the vSwitch and come back', async () => {
    await configure({ freeIps: { 'vsw-1': 2 } });
    const ids = idsOf(await bench.create({ quantity: 2 }));
    expect((await bench.create()).json.Code).toBe('VswitchIpExhausted');
    await bench.call('DeleteInstance', { InstanceId: ids[0] ?? '' });
    expect((await bench.create()).status).toBe(200);
  });

  it('money falls by the price, and does not come back', async () => {
    await configure({ balance: 10, pricePerInstance: 4 });
    const ids = idsOf(await bench.create({ quantity: 2 }));
    expect((await bench.create()).json.Code).toBe('InsufficientBalance');
    await bench.call('DeleteInstance', { InstanceId: ids[0] ?? '' });
    expect((await bench.control('GET', 'config')).json.balance).toBe(2);
  });

  it('money of one account is its own, and all others share what is there for all', async () => {
    await configure({
      balance: 1,
      balanceByAccount: { '1000000000000001': 2, '1000000000000002': 0 },
    });
    expect((await bench.create({ quantity: 2 })).status).toBe(200);
    expect((await bench.create()).json.Code).toBe('InsufficientBalance');
    const { balance, balanceByAccount } = (await bench.control('GET', 'config')).json;
    expect({ balance, balanceByAccount }).toEqual({
      balance: 1,
      balanceByAccount: { '1000000000000001': 0, '1000000000000002': 0 },
    });
    await configure({ balanceByAccount: { '1000000000000001': null } });
    expect((await bench.create({ quantity: 9 })).status).toBe(200);
  });

  it('calls over the rate are throttled before anything happens, and refill with time', async () => {
    await configure({
      rateLimits: { CreateInstances: { perSecond: 2, burst: 3 } },
      throttle: { retryAfterMs: 500 },
    });
    const send = (): ReturnType<Bench['create']> => bench.create({}, { Token: 'one' });
    for (let i = 0; i < 3; i += 1) expect((await send()).status).toBe(200);
    const throttled = await send();
    expect([throttled.status, throttled.json.Code]).toEqual([400, 'Throttling.User']);
    expect(throttled.headers.get('x-acs-retry-after')).toBe('500');
    bench.advance(500);
    expect((await send()).status).toBe(200);
    expect((await send()).status).toBe(400);
    expect((await bench.control('GET', 'stats')).json.calls.CreateInstances).toEqual({
      received: 6,
      ok: 4,
      refused: 0,
      throttled: 2,
      faulted: 0,
    });
  });

  it('throttling answers with the status that was configured', async () => {
    await configure({
      rateLimits: { DescribeInstances: { perSecond: 0.001, burst: 1 } },
      throttle: { status: 429, code: 'Throttling' },
    });
    await bench.call('DescribeInstances');
    const throttled = await bench.call('DescribeInstances');
    expect([throttled.status, throttled.json.Code]).toEqual([429, 'Throttling']);
    expect(throttled.headers.has('x-acs-retry-after')).toBe(false);
  });

  it('a call that names only an instance counts where the instance is', async () => {
    const shanghai = {
      ...{ RegionId: 'cn-shanghai', izNo: 'cn-shanghai-f', vpcId: 'vpc-2', vSwitchId: 'vsw-7' },
    };
    const [here = ''] = idsOf(await bench.create());
    const [there = ''] = idsOf(await bench.create(shanghai));
    const actions = ['DescribeInstanceAttribute', 'ModifyDBInstanceAutoUpgrade'];
    const one = { perSecond: 0.001, burst: 1 };
    await configure({ rateLimits: Object.fromEntries(actions.map((name) => [name, one])) });
    for (const action of actions) {
      const send = async (id: string): Promise<number> =>
        (await bench.call(action, { InstanceId: id, DBInstanceId: id, Value: '0' })).status;
      expect([await send(here), await send(there)]).toEqual([200, 200]);
      expect([await send(here), await send(there)]).toEqual([400, 400]);
    }
  });

  it('regions and instances that do not exist share one bucket', async () => {
    await configure({ rateLimits: { DescribeInstances: { perSecond: 0.001, burst: 1 } } });
    const codeOf = async (RegionId: string): Promise<unknown> =>
      (await bench.call('DescribeInstances', { RegionId })).json.Code;
    expect(await codeOf('cn-nowhere')).toBeUndefined();
    expect(await codeOf('cn-elsewhere')).toBe('Throttling.User');
    expect(await codeOf('')).toBe('Throttling.User');
    expect(await codeOf('cn-hangzhou')).toBeUndefined();
  });

  it('a call without a region counts for that of the host it was sent to', async () => {
    await configure({ rateLimits: { DescribeInstances: { perSecond: 0.001, burst: 1 } } });
    const send = async (region: string): Promise<number> => {
      const headers = { host: `r-kvstore.${region}.aliyuncs.com` };
      return (await callV3({ url: bench.url, headers })).status;
    };
    expect([await send('cn-shanghai'), await send('cn-beijing')]).toEqual([200, 200]);
    expect([await send('cn-shanghai'), await send('cn-beijing')]).toEqual([400, 400]);
  });

  it('each region has a bucket of its own', async () => {
    await configure({ rateLimits: { CreateInstances: { perSecond: 0.001, burst: 1 } } });
    const shanghai = {
      RegionId: 'cn-shanghai',
      izNo: 'cn-shanghai-f',
      vpcId: 'vpc-2',
      vSwitchId: 'vsw-7',
    };
    expect((await bench.create()).status).toBe(200);
    expect((await bench.create(shanghai)).status).toBe(200);
    expect((await bench.create()).json.Code).toBe('Throttling.User');
  });
});
