import { inspect } from 'node:util';
import fc from 'fast-check';
import type { PopCoreCloud } from '../../src/cloud/pop-core-cloud';
import type { CallFailure, CreateAnswer } from '../../src/cloud/port';
import { classify } from '../../src/domain/classify';
import { createCall, createTestCloud, SECRETS } from '../unit/cloud/test-cloud';
import { anyCloudAnswer, type CloudAnswer } from './cloud-answers';
import { fuzz, toFuzzTimeoutMs } from './fuzz';
import { startRawServer, type RawServer } from './raw-server';

const PASSWORD = 'Pa55word-of-an-instance';
const TARGET = { account: 'prod', region: 'cn-hangzhou' };
const CALL_TIMEOUT_MS = 100;

/** Far beyond every time-out of a call: who still waits then, waits for ever. */
const HANGING_MS = 10_000;

let server: RawServer;
let cloud: PopCoreCloud;

beforeAll(async () => {
  server = await startRawServer();
});

afterAll(() => server.close());

beforeEach(() => {
  cloud = createTestCloud(server.url, {
    limits: {
      readTimeoutMs: CALL_TIMEOUT_MS,
      startPerSecond: Infinity,
      maxPerSecond: Infinity,
      minPerSecond: Infinity,
      retryAfterMaxMs: 0,
    },
  });
});

afterEach(() => cloud.close());

describe('whatever answers a create call', () => {
  const create = (answer: CloudAnswer): Promise<CreateAnswer> => {
    server.answer(answer);
    const body = { AutoPay: 'true', Instances: `[{"Password":"${PASSWORD}"}]` };
    return within(cloud.createInstances(createCall({ timeoutMs: CALL_TIMEOUT_MS, body })));
  };

  it(
    'is ids of an order, a refusal that the service wrote, or doubt; and never a secret',
    () =>
      fuzz(
        fc.asyncProperty(anyCloudAnswer(), async (answer) => {
          const created = await create(answer);
          expectNoSecret(created);
          if (created.kind === 'created') return expect(created.ids).toEqual(listIds(answer));
          expectFailure(created);
          const { class: errorClass, isUnexecuted } = created;
          if (errorClass === 'ambiguous' && !isUnexecuted) return;
          expect({ errorClass, isUnexecuted }).toEqual(toExpected(answer));
        }),
        100,
      ),
    toFuzzTimeoutMs(60_000),
  );
});

describe('whatever answers the other calls', () => {
  const CALLS = {
    describe: () => cloud.describeInstances({ ...TARGET, ids: ['r-1'], engine: 'Redis' }),
    search: () => cloud.searchInstances({ ...TARGET, nameTag: 'tag', engine: 'Redis' }),
    count: () => cloud.countInstances({ ...TARGET, nameTag: 'tag', engine: 'Redis' }),
    password: () =>
      cloud.resetPassword({ ...TARGET, id: 'r-1', password: { reveal: () => PASSWORD } }),
    tags: () => cloud.tagInstances({ ...TARGET, ids: ['r-1'], tags: { a: 'b' } }),
    whitelist: () => cloud.setSecurityIps({ ...TARGET, id: 'r-1', ips: ['10.0.0.1'] }),
    release: () => cloud.deleteInstance({ ...TARGET, id: 'r-1' }),
  };

  it.each(Object.entries(CALLS))(
    'is a value of %s, or a typed failure without a secret',
    (_name, call) =>
      fuzz(
        fc.asyncProperty(anyCloudAnswer(), async (answer) => {
          server.answer(answer);
          const answered = await within<Awaited<ReturnType<typeof call>>>(call());
          expectNoSecret(answered);
          expect(answered.calls).toBeLessThan(10);
          if (answered.kind === 'failed') return expectFailure(answered);
          expect(answered.calls).toBeGreaterThan(0);
          expect(answer.status).toBeLessThan(300);
        }),
        15,
      ),
    toFuzzTimeoutMs(60_000),
  );
});

function expectFailure(failure: CallFailure): void {
  expect(failure.code).toMatch(/^[A-Za-z][\w.-]{0,99}$/);
  expect(failure.message).toMatch(/^[\x20-\x7e]{10,500}$/);
  expect(failure.requestId ?? 'none').toMatch(/^[\w-]{1,64}$/);
}

function expectNoSecret(value: unknown): void {
  const text = inspect(value, { depth: 20, maxStringLength: null, showHidden: true });
  for (const secret of [...Object.values(SECRETS), PASSWORD, 'Signature=']) {
    expect(text).not.toContain(secret);
  }
}

/** The ids of an order, read by other code than that under test. */
function listIds({ body }: CloudAnswer): readonly unknown[] {
  const order = JSON.parse(body.toString('utf8')) as { InstanceIds: { InstanceId: unknown[] } };
  return [...new Set(order.InstanceIds.InstanceId)];
}

/** What the code of an answer means; an answer that names ids as well is no refusal. */
function toExpected({ body, status }: CloudAnswer): object {
  const { Code: code, InstanceIds: ids } = JSON.parse(body.toString('utf8')) as {
    Code: string;
    InstanceIds?: unknown;
  };
  const verdict = classify({ code, httpStatus: status });
  expect(ids).toBeUndefined();
  expect(code).toMatch(/^[A-Z]/);
  return { errorClass: verdict.class, isUnexecuted: verdict.isUnexecuted };
}

function within<T>(call: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('hangs')), HANGING_MS);
    call.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
