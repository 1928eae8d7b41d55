import type { BatchService } from '../../../src/service/batch-service';
import { createFailure, createSuccess } from '../../../src/service/service-result';
import type { ScheduleState } from '../../../src/service/schedules/schedule-state';
import { startTestApi, type TestApi } from '../../support/api-server';
import { createScheduleFile, writeSchedule } from '../../support/schedule-samples';

/** The routes of schedules: who may what, and what the service is asked. */

const KEYS = {
  viewer: { role: 'viewer', tenants: ['payments'] },
  operator: { role: 'operator', tenants: ['payments'] },
  stranger: { role: 'operator', tenants: ['search'] },
  everybody: { role: 'admin', tenants: ['*'] },
} as const;

const [SCHEDULE] = createScheduleFile('payments', [writeSchedule('nightly')]).schedules;
const STATE: ScheduleState = {
  key: { tenant: 'payments', name: 'nightly' },
  known: { ...SCHEDULE!, isPaused: false, action: '' },
  ...{ times: '30 2 * * 1-5', timeZone: 'UTC' },
  ...{ isPaused: false, note: null, remaining: null, nextAtMs: [0] },
  firings: [{ batchId: 'nightly-1970-01-01T00:00:00Z', runId: 'r', startedAtMs: 0 }],
  counts: { taken: 1, skipped: 0, missed: 0 },
};

let api: TestApi;
let asked: unknown[];

const answer = <Value>(name: string, value: Value) => {
  return (...args: unknown[]) => {
    asked.push([name, ...args]);
    return Promise.resolve(createSuccess(value));
  };
};

const SERVICE: Partial<BatchService> = {
  planSchedules: answer('plan', {
    tenant: 'payments',
    steps: [
      { kind: 'add', name: 'nightly', schedule: SCHEDULE!, nextAtMs: [Date.UTC(2026, 11, 1)] },
      { kind: 'gone', name: 'old' },
    ],
  }),
  applySchedules: answer('apply', { tenant: 'payments', steps: [{ kind: 'same', name: 'x' }] }),
  listSchedules: answer('list', []),
  schedule: answer('get', STATE),
  triggerSchedule: answer('trigger', STATE.firings[0]!),
  pauseSchedule: answer('pause', { ...STATE, isPaused: true }),
  backfillSchedule: answer('backfill', { filledMs: [1_000], knownMs: [0] }),
  deleteSchedule: answer('delete', null),
};

beforeAll(async () => {
  api = await startTestApi({ service: SERVICE as BatchService, keys: KEYS });
});
beforeEach(() => (asked = []));
afterAll(() => api.close());

const FILE = {
  apiVersion: 'tairfleet/schedules/v1',
  schedules: [writeSchedule('nightly')],
};

