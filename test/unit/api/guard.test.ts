import { rmSync, writeFileSync } from 'node:fs';
import type { BatchService } from '../../../src/service/batch-service';
import { createFailure, createSuccess } from '../../../src/service/service-result';
import { startTestApi, toKeysText } from '../../support/api-server';
import type { TestApi, TestKey } from '../../support/api-server';
import { waitFor } from '../../support/wait-for';

const EVERYBODY: Readonly<Record<string, TestKey>> = {
  viewer: { role: 'viewer', tenants: ['payments'] },
  operator: { role: 'operator', tenants: ['payments', 'games'] },
  old: { role: 'admin', tenants: ['*'], expires: '2020-01-01T00:00:00Z' },
};

const apis: TestApi[] = [];
afterEach(async () => {
  for (const api of apis.splice(0)) await api.close();
});

async function start(options: Partial<Parameters<typeof startTestApi>[0]> = {}): Promise<TestApi> {
  const service = {
    list: () => Promise.resolve(createSuccess({ batches: [], isCut: false })),
    pollers: () => Promise.resolve(createSuccess([])),
    ...options.service,
  } as BatchService;
  const api = await startTestApi({ keys: EVERYBODY, ...options, service });
  apis.push(api);
  return api;
}

async function statusOf(api: TestApi, name: string | null, path: string): Promise<number> {
  return (await api.send(name, path)).status;
}

describe('who is let in', () => {
  it('is nobody without a valid key, whatever the address', async () => {
    const api = await start();
    const paths = ['/v1/batches', '/v1/batches/b', '/v1/batches/b/result', '/v2', '/'];
    for (const path of paths) {
      for (const name of [null, 'stranger', 'old']) {
        const response = await api.send(name, path);
        expect([path, name, response.status]).toEqual([path, name, 401]);
        expect(response.headers.get('www-authenticate')).toBe('Bearer');
        expect(await response.json()).toMatchObject({ code: 'unauthenticated', status: 401 });
      }
    }
    expect(await statusOf(api, 'viewer', '/v1/batches')).toBe(200);
    expect(await statusOf(api, 'viewer', '/v2')).toBe(404);
  });

  it('is told in the log when it is not, and why, without the key', async () => {
    const api = await start();
    const response = await api.send('stranger', '/v1/batches');
    const { requestId } = (await response.json()) as { requestId: string };
    expect(api.log).toContainEqual(
      expect.objectContaining({ event: 'credential-refused', requestId, reason: 'unknown-key' }),
    );
    const headers = { authorization: 'Bearer a.b.c' };
    expect((await api.send(null, '/v1/batches', { headers })).status).toBe(401);
    expect(api.log).toContainEqual(expect.objectContaining({ reason: 'unsupported' }));
    expect(JSON.stringify(api.log)).not.toContain('tfk_');
  });

  it('is told which claim a genuine token lacks', async () => {
    const refusal = { reason: 'claim', claim: 'tairfleet_role', isGenuine: true } as const;
    const api = await start({ authenticate: () => Promise.resolve(refusal) });
    const response = await api.send(null, '/v1/batches');
    expect([response.status, await response.json()]).toMatchObject([
      403,
      { code: 'forbidden', detail: expect.stringContaining('its claim tairfleet_role is missing') },
    ]);
    expect(api.log).toContainEqual(
      expect.objectContaining({ event: 'credential-refused', claim: 'tairfleet_role' }),
    );
  });

  it('is everybody for health and description, which say nothing about batches', async () => {
    const api = await start();
    for (const path of ['/healthz', '/readyz', '/openapi.json', '/docs']) {
      expect([path, await statusOf(api, null, path)]).toEqual([path, 200]);
    }
  });

  it('is told by no metric: a request is measured by its route, and what has none by nothing', async () => {
    const api = await start();
    await statusOf(api, 'viewer', '/v1/batches/secret-name?tenant=games');
    await statusOf(api, null, '/secret-path');
    const measured = api.written.map((line) => line.replace(/ \S+$/, ''));
    const name = 'tairfleet_http_request_duration';
    await waitFor(
      () => api.written.length,
      (count) => count === 2,
    );
    expect(measured).toEqual([
      `${name}{method="GET",route="/v1/batches/{batchId}",status="404"}`,
      `${name}{method="none",route="none",status="401"}`,
    ]);
  });

  it('changes with the keys file: a key that is taken out is refused within a second', async () => {
    const api = await start();
    expect(await statusOf(api, 'viewer', '/v1/batches')).toBe(200);
    writeFileSync(api.keysFile, toKeysText({ other: EVERYBODY['viewer']! }));
    await waitFor(
      () => statusOf(api, 'viewer', '/v1/batches'),
      (status) => status === 401,
      3_000,
    );
    expect(await statusOf(api, 'other', '/v1/batches')).toBe(200);
  });

  it('stays as it was when the keys file breaks, and is nobody when it is gone', async () => {
    const api = await start();
    expect(await statusOf(api, 'viewer', '/v1/batches')).toBe(200);
    writeFileSync(api.keysFile, 'keys: [ { name: x, sha256: no } ]');
    const logged = () => api.log.map(({ error }) => String(error)).join();
    await waitFor(
      async () => (await statusOf(api, 'viewer', '/v1/batches')) === 200 && logged(),
      (text) => String(text).includes('the keys before stay in force'),
      3_000,
    );
    rmSync(api.keysFile);
    await waitFor(
      () => statusOf(api, 'viewer', '/v1/batches'),
      (status) => status === 401,
      3_000,
    );
  });

  it('is the host alone where there is no authentication', async () => {
    const api = await start({ server: { authentication: 'none' } });
    expect(await statusOf(api, null, '/v1/batches')).toBe(200);
    const { port } = new URL(api.url);
    const { request } = await import('undici');
    const rebound = await request(`${api.url}/v1/batches`, {
      headers: { host: `evil.example:${port}` },
    });
    expect(rebound.statusCode).toBe(403);
  });

  it('asks a subject with several tenants which one it means', async () => {
    const api = await start();
    expect(await statusOf(api, 'operator', '/v1/batches')).toBe(400);
    expect(await statusOf(api, 'operator', '/v1/batches?tenant=games')).toBe(200);
    expect(await statusOf(api, 'operator', '/v1/batches?tenant=other')).toBe(403);
  });
});

