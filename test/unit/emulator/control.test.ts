import { idsOf, startBench } from './api-client';
import type { Bench } from './api-client';

const PASSWORD = 'Sw0rdfish!!';

describe('the control API', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench({ config: { readyTimeMs: 1_000, readyJitter: 0, quota: 5 } });
  });
  afterEach(() => bench.close());

  it('counts instances, orders, calls and tokens', async () => {
    const [id = ''] = idsOf(await bench.create({ quantity: 3, InstanceName: 'shared' }));
    bench.advance(1_000);
    await bench.call('DeleteInstance', { InstanceId: id });
    await bench.create({ quantity: 2, InstanceName: 'later' }, { Token: 't' });
    await bench.create({ quantity: 2 });
    await bench.call('Nothing');
    expect((await bench.control('GET', 'stats')).json).toEqual({
      instances: { live: 4, creating: 2, normal: 2, failed: 0, deleted: 1 },
      namesTwice: 0,
      orders: 2,
      calls: {
        CreateInstances: { received: 3, ok: 2, refused: 1, throttled: 0, faulted: 0 },
        DeleteInstance: { received: 1, ok: 1, refused: 0, throttled: 0, faulted: 0 },
        unknown: { received: 1, ok: 0, refused: 1, throttled: 0, faulted: 0 },
      },
      tokens: { used: 1, replayed: 0, mismatched: 0 },
    });
  });

  it('counts a name that two orders gave, once, and no empty names', async () => {
    await bench.create({ InstanceName: 'twin' });
    await bench.create({ InstanceName: 'twin' });
    await bench.create();
    await bench.create();
    expect((await bench.control('GET', 'stats')).json.namesTwice).toBe(1);
  });

  it('lists instances page by page, also when the last one read is deleted meanwhile', async () => {
    const ids = idsOf(await bench.create({ quantity: 4, InstanceName: 'shop-1' }));
    const list = async (query: string): Promise<unknown[]> =>
      (await bench.lines(`instances?${query}`)).map(({ InstanceId }) => InstanceId);
    expect(await list('limit=2')).toEqual(ids.slice(0, 2));
    bench.advance(1_000);
    await bench.call('DeleteInstance', { InstanceId: ids[1] ?? '' });
    expect(await list(`limit=2&after=${ids[1]}`)).toEqual(ids.slice(2));
    expect(await list(`limit=2&after=${ids[3]}`)).toEqual([]);
    expect(await list('find=hop&status=Released')).toEqual([ids[1]]);
    expect(await list(`find=${ids[2]?.slice(3)}`)).toEqual([ids[2]]);
    for (const limit of ['0', '1.5', 'x']) {
      expect((await bench.control('GET', `instances?limit=${limit}`)).json).toEqual({
        code: 'InvalidLimit',
        message: 'limit must be an integer above 0.',
      });
    }
    expect((await bench.control('GET', 'instances?after=r-no')).json.code).toBe('InvalidAfter');
  });

  it.each([
    ['in an entry', { Password: PASSWORD }, {}],
    ['under an escaped key', {}, { Instances: `[{"p\\u0061ssword":"${PASSWORD}"}]` }],
    ['in broken JSON', {}, { Instances: `[{"Password":"${PASSWORD}",}]` }],
    ['at the top', {}, { NewPassword: PASSWORD }],
    ['as a security token', {}, { SecurityToken: PASSWORD }],
  ])('never shows a secret %s', async (_where, entry, parameters) => {
    await bench.create(entry, parameters);
    const texts = await Promise.all(
      ['log', 'instances', 'stats', 'config'].map((path) => bench.control('GET', path)),
    );
    for (const { text } of texts) {
      expect(text).not.toContain(PASSWORD);
      expect(text).not.toContain('testsecret');
    }
  });

  it('lists instances of a status as DescribeInstances would, with their order', async () => {
    const answer = await bench.create({ quantity: 2 });
    bench.advance(1_000);
    await bench.create();
    const normal = await bench.lines('instances?status=Normal');
    expect(normal.map((line) => line['InstanceId'])).toEqual(idsOf(answer));
    expect(normal[0]).toMatchObject({ OrderId: answer.json.OrderId, ChargeType: 'PostPaid' });
    expect(await bench.lines('instances')).toHaveLength(3);
  });

  it('lists instances of a state as it counts them, whatever their status is called', async () => {
    await bench.control('PUT', 'config', { busyTimeMs: 60_000 });
    const [deleted = '', busy = '', normal] = idsOf(await bench.create({ quantity: 3 }));
    bench.advance(1_000);
    await bench.call('DeleteInstance', { InstanceId: deleted });
    await bench.call('RestartInstance', { InstanceId: busy });
    await bench.control('PUT', 'config', { errorShare: 1, readyTimeMs: 0 });
    const [failed] = idsOf(await bench.create());
    await bench.control('PUT', 'config', { errorShare: 0, readyTimeMs: 1_000 });
    const [creating] = idsOf(await bench.create());
    const list = async (query: string): Promise<unknown[]> =>
      (await bench.lines(`instances?${query}`)).map(({ InstanceId }) => InstanceId);
    expect(await list('state=live')).toEqual([busy, normal, failed, creating]);
    expect(await list('state=normal')).toEqual([busy, normal]);
    expect(await list('state=normal&status=Rebooting')).toEqual([busy]);
    expect(await list('state=failed')).toEqual([failed]);
    expect(await list('state=creating')).toEqual([creating]);
    expect(await list('state=deleted')).toEqual([deleted]);
    const { instances } = (await bench.control('GET', 'stats')).json;
    expect(instances).toEqual({ live: 4, creating: 1, normal: 2, failed: 1, deleted: 1 });
    const refused = (await bench.control('GET', 'instances?state=Normal')).json;
    expect(refused).toMatchObject({
      code: 'InvalidState',
      message: 'state must be one of live, creating, normal, failed, deleted.',
    });
  });

  it('goes back to the start at a reset', async () => {
    await bench.create({ quantity: 2 }, { Token: 't' });
    await bench.control('PUT', 'config', { quota: 1 });
    await bench.control('PUT', 'faults', [{ kind: 'drop' }]);
    const reset = await bench.control('POST', 'reset');
    expect(reset.json).toMatchObject({ instances: { live: 0 }, orders: 0, calls: {} });
    expect(await bench.lines('log')).toEqual([]);
    expect((await bench.control('GET', 'config')).json.quota).toBe(5);
    expect(idsOf(await bench.create({ quantity: 5 }, { Token: 't' }))).toHaveLength(5);
  });

  it('says what there is when asked for something else', async () => {
    const answer = await bench.control('GET', 'secrets');
    expect(answer.status).toBe(404);
    expect(answer.json.message).toContain('GET /_emulator/stats');
  });
});

describe('startEmulator', () => {
  it('rejects a config that is wrong, and names the key', async () => {
    await expect(startBench({ config: { accounts: [{ accessKeyId: 'a' }] } })).rejects.toThrow(
      'accountId',
    );
    await expect(startBench({ config: { faults: [{ kind: 'x' }] } })).rejects.toThrow('faults');
  });

  it('rejects when the port is taken', async () => {
    const first = await startBench();
    const port = Number(new URL(first.url).port);
    await expect(startBench({ port })).rejects.toThrow('EADDRINUSE');
    await first.close();
  });

  it('closes while calls hang', async () => {
    const bench = await startBench({ config: { faults: [{ kind: 'hang' }] } });
    const hanging = expect(bench.create()).rejects.toThrow();
    await bench.close();
    await hanging;
  });
});
