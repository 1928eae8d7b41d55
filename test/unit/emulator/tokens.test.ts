import { ENTRY, idsOf, startBench, until } from './api-client';
import type { Bench } from './api-client';

describe('a token', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench();
  });
  afterEach(() => bench.close());

  const live = async (): Promise<number> =>
    (await bench.control('GET', 'stats')).json.instances.live;

  it('gives the first answer again, with a new request id, and creates nothing', async () => {
    const first = await bench.create({ quantity: 2 }, { Token: 't-1' });
    const second = await bench.create({ quantity: 2 }, { Token: 't-1' });
    expect(idsOf(second)).toEqual(idsOf(first));
    expect(second.json.OrderId).toBe(first.json.OrderId);
    expect(second.json.RequestId).not.toBe(first.json.RequestId);
    expect(await live()).toBe(2);
    const { tokens } = (await bench.control('GET', 'stats')).json;
    expect(tokens).toEqual({ used: 1, replayed: 1, mismatched: 0 });
  });

  it('replays even when the account could not buy any more', async () => {
    const first = await bench.create({}, { Token: 't-1' });
    await bench.control('PUT', 'config', { quota: 0, balance: 0 });
    expect(idsOf(await bench.create({}, { Token: 't-1' }))).toEqual(idsOf(first));
  });

  it('is refused with other parameters, whichever they are', async () => {
    await bench.create({}, { Token: 't-1' });
    const otherEntry = await bench.create({ quantity: 2 }, { Token: 't-1' });
    const otherTop = await bench.create({}, { Token: 't-1', BusinessInfo: 'x' });
    const otherSpelling = await bench.create(
      {},
      { Token: 't-1', Instances: `[ ${JSON.stringify(ENTRY)}]` },
    );
    for (const answer of [otherEntry, otherTop, otherSpelling]) {
      expect([answer.status, answer.json.Code]).toEqual([400, 'IdempotentParameterMismatch']);
    }
    expect(await live()).toBe(1);
    expect((await bench.control('GET', 'stats')).json.tokens.mismatched).toBe(3);
  });

  it('is case-sensitive', async () => {
    const lower = await bench.create({}, { Token: 'abc' });
    const upper = await bench.create({}, { Token: 'ABC' });
    expect(idsOf(upper)).not.toEqual(idsOf(lower));
  });

  it('may be sent by GET, by form or split over both and stays the same request', async () => {
    const first = await bench.create({}, { Token: 't-1' }, { place: 'split' });
    const second = await bench.create({}, { Token: 't-1' }, { method: 'GET' });
    expect(idsOf(second)).toEqual(idsOf(first));
  });

  it('belongs to one account', async () => {
    const accounts = [
      { accessKeyId: 'testid', accessKeySecret: 'testsecret', accountId: '1' },
      { accessKeyId: 'second', accessKeySecret: 'other', accountId: '2' },
    ];
    const shared = await startBench({ config: { accounts } });
    const wire = { secret: 'other', common: { AccessKeyId: 'second' } };
    const first = await shared.create({}, { Token: 't-1' });
    const second = await shared.create({ quantity: 2 }, { Token: 't-1' }, wire);
    expect(idsOf(second)).toHaveLength(2);
    const [id = ''] = idsOf(first);
    const foreign = await shared.call('DescribeInstanceAttribute', { InstanceId: id }, wire);
    expect(foreign.json.Code).toBe('InvalidInstanceId.NotFound');
    await shared.close();
  });

  it('forgets a refusal by default', async () => {
    await bench.control('PUT', 'config', { quota: 0 });
    expect((await bench.create({}, { Token: 't-1' })).status).toBe(400);
    await bench.control('PUT', 'config', { quota: 1 });
    expect(idsOf(await bench.create({}, { Token: 't-1' }))).toHaveLength(1);
  });

  it('remembers a refusal when told to', async () => {
    await bench.control('PUT', 'config', { quota: 0, tokenMode: { failures: 'remember' } });
    await bench.create({}, { Token: 't-1' });
    await bench.control('PUT', 'config', { quota: null });
    expect((await bench.create({}, { Token: 't-1' })).json.Code).toBe(
      'QuotaExceed.AfterpayInstance',
    );
  });

  it('creates anew when its lifetime is over', async () => {
    await bench.control('PUT', 'config', { tokenLifetimeMs: 1_000 });
    const first = await bench.create({}, { Token: 't-1' });
    bench.advance(999);
    expect(idsOf(await bench.create({}, { Token: 't-1' }))).toEqual(idsOf(first));
    bench.advance(1);
    expect(idsOf(await bench.create({}, { Token: 't-1' }))).not.toEqual(idsOf(first));
  });

  it.each([
    ['conflict', [400, 'RequestTokenConflict']],
    ['duplicate', [403, 'TokenServiceError']],
  ])('is a %s while its first use is running', async (inFlight, expected) => {
    await bench.control('PUT', 'config', { createTimeMs: 300, tokenMode: { inFlight } });
    const first = bench.create({}, { Token: 't-1' });
    await until(async () => (await bench.control('GET', 'stats')).json.tokens.used === 1);
    const second = await bench.create({}, { Token: 't-1' });
    expect([second.status, second.json.Code]).toEqual(expected);
    expect(idsOf(await first)).toHaveLength(1);
    expect(await live()).toBe(1);
  });

  it('waits for its first use when told to block', async () => {
    await bench.control('PUT', 'config', { createTimeMs: 50, tokenMode: { inFlight: 'block' } });
    const answers = await Promise.all([1, 2, 3].map(() => bench.create({}, { Token: 't-1' })));
    const [first, ...others] = answers.map(idsOf);
    expect(others).toEqual([first, first]);
    expect(await live()).toBe(1);
  });
});
