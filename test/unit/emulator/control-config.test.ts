import { startBench, TWO_ACCOUNTS } from './api-client';
import type { Bench } from './api-client';

describe('the config over the control API', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench({
      config: { accounts: TWO_ACCOUNTS, readyTimeMs: 1_000, readyJitter: 0, quota: 5 },
    });
  });
  afterEach(() => bench.close());

  it('takes settings back to how they were at the start, all of them or those that are named', async () => {
    const before = (await bench.control('GET', 'config')).json;
    const change = { freeIps: { 'vsw-1': 3 }, stock: { 'cn-hangzhou-h': { '*': 9 } }, quota: 9 };
    await bench.control('PUT', 'config', change);
    await bench.create({ quantity: 2 });
    await bench.control('PUT', 'config', { freeIps: {}, stock: {} });
    const some = await bench.control('DELETE', 'config?key=freeIps&key=readyTime');
    expect(some.json).toEqual({
      ...before,
      ...{ quota: 9, stock: { 'cn-hangzhou-h': { '*': 7 } } },
    });
    expect((await bench.control('DELETE', 'config')).json).toEqual(before);
    expect((await bench.control('GET', 'stats')).json.instances.live).toBe(2);
    const refused = await bench.control('DELETE', 'config?key=quota&key=qouta');
    expect([refused.status, refused.json.code]).toEqual([400, 'InvalidConfig']);
    expect(refused.json.message).toContain('no setting qouta');
  });

  it('takes one member of a setting back: to what it was at the start, or away', async () => {
    const before = (await bench.control('GET', 'config')).json;
    await bench.control('PUT', 'config', {
      quotaByAccount: { '1000000000000001': 0, '1000000000000002': 5 },
      rateLimits: { CreateInstances: null, DescribeZones: null },
    });
    const restore = (...keys: string[]): ReturnType<Bench['control']> =>
      bench.control('DELETE', `config?${keys.map((key) => `key=${key}`).join('&')}`);
    expect((await bench.create()).json.Code).toBe('QuotaExceed.AfterpayInstance');
    const keys = ['quotaByAccount.1000000000000001', 'rateLimits.CreateInstances'];
    expect((await restore(...keys)).json).toEqual({
      ...before,
      quotaByAccount: { '1000000000000002': 5 },
      rateLimits: { ...before.rateLimits, DescribeZones: null },
    });
    expect((await bench.create()).status).toBe(200);
    for (const key of [...keys.slice(0, 1), 'quota.x', 'world.regions', 'throttle.']) {
      const { status, json } = await restore('rateLimits.DescribeZones', key);
      expect([status, json.message]).toEqual([400, expect.stringContaining(`setting ${key}.`)]);
    }
    expect((await bench.control('GET', 'config')).json.rateLimits.DescribeZones).toBeNull();
  });

  it('takes back what is three levels deep, and leaves nothing empty behind', async () => {
    const before = (await bench.control('GET', 'config')).json;
    const stock = { 'cn-hangzhou-h': { 'redis.master.mid.default': 7, '*': 3 } };
    await bench.control('PUT', 'config', { stock });
    const restore = (key: string): ReturnType<Bench['control']> =>
      bench.control('DELETE', `config?key=${key}`);
    const one = await restore('stock.cn-hangzhou-h.redis.master.mid.default');
    expect(one.json.stock).toEqual({ 'cn-hangzhou-h': { '*': 3 } });
    expect((await restore('stock.cn-hangzhou-h.*')).json).toEqual(before);
    expect((await restore('stock.cn-hangzhou-h.*')).status).toBe(400);
    await bench.control('PUT', 'config', { rateLimits: { CreateInstances: { burst: 1 } } });
    expect((await restore('rateLimits.CreateInstances.burst')).json).toEqual(before);
  });

  it('merges a part of the config and leaves the rest', async () => {
    const before = (await bench.control('GET', 'config')).json;
    const put = await bench.control('PUT', 'config', {
      tokenMode: { failures: 'remember' },
      stock: { 'cn-hangzhou-h': { '*': 5 } },
    });
    expect(put.json).toEqual({
      ...before,
      tokenMode: { ...before['tokenMode'], failures: 'remember' },
      stock: { 'cn-hangzhou-h': { '*': 5 } },
    });
    expect((await bench.control('PUT', 'config', put.json)).json).toEqual(put.json);
  });

  it('knows the durations by their short names too', async () => {
    const short = { readyTime: 1, visibilityLag: 2, tokenLifetime: 3 };
    expect((await bench.control('PUT', 'config', short)).json).toMatchObject({
      readyTimeMs: 1,
      visibilityLagMs: 2,
      tokenLifetimeMs: 3,
    });
  });

  it.each([
    ['quotas', { quotas: 3 }],
    ['quota', { quota: -1 }],
    ['errorShare', { errorShare: 2 }],
    ['inFlight', { tokenMode: { inFlight: 'queue' } }],
    ['object', 'text'],
    ['accounts', { accounts: [] }],
  ])('refuses a config and names %s', async (name, patch) => {
    const before = (await bench.control('GET', 'config')).json;
    const put = await bench.control('PUT', 'config', patch);
    expect([put.status, put.json.code]).toEqual([400, 'InvalidConfig']);
    expect(put.json.message).toContain(name);
    expect((await bench.control('GET', 'config')).json).toEqual(before);
  });
});
