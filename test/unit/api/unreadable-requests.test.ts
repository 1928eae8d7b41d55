import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { BatchService } from '../../../src/service/batch-service';
import { createSuccess } from '../../../src/service/service-result';
import { startTestApi, toTestKey } from '../../support/api-server';
import type { TestApi } from '../../support/api-server';

/** What never becomes a request, over sockets. */

const TIMEOUT_MS = 500;
const KEYS = { ci: { role: 'operator', tenants: ['payments'] } } as const;
const SERVICE = {
  list: () => Promise.resolve(createSuccess({ batches: [], isCut: false })),
} as Partial<BatchService> as BatchService;

const apis: TestApi[] = [];
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const api of apis.splice(0)) await api.close();
});

async function start(requestTimeoutMs: number): Promise<TestApi> {
  const api = await startTestApi({ service: SERVICE, keys: KEYS, server: { requestTimeoutMs } });
  apis.push(api);
  return api;
}

const HEAD = `POST /v1/batches HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${toTestKey('ci')}\r\n`;
const STALLED: readonly (readonly [string, string])[] = [
  ['body', `${HEAD}content-type: application/json\r\ncontent-length: 100\r\n\r\n{`],
  ['headers', HEAD],
];

async function open({ url }: TestApi, text: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => {});
  await once(socket, 'connect');
  await new Promise((done) => socket.write(text, done));
  return socket;
}

/** Everything until the server ends the connection. */
async function readAll(socket: Socket): Promise<string> {
  let text = '';
  for await (const piece of socket.setEncoding('utf8')) text += piece as string;
  return text;
}

function toAnswer(text: string) {
  const [head = '', body = ''] = text.split('\r\n\r\n');
  const [first, ...headers] = head.split('\r\n');
  const named = headers.map((line) => line.toLowerCase().split(': ') as [string, string]);
  return {
    status: Number(first?.split(' ')[1]),
    headers: Object.fromEntries(named) as Readonly<Record<string, string>>,
    body: JSON.parse(body) as Readonly<Record<string, unknown>>,
  };
}

describe('a request that does not arrive', () => {
  it.each(STALLED)('in its time is answered 408, whatever stalls: %s', async (_what, text) => {
    const api = await start(TIMEOUT_MS);
    const sentAtMs = performance.now();
    const { status, headers, body } = toAnswer(await readAll(await open(api, text)));
    expect(performance.now() - sentAtMs).toBeLessThan(10_000);
    expect([status, headers['content-type']]).toEqual([408, 'application/problem+json']);
    expect(body).toMatchObject({ code: 'request-timeout', requestId: headers['x-request-id'] });
    expect(api.log).toContainEqual(
      expect.objectContaining({ event: 'request-unreadable', httpStatus: 408 }),
    );
  });

  it.each(STALLED)('does not keep a server from stopping: %s', async (_what, text) => {
    const api = await start(60_000);
    const ended = readAll(await open(api, text)).catch(() => '');
    // Whoever is answered came after it.
    expect((await api.send('ci', '/v1/batches')).status).toBe(200);
    const stoppedAtMs = performance.now();
    await apis.pop()!.close();
    expect(performance.now() - stoppedAtMs).toBeLessThan(10_000);
    await ended;
  });
});

describe('what cannot be read', () => {
  it('is told with a problem document when the address is no URL', async () => {
    const api = await start(TIMEOUT_MS);
    for (const path of ['/v1/batches/%zz', `/v1/batches/${'x'.repeat(300)}`]) {
      const response = await api.send('ci', path);
      expect([path, response.status]).toEqual([path, 400]);
      expect(response.headers.get('content-type')).toContain('application/problem+json');
      const text = await response.text();
      expect(text).not.toContain('FST_');
      const { code, requestId } = JSON.parse(text) as Record<string, unknown>;
      expect(code).toBe('invalid-request');
      expect(response.headers.get('x-request-id')).toBe(requestId);
      expect(response.headers.get('cache-control')).toBe('no-store');
    }
  });

  it.each([
    ['BLA\r\n\r\n', 400, 'invalid-request'],
    [`${HEAD}x: ${'y'.repeat(20_000)}\r\n\r\n`, 431, 'headers-too-large'],
  ] as const)('is told with a problem document when it is no HTTP', async (text, status, code) => {
    const api = await start(60_000);
    const answer = toAnswer(await readAll(await open(api, text)));
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.headers['x-request-id']).toBe(answer.body['requestId']);
  });
});
