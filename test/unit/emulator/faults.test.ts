import { idsOf, startBench, until } from './api-client';
import type { Bench, Json } from './api-client';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(() => bench.close());

const script = async (...faults: object[]): Promise<void> => {
  const put = await bench.control('PUT', 'faults', faults);
  expect(put.status).toBe(200);
};
const live = async (): Promise<number> => (await bench.control('GET', 'stats')).json.instances.live;
const lastEntry = async (): Promise<Json> => (await bench.lines('log')).at(-1) ?? {};

describe('a fault', () => {
  it.each([
    ['before', 0],
    ['after', 1],
  ])('refuses %s the commit, with %d instances created', async (when, created) => {
    await script({ kind: 'refuse', when, status: 500, code: 'InternalError', retryAfterMs: 700 });
    const answer = await bench.create();
    expect([answer.status, answer.json.Code]).toEqual([500, 'InternalError']);
    expect(answer.headers.get('x-acs-retry-after')).toBe('700');
    expect(await live()).toBe(created);
    expect(await lastEntry()).toMatchObject({
      fault: `refuse ${when}`,
      code: 'InternalError',
      ids: [],
      committed: created === 1,
    });
  });

  it.each([
    ['before', 0],
    ['after', 1],
  ])('drops the connection %s the commit, with %d instances created', async (when, created) => {
    await script({ kind: 'drop', when });
    await expect(bench.create()).rejects.toThrow();
    expect(await live()).toBe(created);
    expect(await lastEntry()).toMatchObject({ fault: `drop ${when}`, status: 0 });
  });

  it('resets the connection, having committed', async () => {
    await script({ kind: 'reset', when: 'after' });
    await expect(bench.create()).rejects.toMatchObject({
      cause: { code: 'ECONNRESET', syscall: 'read' },
    });
    expect(await live()).toBe(1);
    expect(await lastEntry()).toMatchObject({ fault: 'reset after', status: 0 });
  });

  it('hangs until the client gives up, having committed', async () => {
    await script({ kind: 'hang', when: 'after' });
    const client = new AbortController();
    const call = expect(bench.create({}, {}, { signal: client.signal })).rejects.toThrow();
    await until(async () => (await live()) === 1);
    expect(await lastEntry()).toMatchObject({ status: null });
    client.abort();
    await call;
    await until(async () => (await lastEntry())['status'] === 0);
  });

  it('hangs no longer than its delay', async () => {
    await script({ kind: 'hang', delayMs: 20 });
    await expect(bench.create()).rejects.toThrow();
    expect(await live()).toBe(0);
  });

  it('lets a delayed request land after its client has given up', async () => {
    await script({ kind: 'delay', delayMs: 500, count: 1 });
    const client = new AbortController();
    const call = expect(bench.create({}, {}, { signal: client.signal })).rejects.toThrow();
    await until(async () => (await lastEntry())['status'] === null);
    client.abort();
    await call;
    expect(await live()).toBe(0);
    await until(async () => (await live()) === 1);
  });

  it('delays an answer and leaves it whole', async () => {
    await script({ kind: 'delay', when: 'after', delayMs: 10 });
    expect(idsOf(await bench.create({ quantity: 2 }))).toHaveLength(2);
    expect((await bench.control('GET', 'stats')).json.calls.CreateInstances.faulted).toBe(1);
  });

  it('sends the whole answer piece by piece', async () => {
    await script({ kind: 'slow', delayMs: 200 });
    const answer = await bench.create({ quantity: 2 });
    expect(answer.pieces).toBeGreaterThan(1);
    expect(idsOf(answer)).toHaveLength(2);
    expect(await lastEntry()).toMatchObject({ fault: 'slow before', status: 200 });
    expect((await lastEntry())['ids']).toEqual(idsOf(answer));
  });

  it('answers a 5xx without a Code', async () => {
    await script({ kind: 'status', status: 503, when: 'after' });
    const answer = await bench.create();
    expect(answer.status).toBe(503);
    expect(answer.json).not.toHaveProperty('Code');
    expect(answer.json.RequestId).toBe(answer.headers.get('x-acs-request-id'));
    expect(await live()).toBe(1);
  });

  it('answers HTML, or nothing', async () => {
    await script({ kind: 'html', count: 1 }, { kind: 'empty', count: 1 });
    const html = await bench.create();
    expect([html.status, html.headers.get('content-type')]).toEqual([502, 'text/html']);
    expect(html.text).toContain('<html>');
    const empty = await bench.create();
    expect([empty.status, empty.text]).toEqual([200, '']);
  });

  it('cuts the connection in the middle of the answer', async () => {
    await script({ kind: 'truncate', when: 'after' });
    await expect(bench.create()).rejects.toThrow();
    expect(await live()).toBe(1);
  });

  it('answers fewer ids than it committed, while the token keeps all', async () => {
    await script({ kind: 'partial', answerFewerBy: 2, count: 1 });
    expect(idsOf(await bench.create({ quantity: 5 }, { Token: 't' }))).toHaveLength(3);
    expect(await live()).toBe(5);
    const entry = await lastEntry();
    expect([entry['ids'].length, entry['committedIds'].length]).toEqual([3, 5]);
    expect(idsOf(await bench.create({ quantity: 5 }, { Token: 't' }))).toHaveLength(5);
  });

  it('creates fewer instances than asked for', async () => {
    await script({ kind: 'partial', commitFewerBy: 2 });
    expect(idsOf(await bench.create({ quantity: 5 }))).toHaveLength(3);
    expect(await live()).toBe(3);
  });
});

