import { once } from 'node:events';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { connect } from 'node:net';
import { startEmulator } from '../../../src/emulator/main';
import type { RunningEmulator } from '../../../src/emulator/main';
import type { Json } from './api-client';

const MEGABYTE = 1024 * 1024;

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly json: Json;
}

function get(url: string, ca: string | undefined): Promise<Answer> {
  const request = url.startsWith('https') ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sent = request(url, { ca }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        const json = JSON.parse(Buffer.concat(parts).toString());
        resolve({ status: response.statusCode, headers: response.headers, json });
      });
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('a URL larger than the server takes', () => {
  let emulator: RunningEmulator;
  beforeAll(async () => {
    emulator = await startEmulator({ tls: {} });
  });
  afterAll(() => emulator.close());

  it.each([
    [1, 'http'],
    [8, 'http'],
    [8, 'https'],
  ])('by %i MB is refused over %s in words that say what to do', async (megabytes, scheme) => {
    const { url, tlsUrl = '', caCertificate } = emulator;
    const host = scheme === 'http' ? url : tlsUrl;
    const text = 'x'.repeat(MEGABYTE * (1 + megabytes));
    const { status, headers, json } = await get(`${host}/?Instances=${text}`, caCertificate);
    expect([status, json.Code]).toEqual([431, 'RequestHeaderFieldsTooLarge']);
    expect(json.Message).toContain('form body');
    expect(headers).toMatchObject({ connection: 'close', 'x-acs-request-id': json.RequestId });
  });

  it('is taken to its end, so that a client which sends first and reads later reads the answer', async () => {
    const { hostname, port } = new URL(emulator.url);
    const socket = connect(Number(port), hostname);
    const sent = new Promise((resolve) => {
      socket.write(`GET /?Instances=${'x'.repeat(16 * MEGABYTE)}`, resolve);
    });
    expect(await sent).toBeFalsy();
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1.1 431 /);
    socket.destroy();
  });

  it('is the end of its connection only', async () => {
    await get(`${emulator.url}/?Instances=${'x'.repeat(2 * MEGABYTE)}`, undefined);
    expect((await fetch(`${emulator.url}/_emulator/stats`)).status).toBe(200);
  });
});
