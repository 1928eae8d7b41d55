import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { BatchService } from '../../../src/service/batch-service';
import { createFailure, createSuccess } from '../../../src/service/service-result';
import { startTestApi, toTestKey, type TestApi } from '../../support/api-server';
import { runFakeCli, type CliRun } from '../../support/fake-cli';
import { writeSchedule } from '../../support/schedule-samples';
import { createTempFolder } from '../../support/temp-folder';
import { createTestRequest } from '../../support/test-request';

/** Whose things a command over the HTTP API speaks of that names no tenant. */

const folder = createTempFolder();
const file = join(folder.path, 'batch.json');
const schedules = join(folder.path, 'schedules.json');
const KEYS = {
  payments: { role: 'operator', tenants: ['payments'] },
  both: { role: 'operator', tenants: ['default', 'payments'] },
  root: { role: 'operator', tenants: ['*'] },
} as const;

/** Tenants of what the service was asked for, with the name of the question. */
let asked: string[];
const note = (what: string, tenant: string): void => void asked.push(`${what} ${tenant}`);
const unknown = createFailure('not-found', 'There is none.');
const SERVICE: Partial<BatchService> = {
  status: ({ tenant }) => (note('status', tenant), Promise.resolve(unknown)),
  result: ({ tenant }) => (note('result', tenant), Promise.resolve(unknown)),
  act: ({ tenant }, { name }) => (note(name, tenant), Promise.resolve(unknown)),
  retry: ({ tenant }) => (note('retry', tenant), Promise.resolve(unknown)),
  schedule: ({ tenant }) => (note('schedule', tenant), Promise.resolve(unknown)),
  triggerSchedule: ({ tenant }) => (note('trigger', tenant), Promise.resolve(unknown)),
  apply: ({ request: { tenant, batchId } }) => {
    note('apply', tenant);
    const workflowId = `batch/${tenant}/${batchId}`;
    return Promise.resolve(createSuccess({ kind: 'started', workflowId, runId: 'r' }));
  },
  applySchedules: ({ file: { tenant, schedules: all } }) => {
    note('applySchedules', `${tenant} ${all[0]!.request.tenant}`);
    return Promise.resolve(createSuccess({ tenant, steps: [] }));
  },
};

let api: TestApi;
beforeAll(async () => {
  const batch = { apiVersion: 'tairfleet/v1', batchId: 'b-1', ...createTestRequest(1) };
  writeFileSync(file, JSON.stringify(batch));
  const written = { apiVersion: 'tairfleet/schedules/v1', schedules: [writeSchedule('nightly')] };
  writeFileSync(schedules, JSON.stringify(written));
  api = await startTestApi({ service: SERVICE as BatchService, keys: KEYS });
});
beforeEach(() => void (asked = []));
afterAll(async () => {
  await api.close();
  folder.remove();
});

function run(key: string, argv: readonly string[], url: string = api.url): Promise<CliRun> {
  const env = { TAIRFLEET_SERVER: url, TAIRFLEET_API_KEY: toTestKey(key) };
  const openFailure = createFailure('unexpected', 'It asked Temporal.');
  return runFakeCli(argv, { openFailure, context: { env } });
}

const COMMANDS: readonly (readonly [readonly string[], string])[] = [
  [['status', 'b-1'], 'status'],
  [['describe', 'b-1'], 'status'],
  [['watch', 'b-1'], 'status'],
  [['result', 'b-1'], 'result'],
  [['instances', 'b-1'], 'result'],
  [['retry', 'b-1'], 'retry'],
  [['cancel', 'b-1'], 'cancel'],
  [['schedule', 'next', 'nightly'], 'schedule'],
  [['schedule', 'trigger', 'nightly'], 'trigger'],
];
const toOrder = () => ['apply', file, '--detach'];