function send(key: keyof typeof KEYS, ...[method, path, body]: [string, string, unknown?]) {
  return api.send(key, path, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
}

describe('schedules by the API', () => {
  it('are planned by whoever may look, with the tenant of the subject', async () => {
    const response = await send('viewer', 'POST', '/v1/schedule-plans', FILE);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      isChanging: true,
      schedules: [
        { name: 'nightly', step: 'add', nextAt: ['2026-12-01T00:00:00.000Z'] },
        { name: 'old', step: 'gone', nextAt: [] },
      ],
      warnings: [{ schedule: 'nightly', code: 'single-placement' }],
    });
    expect(asked).toMatchObject([
      ['plan', { file: { tenant: 'payments', schedules: [{ name: 'nightly' }] } }],
    ]);
  });

  it('are applied by an operator, who stands in every batch', async () => {
    const response = await send('operator', 'PUT', '/v1/schedules?prune=true', FILE);
    expect(await response.json()).toMatchObject({ isChanging: false });
    expect(asked).toMatchObject([
      ['apply', { file: { tenant: 'payments' }, isPruned: true, submittedBy: 'key:operator' }],
    ]);
  });

  it('are not applied by a viewer, nor for the tenant of somebody else', async () => {
    expect((await send('viewer', 'PUT', '/v1/schedules', FILE)).status).toBe(403);
    const other = { ...FILE, tenant: 'payments' };
    expect((await send('stranger', 'PUT', '/v1/schedules', other)).status).toBe(403);
    expect(asked).toEqual([]);
  });

  it('are refused with every problem and its place', async () => {
    const schedules = [writeSchedule('nightly', { cron: '61 * * * *' })];
    const response = await send('operator', 'PUT', '/v1/schedules', { ...FILE, schedules });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      code: 'invalid-input',
      problems: [{ path: 'schedules[0].cron', line: 1 }],
    });
  });

  it('are listed for the tenants that the subject may see', async () => {
    await send('viewer', 'GET', '/v1/schedules');
    await send('everybody', 'GET', '/v1/schedules');
    expect(asked).toEqual([
      ['list', 'payments'],
      ['list', undefined],
    ]);
    expect((await send('stranger', 'GET', '/v1/schedules?tenant=payments')).status).toBe(403);
  });

  it.each([
    ['GET', '/v1/schedules/nightly?tenant=payments'],
    ['DELETE', '/v1/schedules/nightly?tenant=payments'],
    ['POST', '/v1/schedules/nightly/actions/trigger?tenant=payments'],
  ])('of another tenant do not exist: %s %s', async (method, path) => {
    const response = await send('stranger', method, path, method === 'POST' ? {} : undefined);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      detail: 'There is no schedule payments/nightly.',
    });
    expect(asked).toEqual([]);
  });

  it('show their next times and their batches', async () => {
    const response = await send('viewer', 'GET', '/v1/schedules/nightly');
    expect(await response.json()).toMatchObject({
      ...{ tenant: 'payments', name: 'nightly', times: '30 2 * * 1-5', timeZone: 'UTC' },
      nextAt: ['1970-01-01T00:00:00.000Z'],
      batches: [{ batchId: 'nightly-1970-01-01T00:00:00Z' }],
      ...{ remaining: null, taken: 1, skipped: 0, missed: 0 },
    });
  });

  it('are triggered, paused, filled in and deleted by an operator only', async () => {
    const path = '/v1/schedules/nightly';
    expect((await send('viewer', 'POST', `${path}/actions/trigger`, {})).status).toBe(403);
    const triggered = await send('operator', 'POST', `${path}/actions/trigger`, {});
    expect(await triggered.json()).toMatchObject({ batch: { batchId: expect.any(String) } });
    await send('operator', 'POST', `${path}/actions/pause`, { why: 'w' });
    const range = { from: '1970-01-01T00:00:00Z', to: '1970-01-01T00:00:01Z' };
    const filled = await send('operator', 'POST', `${path}/actions/backfill`, range);
    expect(await filled.json()).toEqual({
      filled: ['1970-01-01T00:00:01.000Z'],
      known: ['1970-01-01T00:00:00.000Z'],
    });
    expect((await send('operator', 'DELETE', path)).status).toBe(204);
    const key = { tenant: 'payments', name: 'nightly' };
    const order = { fromMs: 0, toMs: 1_000, isParallel: false, isDryRun: false };
    expect(asked).toEqual([
      ['trigger', key],
      ['pause', key, { why: 'w', by: 'key:operator' }],
      ['backfill', key, order],
      ['delete', key],
    ]);
    expect(api.log.filter(({ audit }) => audit === true)).toContainEqual(
      expect.objectContaining({
        ...{ event: 'deed', subject: 'key:operator', action: 'triggerSchedule' },
        ...{ tenant: 'payments', schedule: 'nightly' },
      }),
    );
  });

  it('are not said to be triggered when that has ordered nothing, neither to who asks nor in the log', async () => {
    const taken = await startTestApi({
      service: {
        triggerSchedule: () => Promise.resolve(createFailure('conflict', 'b has it already.')),
      } as Partial<BatchService> as BatchService,
      keys: KEYS,
    });
    const path = '/v1/schedules/nightly/actions/trigger';
    const response = await taken.send('operator', path, { method: 'POST' });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ code: 'conflict', detail: 'b has it already.' });
    expect(taken.log).toContainEqual(
      expect.objectContaining({ action: 'triggerSchedule', outcome: 'conflict' }),
    );
    await taken.close();
  });

  it('say what the service says of one that is not there', async () => {
    const gone = await startTestApi({
      service: {
        schedule: () => Promise.resolve(createFailure('not-found', 'none')),
      } as Partial<BatchService> as BatchService,
      keys: KEYS,
    });
    const response = await gone.send('viewer', '/v1/schedules/nightly');
    expect(response.status).toBe(404);
    await gone.close();
  });
});
