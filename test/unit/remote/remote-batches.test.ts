import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRemoteBatches } from '../../../src/remote/remote-batches';
import { createResultDocument } from '../../support/result-document';
import { KEY } from '../../support/service-fixture';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server;
let answer: Answer;
let url: string;
beforeAll(async () => {
  server = createServer((request, response) => answer(request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((done) => server.close(done)));

const createBatches = () => createRemoteBatches({ url, key: 'tfk_1' });

function send(status: number, body: string | object, type = 'application/problem+json'): Answer {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': type, connection: 'close' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

const problem = (status: number, code: string) =>
  send(status, { code, detail: 'Something is wrong.', requestId: 'request-1' });

describe('failures of the facade over the HTTP API', () => {
  it.each([
    [404, 'not-found', 'not-found'],
    [409, 'refused', 'refused'],
    [422, 'conflict', 'conflict'],
    [401, 'unauthenticated', 'unauthenticated'],
    [403, 'forbidden', 'forbidden'],
    [429, 'rate-limited', 'rate-limited'],
    [503, 'no-worker', 'no-worker'],
    [503, 'no-keys', 'no-server'],
    [500, 'unexpected', 'unexpected'],
    [418, 'a-code-of-next-year', 'unexpected'],
  ])('takes a problem document %i %s as %s', async (status, code, meant) => {
    answer = problem(status, code);
    const found = await createBatches().status(KEY);
    expect(found).toMatchObject({ ok: false, code: meant });
    expect(found).toMatchObject({
      message: expect.stringContaining('Something is wrong.') as string,
    });
  });

  it.each([
    ['asked about', () => createBatches().status({ ...KEY, tenant: 'default' })],
    ['read', () => createBatches().result({ ...KEY, tenant: 'default' })],
    ['retried', () => createBatches().retry({ ...KEY, tenant: 'default' }, {})],
  ])(
    'says of a batch without a tenant that is not there how to name one when it is %s',
    async (...row) => {
      answer = problem(404, 'not-found');
      const hint = `If the tenant of your key is another one, name it: tenant/${KEY.batchId}.`;
      expect(await row[1]()).toMatchObject({ message: `Something is wrong. ${hint}` });
    },
  );

  it('says nothing more of a batch whose tenant was named', async () => {
    answer = problem(404, 'not-found');
    const named = { ...KEY, tenant: 'payments' };
    expect(await createBatches().status(named)).toMatchObject({ message: 'Something is wrong.' });
  });

  it('names the request that whoever runs the server has to look for', async () => {
    answer = problem(500, 'unexpected');
    expect(await createBatches().result(KEY)).toMatchObject({
      message: `Something is wrong. (request request-1 at ${url})`,
    });
  });

  it('tells a proxy whose server is away from what is no tairfleet server at all', async () => {
    answer = send(502, '<html>Bad Gateway</html>', 'text/html');
    expect(await createBatches().list({ limit: 1 })).toMatchObject({ code: 'no-server' });
    for (const [status, body] of [
      [200, '<html>Welcome</html>'],
      [404, 'not here'],
      [200, '"text"'],
    ] as const) {
      answer = send(status, body, 'text/html');
      expect(await createBatches().list({ limit: 1 })).toMatchObject({
        code: 'unexpected',
        message: expect.stringContaining('is no tairfleet server') as string,
      });
    }
  });

  it('says that nobody answers, and why', async () => {
    const batches = createRemoteBatches({ url: 'http://127.0.0.1:2', key: null });
    expect(await batches.status(KEY)).toMatchObject({
      code: 'no-server',
      message: expect.stringContaining('ECONNREFUSED') as string,
    });
    answer = (request) => request.socket.destroy();
    expect(await createBatches().status(KEY)).toMatchObject({ code: 'no-server' });
  });
});

describe('watching over the HTTP API', () => {
  it('waits through what may pass, and ends with what no waiting mends', async () => {
    const answers = [
      problem(503, 'no-server'),
      problem(429, 'rate-limited'),
      problem(401, 'unauthenticated'),
    ];
    answer = (request, response) => answers.shift()?.(request, response);
    const kinds: string[] = [];
    for await (const event of createBatches().watch(KEY, { intervalMinMs: 1 }))
      kinds.push(event.kind);
    expect(kinds).toEqual(['waiting', 'waiting', 'failed']);
  });
});

describe('instances over the HTTP API', () => {
  const counts = { slots: 2, ready: 2 };
  const finished = {
    document: createResultDocument({ counts: { ...createResultDocument().counts, ...counts } }),
    ...{ location: null, instancesLocation: null },
  };
  const line = (slot: number) => `${JSON.stringify({ slot, id: `r-${slot}`, state: 'ready' })}\n`;

  async function read(): Promise<number> {
    const opened = await createBatches().instances(finished);
    if (!opened.ok) throw new Error(opened.message);
    let count = 0;
    for await (const { slot } of opened.value) count += slot >= 0 ? 1 : 0;
    return count;
  }

  it('reads a line an instance, however the lines are cut on the way', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      response.write(line(0).slice(0, 7));
      setImmediate(() => response.end(`${line(0).slice(7)}${line(1)}`));
    };
    expect(await read()).toBe(2);
  });

  it('never takes a part of the list for the whole', async () => {
    answer = send(200, line(0), 'application/x-ndjson');
    await expect(read()).rejects.toThrow('the list was cut');
    answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      response.write(line(0), () => response.destroy());
    };
    await expect(read()).rejects.toThrow();
  });
});
