import type { PopCoreCloud } from '../../../src/cloud/pop-core-cloud';
import { answerJson, createdBody, HANG, pageBody, startScriptedServer } from './scripted-server';
import type { ScriptedServer } from './scripted-server';
import { createCall, createTestCloud } from './test-cloud';

describe('calling a call off', () => {
  let server: ScriptedServer;
  let cloud: PopCoreCloud;

  beforeEach(async () => {
    server = await startScriptedServer();
    cloud = createTestCloud(server.url);
  });

  afterEach(async () => {
    cloud.close();
    await server.close();
  });

  const NOT_SENT = { code: 'not-sent', isUnexecuted: true, class: 'throttled' };

  it('sends nothing when the signal is already aborted', async () => {
    const call = createCall({ signal: AbortSignal.abort() });
    expect(await cloud.createInstances(call)).toMatchObject(NOT_SENT);
    expect(server.requests).toEqual([]);
  });

  it('sends nothing when the send is no longer allowed in the tick of the send', async () => {
    let isAllowed = true;
    const slowKeys = {
      resolve: () => {
        // Stands for any wait before the send: the answer is asked for after it.
        isAllowed = false;
        return Promise.resolve({ accessKeyId: 'a', accessKeySecret: 'b' });
      },
    };
    const slow = createTestCloud(server.url, { credentials: slowKeys });
    const call = createCall({ isSendAllowed: () => isAllowed });
    expect(await slow.createInstances(call)).toMatchObject(NOT_SENT);
    expect(server.requests).toEqual([]);
  });

  it('leaves the queue of its lane when the signal comes', async () => {
    const slow = createTestCloud(server.url, {
      limits: { startPerSecond: 0.001, minPerSecond: 0.001 },
    });
    server.script(answerJson(200, createdBody(['r-1'])));
    await slow.createInstances(createCall());
    const controller = new AbortController();
    const queued = slow.createInstances(createCall({ signal: controller.signal }));
    controller.abort();
    expect(await queued).toMatchObject(NOT_SENT);
    expect(server.requests).toHaveLength(1);
  });

  it('is told how long it has waited for its turn, and nothing when the turn came at once', async () => {
    const slow = createTestCloud(server.url, {
      limits: { startPerSecond: 5, minPerSecond: 5, maxPerSecond: 5 },
    });
    const created = () => answerJson(200, createdBody(['r-1']));
    server.script(created(), created());
    const [first, second] = await Promise.all([1, 2].map(() => slow.createInstances(createCall())));
    expect(first?.waitedMs).toBeUndefined();
    expect(second?.waitedMs).toBeGreaterThanOrEqual(100);
  });

  it('still waits for a create call that is open, since its ids are paid for', async () => {
    const controller = new AbortController();
    server.script((response) => {
      controller.abort();
      setImmediate(() => response.end(JSON.stringify(createdBody(['r-1']))));
    });
    const call = createCall({ signal: controller.signal });
    expect(await cloud.createInstances(call)).toMatchObject({ kind: 'created', ids: ['r-1'] });
  });

  it('returns at once from a read call that is open', async () => {
    const controller = new AbortController();
    server.script((response, request, socket) => {
      controller.abort();
      return HANG(response, request, socket);
    });
    const query = {
      account: 'prod',
      region: 'cn-hangzhou',
      ids: ['r-1'],
      engine: 'Redis',
      signal: controller.signal,
    } as const;
    expect(await cloud.describeInstances(query)).toMatchObject({ code: 'aborted', calls: 1 });
  });

  it('reads again with another signal after one was aborted', async () => {
    server.script(answerJson(200, pageBody([])));
    const query = {
      account: 'prod',
      region: 'cn-hangzhou',
      nameTag: 't',
      engine: 'Redis',
    } as const;
    const aborted = { ...query, signal: AbortSignal.abort() };
    expect(await cloud.countInstances(aborted)).toMatchObject({ code: 'not-sent', calls: 0 });
    expect(await cloud.countInstances(query)).toEqual({ kind: 'ok', value: 0, calls: 1 });
  });
});
