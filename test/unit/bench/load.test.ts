import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runProgram } from '../../../src/local/run-program';
import { ROOT } from '../../support/repository';

/** Answers `/refused/…` with 503 and all else with 200, and counts. */
let server: Server;
let url = '';
let busy = 0;
let busyMost = 0;
const paths: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    busyMost = Math.max(busyMost, ++busy);
    paths.push(request.url!);
    setImmediate(() => {
      busy -= 1;
      response.writeHead(request.url!.startsWith('/refused') ? 503 : 200).end('so');
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

beforeEach(() => {
  paths.length = 0;
  busyMost = 0;
});

afterAll(() => new Promise((closed) => server.close(closed)));

/** The benchmarks are ES modules, which a test has to run as the program they are. */
async function runLoad(load: {
  connections: number;
  seconds: number;
  callsMax: number | null;
  path: string;
}): Promise<Record<string, unknown>> {
  const module = pathToFileURL(join(ROOT, 'bench/load.mjs')).href;
  const { path, callsMax, ...rest } = load;
  const program = `
    import { runLoad } from ${JSON.stringify(module)};
    const figures = await runLoad(${JSON.stringify(url)}, {
      ...${JSON.stringify(rest)},
      callsMax: ${callsMax ?? Infinity},
      toRequest: (index) => ({ method: 'GET', path: ${JSON.stringify(path)} + index }),
      isWanted: ({ status, body }) => status === 200 && body === 'so',
    });
    console.log(JSON.stringify(figures));`;
  const args = ['--input-type=module', '--eval', program];
  const run = await runProgram(process.execPath, args, { timeoutMs: 20_000 });
  if (!run.ok) throw new Error(run.stderr);
  return JSON.parse(run.stdout) as Record<string, unknown>;
}

describe('the load of a benchmark', () => {
  it('ends at the greatest count and sends the request of each index once', async () => {
    const figures = await runLoad({ connections: 3, seconds: 20, callsMax: 10, path: '/' });
    expect(paths.sort()).toEqual(Array.from({ length: 10 }, (_, index) => `/${index}`));
    expect(figures).toEqual({
      count: 10,
      perSecond: expect.any(Number),
      p50Ms: expect.any(Number),
      p99Ms: expect.any(Number),
      unwanted: [],
    });
    expect(figures['p99Ms']).toBeGreaterThanOrEqual(figures['p50Ms'] as number);
  });

  it('ends when the time is over, however many there could be', async () => {
    const figures = await runLoad({ connections: 2, seconds: 0.2, callsMax: null, path: '/' });
    expect(figures['count']).toBe(paths.length);
    expect(busyMost).toBeLessThanOrEqual(2);
  });

  it('keeps every connection busy', async () => {
    await runLoad({ connections: 5, seconds: 20, callsMax: 200, path: '/' });
    expect(busyMost).toBeGreaterThan(1);
    expect(busyMost).toBeLessThanOrEqual(5);
  });

  it('counts and times only what is as wanted, and keeps the rest to be told', async () => {
    const load = { connections: 1, seconds: 20, callsMax: 2, path: '/refused/' };
    expect(await runLoad(load)).toEqual({
      count: 0,
      perSecond: 0,
      p50Ms: null,
      p99Ms: null,
      unwanted: [
        { status: 503, body: 'so' },
        { status: 503, body: 'so' },
      ],
    });
  });
});
