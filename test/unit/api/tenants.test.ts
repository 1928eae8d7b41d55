import type { BatchService } from '../../../src/service/batch-service';
import { createFailure } from '../../../src/service/service-result';
import { startTestApi } from '../../support/api-server';
import type { TestApi } from '../../support/api-server';
import { writeRequest, writeSchedule } from '../../support/schedule-samples';

/** For whom something is done: what is named, and never a guess. */

const KEYS = {
  one: { role: 'admin', tenants: ['shop'] },
  two: { role: 'admin', tenants: ['payments', 'shop'] },
  all: { role: 'admin', tenants: ['*'] },
} as const;

const BATCH = { batchId: 'b1', ...writeRequest(1) };
const SCHEDULES = { apiVersion: 'tairfleet/schedules/v1', schedules: [writeSchedule('nightly')] };

interface Route {
  readonly method: string;
  readonly path: string;
  readonly body?: object;
}

/** Every route about one tenant that does not name it in its path. */
const ROUTES: readonly Route[] = [
  { method: 'POST', path: '/v1/batches', body: BATCH },
  { method: 'POST', path: '/v1/plans', body: BATCH },
  { method: 'GET', path: '/v1/batches/b1' },
  { method: 'GET', path: '/v1/batches/b1/result' },
  { method: 'GET', path: '/v1/batches/b1/instances' },
  { method: 'GET', path: '/v1/batches/b1/events' },
  { method: 'POST', path: '/v1/batches/b1/actions/pause', body: {} },
  { method: 'POST', path: '/v1/batches/b1/actions/retryFailed', body: {} },
  { method: 'GET', path: '/v1/schedules/nightly' },
  { method: 'DELETE', path: '/v1/schedules/nightly' },
  { method: 'POST', path: '/v1/schedules/nightly/actions/trigger', body: {} },
  { method: 'POST', path: '/v1/schedules/nightly/actions/pause', body: {} },
  { method: 'POST', path: '/v1/schedule-plans', body: SCHEDULES },
  { method: 'PUT', path: '/v1/schedules', body: SCHEDULES },
];
const BODIES = ROUTES.filter(({ body }) => body === BATCH || body === SCHEDULES);

/** What the service was asked, with the tenants in it. */
let asked: string[] = [];
const SERVICE = new Proxy({} as BatchService, {
  get: (_target, name) => (first: unknown) => {
    asked.push(JSON.stringify(first));
    const failure = createFailure('no-worker', 'Nobody is there.');
    if (name !== 'watch') return Promise.resolve(failure);
    return (async function* () {
      yield await Promise.resolve({ kind: 'failed', failure });
    })();
  },
});

const apis: TestApi[] = [];
beforeAll(async () => {
  apis.push(await startTestApi({ service: SERVICE, keys: KEYS }));
  apis.push(await startTestApi({ service: SERVICE, server: { authentication: 'none' } }));
});
beforeEach(() => (asked = []));
afterAll(() => Promise.all(apis.map((api) => api.close())));

async function ask(
  key: keyof typeof KEYS | null,
  { method, path, body }: Route,
): Promise<{ readonly status: number; readonly detail: string; readonly code: string }> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const headers = { 'content-type': 'application/json' };
  const api = apis[key === null ? 1 : 0]!;
  const response = await api.send(key, path, {
    ...{ method, ...sent },
    ...(body === undefined ? {} : { headers }),
  });
  const text = await response.text();
  const { detail = '', code = '' } = text.startsWith('{')
    ? (JSON.parse(text) as { detail?: string; code?: string })
    : {};
  return { status: response.status, detail, code };
}

describe('the tenant of a request', () => {
  it.each(ROUTES)('has to be named by a subject of several: $method $path', async (route) => {
    const several = await ask('two', route);
    expect([several.status, several.detail]).toEqual([
      400,
      "Name one of the subject's tenants, by ?tenant=: payments, shop.",
    ]);
    const all = await ask('all', route);
    expect([all.status, all.detail]).toEqual([
      400,
      'The subject has all tenants: name the one that is meant, by ?tenant=.',
    ]);
    expect(asked).toEqual([]);
  });

  it.each(ROUTES)('is the one of the query, whatever is sent: $method $path', async (route) => {
    for (const key of ['two', 'all'] as const) {
      const { code } = await ask(key, { ...route, path: `${route.path}?tenant=shop` });
      expect([key, code]).not.toEqual([key, 'invalid-request']);
    }
    expect(asked.length).toBeGreaterThanOrEqual(2);
    for (const call of asked) expect(call).toContain('"tenant":"shop"');
  });

  it.each(ROUTES)('is the only one of the subject: $method $path', async (route) => {
    await ask('one', route);
    expect(asked.length).toBeGreaterThan(0);
    for (const call of asked) expect(call).toContain('"tenant":"shop"');
  });

  it.each(ROUTES)('is `default` where nobody is asked who it is: $method $path', async (route) => {
    await ask(null, route);
    expect(asked.length).toBeGreaterThan(0);
    for (const call of asked) expect(call).toContain('default');
  });

  it.each(BODIES)('may stand in the body too, and is one: $method $path', async (route) => {
    const at = (tenant: string): string => `${route.path}?tenant=${tenant}`;
    const written = { ...route, body: { tenant: 'payments', ...route.body } };
    const conflict = await ask('two', { ...written, path: at('shop') });
    expect([conflict.status, conflict.detail]).toEqual([
      400,
      expect.stringMatching(/about the tenant shop, and the body about payments/),
    ]);
    expect(asked).toEqual([]);
    await ask('two', written);
    await ask('two', { ...written, path: at('payments') });
    expect(asked).toHaveLength(2);
    for (const call of asked) expect(call).toContain('"tenant":"payments"');
    const other = await ask('one', { ...route, path: at('payments') });
    expect([other.status, other.code]).toEqual([403, 'forbidden']);
  });
});