describe('a command over the HTTP API that names no tenant', () => {
  it.each(COMMANDS)('means the only tenant of the key: %j', async (argv, what) => {
    await run('payments', argv);
    expect(asked).toEqual([`${what} payments`]);
  });

  it.each(COMMANDS)('means default by a key of all tenants: %j', async (argv, what) => {
    await run('root', argv);
    expect(asked).toEqual([`${what} default`]);
  });

  it.each([...COMMANDS.map(([argv]) => argv), ['schedule', 'apply', schedules], toOrder()])(
    'is refused by a key of several tenants, even where one of them is default: %s %s',
    async (...argv) => {
      const { exitCode, stderr } = await run('both', argv);
      expect([exitCode, asked]).toEqual([64, []]);
      expect(stderr).toContain('The key is of several tenants (default, payments)');
    },
  );
});

describe('apply over the HTTP API', () => {
  it('says for whom it orders before it does, where the key alone tells', async () => {
    const { exitCode, stdout, stderr } = await run('payments', toOrder());
    expect([exitCode, asked, stdout]).toEqual([0, ['apply payments'], 'started payments/b-1\n']);
    expect(stderr).toMatch(
      /^Ordering payments\/b-1: the request names no tenant, and the key is of/,
    );
  });

  it('says nothing of it where the request names its tenant, or it is default', async () => {
    const named = await run('both', [...toOrder(), '--tenant', 'payments']);
    const byRoot = await run('root', toOrder());
    expect(asked).toEqual(['apply payments', 'apply default']);
    for (const { stderr } of [named, byRoot]) expect(stderr).not.toContain('Ordering');
  });

  it('of schedules is for the tenant of the key too, and every batch of theirs', async () => {
    const { exitCode, stderr } = await run('payments', ['schedule', 'apply', schedules]);
    expect([exitCode, asked]).toEqual([0, ['applySchedules payments payments']]);
    expect(stderr).toMatch(/^Applying for payments: the file names no tenant/);
  });
});

/** A server that answers as it is told, and keeps what was ordered. */
describe('the tenant that was shown', () => {
  let server: Server;
  let url: string;
  let me: readonly [number, object];
  const bodies: Record<string, unknown>[] = [];
  const queries: string[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      const [status, body] = request.url === '/v1/me' ? me : [404, problem('not-found')];
      const type = status === 200 ? 'application/json' : 'application/problem+json';
      if (request.url !== '/v1/me') queries.push(request.url!);
      let text = '';
      request.on('data', (part: Buffer) => (text += part.toString()));
      request.on('end', () => {
        if (text !== '') bodies.push(JSON.parse(text) as Record<string, unknown>);
        response.writeHead(status, { 'content-type': type, connection: 'close' });
        response.end(JSON.stringify(body));
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => void (bodies.length = queries.length = 0));
  afterAll(() => new Promise((done) => server.close(done)));

  const problem = (code: string) => ({ code, detail: 'No.', requestId: 'r' });

  it('stands in what is sent, whatever becomes of the key in between', async () => {
    me = [200, { subject: 'key:ci', role: 'operator', tenants: ['payments'] }];
    await run('payments', toOrder(), url);
    await run('payments', ['plan', file], url);
    await run('payments', ['schedule', 'apply', schedules], url);
    expect(bodies.map(({ tenant }) => tenant)).toEqual(['payments', 'payments', 'payments']);
  });

  it('is left to a server that does not tell, as before there was the question', async () => {
    me = [404, problem('no-such-route')];
    await run('payments', toOrder(), url);
    expect(bodies).toEqual([expect.not.objectContaining({ tenant: expect.anything() as unknown })]);
    const { exitCode, stderr } = await run('payments', ['status', 'b-1'], url);
    expect([exitCode, queries.at(-1)]).toEqual([
      66,
      expect.stringContaining('/v1/batches/b-1?tenant=default'),
    ]);
    expect(stderr).toContain('If the tenant of your key is another one, name it: tenant/b-1.');
  });

  it.each([
    [[503, problem('no-keys')] as const, 69],
    [[401, problem('unauthenticated')] as const, 77],
    [[200, { subject: 'jwt:ada', role: 'operator', tenants: [] }] as const, 64],
  ])('cannot be guessed, so nothing is sent when it is not to be had: %j', async (answer, code) => {
    me = answer;
    for (const argv of [toOrder(), ['cancel', 'b-1'], ['schedule', 'apply', schedules]]) {
      expect([(await run('payments', argv, url)).exitCode, queries]).toEqual([code, []]);
    }
  });
});
