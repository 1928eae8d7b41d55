import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { order } from '../../examples/platform-client';
import { toTestKey } from '../support/api-server';
import { createTempFolder } from '../support/temp-folder';
import { createTestRequest } from '../support/test-request';
import { startPlatform } from './platform';
import type { Platform } from './platform';

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterEach(() => platform.fleet.control.restoreConfig());
afterAll(() => platform.close());

/** Does an operator action on a batch. */
function act(name: string, [batchId, action]: [string, string], body: object = {}) {
  return platform.post(name, `/v1/batches/${batchId}/actions/${action}`, { body });
}

describe('a day of a platform team', () => {
  it('submits twice with one key and orders once; another body is refused with what differs', async () => {
    const batchId = randomUUID();
    const headers = { 'idempotency-key': batchId };
    const first = await platform.submit('payments', createTestRequest(3), headers);
    expect(first.status).toBe(202);
    expect(first.headers.get('location')).toBe(`/v1/batches/${batchId}?tenant=payments`);
    expect(await first.json()).toEqual({
      ...{ tenant: 'payments', batchId, isNew: true, status: 'running' },
      ...{ workflowId: `batch/payments/${batchId}`, runId: expect.any(String) as string },
    });
    const second = await platform.submit('payments', createTestRequest(3), headers);
    expect([second.status, await second.json()]).toMatchObject([202, { batchId, isNew: false }]);
    const other = await platform.submit('payments', createTestRequest(4), headers);
    expect(other.status).toBe(422);
    expect(await other.json()).toMatchObject({
      code: 'conflict',
      differences: [{ path: 'groups.sessions.count', before: 3, now: 4 }],
    });
    const ended = await platform.untilEnded(batchId);
    expect(ended.body).toMatchObject({
      status: 'completed',
      submittedBy: 'key:payments',
      result: { outcome: 'succeeded', counts: { slots: 3, ready: 3 } },
    });
    const stats = await platform.fleet.control.stats();
    expect(stats.instances.live).toBe(3);
    expect(await platform.read('payments', `/v1/batches/${batchId}/result`)).toMatchObject({
      status: 200,
      body: { schema: 'tairfleet/result/v1', tenant: 'payments', outcome: 'succeeded' },
    });
  });

  it('orders by the example for a platform team', async () => {
    const folder = createTempFolder();
    const file = join(folder.path, 'batch.json');
    const batch = { apiVersion: 'tairfleet/v1', batchId: randomUUID(), ...createTestRequest(2) };
    writeFileSync(file, JSON.stringify(batch));
    const { url } = platform.api;
    const ordered = await order(url, toTestKey('payments'), file);
    expect(ordered).toMatchObject({ outcome: 'succeeded', counts: { ready: 2 } });
    expect(await order(url, toTestKey('payments'), file)).toEqual(ordered);
    await expect(order(url, toTestKey('watcher'), file)).rejects.toThrow('needs the role operator');
    // Where the file names its tenant, a key of several follows what it has ordered too.
    writeFileSync(file, JSON.stringify({ tenant: 'payments', ...batch }));
    expect(await order(url, toTestKey('both'), file)).toEqual(ordered);
    folder.remove();
  });

  it('acts as an operator, with the subject in the log of the batch', async () => {
    await platform.fleet.control.put('config', { quota: 0 });
    const batchId = randomUUID();
    await platform.submit('payments', { batchId, ...createTestRequest(2) });
    const paused = await act('payments', [batchId, 'pause'], { why: 'a freeze', ticket: 'T-1' });
    expect([paused.status, await paused.json()]).toMatchObject([200, { chunks: [] }]);
    const batch = await platform.read<{ progress: { phase: string; log: object[] } }>(
      'watcher',
      `/v1/batches/${batchId}?waitMs=5000`,
    );
    expect(batch.body.progress).toMatchObject({ phase: 'paused' });
    expect(batch.body.progress.log).toContainEqual(
      expect.objectContaining({ action: 'pause', by: 'key:payments', ticket: 'T-1' }),
    );
    expect(platform.api.log).toContainEqual(
      expect.objectContaining({ audit: true, subject: 'key:payments', action: 'pause', batchId }),
    );
    const refused = await act('payments', [batchId, 'approve'], { plan: 'x' });
    expect([refused.status, await refused.json()]).toMatchObject([403, { code: 'forbidden' }]);
    const release = await act('payments', [batchId, 'cancel'], { instances: 'release' });
    expect(release.status).toBe(403);
    const claimed = await act('payments', [batchId, 'resume'], { by: 'the boss' });
    expect([claimed.status, await claimed.json()]).toMatchObject([
      400,
      { code: 'invalid-request' },
    ]);
    const cancelled = await act('payments', [batchId, 'cancel'], { why: 'no longer wanted' });
    expect(cancelled.status).toBe(200);
    expect((await platform.untilEnded(batchId)).body.result).toMatchObject({
      outcome: 'cancelled',
    });
    const late = await act('payments', [batchId, 'pause']);
    expect([late.status, await late.json()]).toMatchObject([409, { code: 'already-finished' }]);
  });

  it('keeps each tenant out of the batches of the others, as if they did not exist', async () => {
    const batchId = randomUUID();
    await platform.submit('payments', { batchId, ...createTestRequest(1) });
    await platform.untilEnded(batchId);
    const unknown = randomUUID();
    const paths = ['', '/result', '/instances', '/events'];
    for (const path of paths) {
      const theirs = await platform.read('games', `/v1/batches/${batchId}${path}?tenant=payments`);
      const none = await platform.read('games', `/v1/batches/${unknown}${path}?tenant=payments`);
      const strip = ({ status, body }: typeof theirs) => ({
        status,
        body: JSON.stringify({ ...body, requestId: '' }).replaceAll(unknown, batchId),
      });
      expect([path, strip(theirs)]).toEqual([path, strip(none)]);
      expect(theirs).toMatchObject({ status: 404, body: { code: 'not-found' } });
      expect((await platform.read('games', `/v1/batches/${batchId}${path}`)).status).toBe(404);
      // And it is the same as what its own tenant sees of a batch that does not exist.
      const own = await platform.read('payments', `/v1/batches/${unknown}${path}`);
      expect([path, strip(own)]).toEqual([path, strip(none)]);
    }
    const act404 = await platform.api.send(
      'games',
      `/v1/batches/${batchId}/actions/pause?tenant=payments`,
      {
        method: 'POST',
      },
    );
    expect(act404.status).toBe(404);
    const order = await platform.submit('games', {
      tenant: 'payments',
      ...createTestRequest(1),
      batchId,
    });
    expect([order.status, await order.json()]).toMatchObject([403, { code: 'forbidden' }]);
    const list = await platform.read<{ batches: { tenant: string }[] }>('games', '/v1/batches');
    expect(list.body.batches).toEqual([]);
    expect((await platform.read('games', '/v1/batches?tenant=payments')).status).toBe(403);
    const all = await platform.read<{ batches: { batchId: string }[] }>('root', '/v1/batches');
    expect(all.body.batches.map((row) => row.batchId)).toContain(batchId);
  });

  it('follows by events through a dropped connection, to an end after which nothing comes', async () => {
    const batchId = randomUUID();
    await platform.fleet.control.put('config', { readyTimeMs: 1_500 });
    await platform.submit('payments', { batchId, ...createTestRequest(2) });
    const path = `/v1/batches/${batchId}/events`;
    const dropped = new AbortController();
    const response = await platform.api.send('watcher', path, { signal: dropped.signal });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const seen = await readEvent(response);
    expect(seen.event).toBe('progress');
    dropped.abort();
    const next = await platform.api.send('watcher', path, {
      headers: { 'last-event-id': seen.id },
    });
    const events = toEvents(await next.text());
    expect(events.map(({ id }) => id)).not.toContain(seen.id);
    const last = events.at(-1)!;
    expect(last).toMatchObject({ event: 'finished', data: { counts: { slots: 2, ready: 2 } } });
    const after = await platform.api.send('watcher', path, {
      headers: { 'last-event-id': last.id },
    });
    expect(after.status).toBe(204);
  });

  it('asks the cloud for a plan with a preflight, for who may order', async () => {
    const body = { apiVersion: 'tairfleet/v1', batchId: randomUUID(), ...createTestRequest(20) };
    const ask = (name: string) => platform.post(name, '/v1/plans?preflight=true', { body });
    const asked = await ask('payments');
    expect([asked.status, await asked.json()]).toMatchObject([
      200,
      {
        preflight: {
          verdict: 'ok',
          groups: [{ slots: 20, placements: [{ verdict: 'ok', price: { currency: 'CNY' } }] }],
          totals: [{ chargeType: 'PostPaid', slots: 20, unpricedSlots: 0 }],
        },
      },
    ]);
    expect((await ask('watcher')).status).toBe(403);
  });

  it('plans without ordering, and knows the batch that is there', async () => {
    const plan = (body: object) =>
      platform.api.send('watcher', '/v1/plans?chunks=1', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ apiVersion: 'tairfleet/v1', ...body }),
      });
    const ordersBefore = (await platform.fleet.control.stats()).orders;
    const fresh = await plan({ batchId: randomUUID(), ...createTestRequest(200) });
    expect([fresh.status, await fresh.json()]).toMatchObject([
      200,
      {
        known: 'new',
        isOrdering: true,
        tenant: 'payments',
        slots: 200,
        chunks: 3,
        chunksUnlisted: 2,
      },
    ]);
    expect((await platform.fleet.control.stats()).orders).toBe(ordersBefore);
    const submitted = await platform.submit('watcher', { batchId: 'no', ...createTestRequest(1) });
    expect(submitted.status).toBe(403);
  });
});