describe('what goes wrong', () => {
  it('is told without what was not meant for the client, and logged with the id', async () => {
    const secret = 'password=hunter2 at 10.0.0.7';
    const api = await start({
      service: {
        list: () => Promise.reject(new Error(secret)),
        status: () => Promise.resolve(createFailure('unexpected', secret)),
      } as never,
    });
    for (const path of ['/v1/batches', '/v1/batches/b']) {
      const response = await api.send('viewer', path);
      const text = await response.text();
      expect(response.status).toBe(500);
      expect(response.headers.get('content-type')).toContain('application/problem+json');
      expect(text).not.toContain('hunter2');
      const { requestId } = JSON.parse(text) as { requestId: string };
      expect(response.headers.get('x-request-id')).toBe(requestId);
      expect(api.log.find((line) => line['requestId'] === requestId)).toBeDefined();
    }
    expect(JSON.stringify(api.log)).toContain('hunter2');
  });

  it.each([
    ['no-server', 503, '5'],
    ['no-worker', 503, '10'],
    ['not-finished', 409, null],
    ['broken-run', 409, null],
  ] as const)('%s is %i', async (code, status, retryAfter) => {
    const result = () => Promise.resolve(createFailure(code, 'because'));
    const api = await start({ service: { result } as never });
    const response = await api.send('viewer', '/v1/batches/b/result');
    expect([response.status, response.headers.get('retry-after')]).toEqual([status, retryAfter]);
    expect(await response.json()).toMatchObject({ code, type: `urn:tairfleet:problem:${code}` });
  });

  it('in a body is told with its place, and nothing is sent', async () => {
    const api = await start();
    const send = (body: string, type = 'application/yaml') =>
      api.send('operator', '/v1/batches', {
        method: 'POST',
        headers: { 'content-type': type },
        body,
      });
    const typo = await send('apiVersion: tairfleet/v1\nbatchId: b\ngroupz: []\n');
    expect(typo.status).toBe(422);
    expect(await typo.json()).toMatchObject({
      code: 'invalid-input',
      problems: expect.arrayContaining([
        expect.objectContaining({ path: 'groupz', code: 'unknown-key', line: 3, column: 1 }),
      ]),
    });
    const statuses = [
      (await send('{', 'application/json')).status,
      (await send('x', 'text/plain')).status,
      (await send('')).status,
      (await send(`# ${'x'.repeat(1024 * 1024)}`)).status,
    ];
    expect(statuses).toEqual([422, 415, 422, 413]);
  });

  it('is nothing with HEAD where GET is: the same answer without its body', async () => {
    const api = await start();
    for (const path of ['/healthz', '/readyz', '/docs', '/openapi.json', '/v1/batches']) {
      const got = await api.send('viewer', path);
      const head = await api.send('viewer', path, { method: 'HEAD' });
      expect([path, head.status, await head.text()]).toEqual([path, 200, '']);
      expect(head.headers.get('content-type')).toBe(got.headers.get('content-type'));
    }
    expect((await api.send(null, '/v1/batches', { method: 'HEAD' })).status).toBe(401);
  });

  it('with a method that the address does not take is told which ones it takes', async () => {
    const api = await start();
    const response = await api.send('viewer', '/v1/batches/b', { method: 'DELETE' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect(await response.json()).toMatchObject({ code: 'method-not-allowed', status: 405 });
    const both = await api.send('viewer', '/v1/batches', { method: 'QUERY' });
    expect([both.status, both.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
    const open = await api.send(null, '/healthz', { method: 'POST' });
    expect([open.status, open.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    const stream = await api.send('viewer', '/v1/batches/b/events', { method: 'HEAD' });
    expect([stream.status, stream.headers.get('allow')]).toEqual([405, 'GET']);
    const stranger = await api.send(null, '/v1/batches/b', { method: 'DELETE' });
    expect([stranger.status, stranger.headers.get('allow')]).toEqual([401, null]);
  });

  it('too often is limited by subject, and the others go on', async () => {
    const api = await start({ server: { requestsPerMinute: 3 } });
    const statuses = [];
    for (let sent = 0; sent < 4; sent += 1) {
      statuses.push(await statusOf(api, 'viewer', '/v1/batches'));
    }
    expect(statuses).toEqual([200, 200, 200, 429]);
    const limited = await api.send('viewer', '/v1/batches');
    expect(await limited.json()).toMatchObject({ code: 'rate-limited' });
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await statusOf(api, 'operator', '/v1/batches?tenant=games')).toBe(200);
    expect(await statusOf(api, null, '/healthz')).toBe(200);
    const strangers = [];
    for (let sent = 0; sent < 4; sent += 1) strangers.push(await statusOf(api, null, '/v2'));
    expect(strangers).toEqual([401, 401, 401, 429]);
  });
});

describe('a server that stops', () => {
  it('ends its streams, and does not wait for them', async () => {
    async function* watch(_key: unknown, { signal }: { signal: AbortSignal }) {
      yield { kind: 'waiting', failure: createFailure('no-worker', 'none') } as const;
      await new Promise((done) => signal.addEventListener('abort', done, { once: true }));
    }
    const api = await start({ service: { watch } as never });
    const response = await api.send('viewer', '/v1/batches/b/events');
    const text = response.text();
    await apis.pop()!.close();
    expect(await text).toContain('event: waiting');
  });

  it('refuses one stream more than it may have', async () => {
    async function* watch(_key: unknown, { signal }: { signal: AbortSignal }) {
      yield { kind: 'waiting', failure: createFailure('no-worker', 'none') } as const;
      await new Promise((done) => signal.addEventListener('abort', done, { once: true }));
    }
    const api = await start({ service: { watch } as never, server: { streamsMax: 1 } });
    const controller = new AbortController();
    const first = await api.send('viewer', '/v1/batches/b/events', { signal: controller.signal });
    expect(first.status).toBe(200);
    expect(await statusOf(api, 'viewer', '/v1/batches/b/events')).toBe(503);
    controller.abort();
    const second = await waitFor(
      async () => {
        const response = await api.send('viewer', '/v1/batches/b/events');
        return response;
      },
      ({ status }) => status === 200,
      3_000,
    );
    await second.body?.cancel();
  });
});