describe('the fault script', () => {
  it('fires for its action and its text only, as often as it says', async () => {
    await script({
      action: 'CreateInstances',
      match: 'special',
      kind: 'refuse',
      code: 'VpcServiceError',
      message: 'Invoke vpc service failed.',
      count: 2,
    });
    expect((await bench.call('DescribeInstances', { SearchKey: 'special' })).status).toBe(200);
    expect((await bench.create({ InstanceName: 'ordinary' })).status).toBe(200);
    const statuses = [];
    for (let i = 0; i < 3; i += 1) {
      statuses.push((await bench.create({ InstanceName: 'special' })).status);
    }
    expect(statuses).toEqual([400, 400, 200]);
    expect((await bench.control('GET', 'faults')).json[0].fired).toBe(2);
  });

  it('fires within its window only, which goes on when the rule is put back', async () => {
    await script({ kind: 'refuse', fromMs: 1_000, untilMs: 3_000 });
    const statuses = [];
    for (let seconds = 0; seconds < 4; seconds += 1) {
      statuses.push((await bench.create()).status);
      await script(...(await bench.control('GET', 'faults')).json.slice());
      bench.advance(1_000);
    }
    expect(statuses).toEqual([200, 400, 400, 200]);
  });

  it('takes more rules after those it has, whose counts go on', async () => {
    await script({ kind: 'refuse', code: 'First', count: 2 });
    await bench.create();
    const added = await bench.control('POST', 'faults', [{ kind: 'refuse', code: 'Second' }]);
    expect(added.status).toBe(200);
    expect((await bench.create()).json.Code).toBe('First');
    expect((await bench.create()).json.Code).toBe('Second');
  });

  it('fires by chance, the same way for the same seed', async () => {
    const pattern = async (seed: number): Promise<string> => {
      const seeded = await startBench({
        seed,
        config: { faults: [{ kind: 'refuse', probability: 0.5 }] },
      });
      let text = '';
      for (let i = 0; i < 40; i += 1) text += (await seeded.create()).status === 200 ? '.' : 'x';
      await seeded.close();
      return text;
    };
    const first = await pattern(7);
    expect(await pattern(7)).toBe(first);
    expect(await pattern(8)).not.toBe(first);
    expect(first).toMatch(/x.*\.|\..*x/);
  });

  it.each([
    [[{ kind: 'explode' }]],
    [[{ kind: 'drop', propability: 1 }]],
    [[{ kind: 'drop', probability: 2 }]],
    [[{ kind: 'drop', fromMs: 10, untilMs: 10 }]],
  ])('is refused as a whole when it is wrong: %j', async (faults) => {
    await script({ kind: 'drop', action: 'DeleteInstance' });
    const put = await bench.control('PUT', 'faults', faults);
    expect([put.status, put.json.code]).toEqual([400, 'InvalidFaults']);
    expect(put.json.message).not.toBe('');
    expect((await bench.control('GET', 'faults')).json).toHaveLength(1);
  });
});