describe('what a platform team reads', () => {
  it('pages through the list: each batch once, open ones first', async () => {
    const pages: { status: string; batchId: string }[][] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${cursor}`;
      const page = await platform.read<{ batches: (typeof pages)[number]; cursor: string | null }>(
        'payments',
        `/v1/batches?limit=2${query}`,
      );
      expect(page.status).toBe(200);
      pages.push(page.body.batches);
      cursor = page.body.cursor;
    } while (cursor !== null && pages.length < 10);
    const whole = await platform.read<{ batches: object[] }>('payments', '/v1/batches');
    expect(pages.flat()).toEqual(whole.body.batches);
    expect(new Set(pages.flat().map(({ batchId }) => batchId)).size).toBe(pages.flat().length);
    expect(pages.length).toBeGreaterThan(1);
    expect((await platform.read('payments', '/v1/batches?cursor=nonsense')).status).toBe(400);
  });

  it('gets the instances as pages, NDJSON and CSV', async () => {
    const batchId = randomUUID();
    await platform.submit('payments', { batchId, ...createTestRequest(12) });
    await platform.untilEnded(batchId);
    const path = `/v1/batches/${batchId}/instances`;
    const first = await platform.read<{ instances: { id: string }[]; cursor: string }>(
      'watcher',
      `${path}?limit=10`,
    );
    const second = await platform.read<{ instances: { id: string }[]; cursor: null }>(
      'watcher',
      `${path}?limit=10&cursor=${first.body.cursor}`,
    );
    expect([first.body.instances.length, second.body.instances.length]).toEqual([10, 2]);
    expect(second.body.cursor).toBeNull();
    const ids = [...first.body.instances, ...second.body.instances].map(({ id }) => id);
    const ndjson = await platform.api.send('watcher', path, {
      headers: { accept: 'application/x-ndjson' },
    });
    expect(ndjson.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    const lines = (await ndjson.text()).trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(ids);
    const csv = await platform.api.send('watcher', `${path}?format=csv`);
    expect(csv.headers.get('content-disposition')).toBe(`attachment; filename="${batchId}.csv"`);
    expect((await csv.text()).trim().split('\n')).toHaveLength(13);
    const none = await platform.api.send('watcher', path, { headers: { accept: 'image/png' } });
    expect([none.status, await none.json()]).toMatchObject([406, { code: 'not-acceptable' }]);
  });
});

interface SentEvent {
  readonly id: string;
  readonly event: string;
  readonly data: unknown;
}

function toEvents(text: string): SentEvent[] {
  return text
    .split('\n\n')
    .map(
      (block) =>
        new Map(block.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string])),
    )
    .filter((fields) => fields.has('data'))
    .map((fields) => ({
      id: fields.get('id')!,
      event: fields.get('event')!,
      data: JSON.parse(fields.get('data')!) as unknown,
    }));
}

/** The first event of a stream that goes on. */
async function readEvent(response: Response): Promise<SentEvent> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of response.body!) {
    text += decoder.decode(piece as Uint8Array, { stream: true });
    const [event] = toEvents(text.slice(0, text.lastIndexOf('\n\n') + 2));
    if (event !== undefined) return event;
  }
  throw new Error(`the stream ended without an event: ${text}`);
}
