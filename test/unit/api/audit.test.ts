import type { BatchService } from '../../../src/service/batch-service';
import { createFailure, createSuccess } from '../../../src/service/service-result';
import { startTestApi, type TestApi } from '../../support/api-server';
import { writeRequest, writeSchedule } from '../../support/schedule-samples';

/** Who did what, or tried it, as the log has it. */

const KEYS = {
  viewer: { role: 'viewer', tenants: ['payments'] },
  operator: { role: 'operator', tenants: ['payments'] },
} as const;

const started = { kind: 'started', workflowId: 'w', runId: 'r' };
let applied: object;
let api: TestApi;
beforeAll(async () => {
  const service = {
    apply: () => Promise.resolve(createSuccess(applied)),
    act: () => Promise.resolve(createFailure('not-found', 'none')),
    backfillSchedule: () => Promise.resolve(createSuccess({ filledMs: [], knownMs: [] })),
    find: () => Promise.resolve(createFailure('not-found', 'none')),
    status: () => Promise.resolve(createFailure('not-found', 'none')),
  } as unknown as BatchService;
  api = await startTestApi({ service, keys: KEYS });
});
beforeEach(() => (applied = started));
afterAll(() => api.close());

interface Sent {
  readonly path: string;
  readonly method?: string;
  readonly body?: object;
}

/** The lines that a request has written for the audit, without what they all have. */
async function audit(key: keyof typeof KEYS, { path, method = 'POST', body }: Sent) {
  const before = api.log.length;
  const headers = { 'content-type': 'application/json' };
  const response = await api.send(key, path, {
    method,
    ...(body === undefined ? {} : { headers, body: JSON.stringify(body) }),
  });
  const common = { event: 'deed', subject: `key:${key}` };
  const lines = api.log.slice(before).filter((line) => line['audit'] === true);
  return lines.map(({ level: _level, time: _time, msg: _msg, audit: _audit, ...told }) => {
    const { event, subject, requestId, ...rest } = told;
    expect({ event, subject }).toEqual(common);
    expect(requestId).toBe(response.headers.get('x-request-id'));
    return rest;
  });
}

interface Refused extends Sent {
  readonly key: keyof typeof KEYS;
  readonly deed: object;
  readonly outcome: string;
}

const BATCH = { batchId: 'b1', ...writeRequest(1) };
const MINE = { tenant: 'payments', batchId: 'b1' };

describe('the log of the API', () => {
  it('says whether a submit has started a batch, or found the one that was there', async () => {
    const deed = { action: 'submit', ...MINE, outcome: 'done' };
    expect(await audit('operator', { path: '/v1/batches', body: BATCH })).toEqual([
      { ...deed, isNew: true },
    ]);
    applied = { kind: 'attached', run: { ...started, status: 'running' } };
    expect(await audit('operator', { path: '/v1/batches', body: BATCH })).toEqual([
      { ...deed, isNew: false },
    ]);
  });

  it('tells a dry run from what was done', async () => {
    const path = '/v1/schedules/nightly/actions/backfill';
    const range = { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' };
    const deed = { action: 'backfillSchedule', tenant: 'payments', schedule: 'nightly' };
    const dry = await audit('operator', { path, body: { ...range, isDryRun: true } });
    expect(dry).toEqual([{ ...deed, outcome: 'done', isDryRun: true }]);
    expect(await audit('operator', { path, body: range })).toEqual([{ ...deed, outcome: 'done' }]);
  });

  const PAUSE = '/v1/batches/b1/actions/pause';

  const REFUSED: readonly Refused[] = [
    { key: 'viewer', path: PAUSE, deed: { action: 'pause', ...MINE }, outcome: 'forbidden' },
    {
      ...{ key: 'operator', path: '/v1/batches/b1/actions/approve' },
      ...{ deed: { action: 'approve', ...MINE }, outcome: 'forbidden' },
    },
    {
      ...{ key: 'operator', path: `${PAUSE}?tenant=games` },
      ...{ deed: { action: 'pause', tenant: 'games', batchId: 'b1' }, outcome: 'not-found' },
    },
    { key: 'operator', path: PAUSE, deed: { action: 'pause', ...MINE }, outcome: 'not-found' },
    {
      ...{ key: 'operator', path: '/v1/batches', body: { ...BATCH, tenant: 'games' } },
      ...{ deed: { action: 'submit', tenant: 'games', batchId: 'b1' }, outcome: 'forbidden' },
    },
    {
      ...{ key: 'operator', path: '/v1/batches', body: { ...BATCH, groups: [] } },
      ...{ deed: { action: 'submit', tenant: 'payments' }, outcome: 'invalid-input' },
    },
    {
      ...{ key: 'operator', path: PAUSE, body: { by: 'me' } },
      ...{ deed: { action: 'pause', ...MINE }, outcome: 'invalid-request' },
    },
    {
      ...{ key: 'viewer', path: '/v1/plans?preflight=true', body: BATCH },
      ...{ deed: { action: 'preflight', ...MINE }, outcome: 'forbidden' },
    },
    {
      ...{ key: 'viewer', path: '/v1/schedules/nightly/actions/trigger' },
      deed: { action: 'triggerSchedule', tenant: 'payments', schedule: 'nightly' },
      outcome: 'forbidden',
    },
  ];

  it.each(REFUSED)(
    'says once what was refused: $key $path',
    async ({ key, deed, outcome, ...sent }) => {
      expect(await audit(key, { body: {}, ...sent })).toEqual([{ ...deed, outcome }]);
    },
  );

  it('says so of a file of schedules for somebody else', async () => {
    const apiVersion = 'tairfleet/schedules/v1';
    const file = { apiVersion, tenant: 'games', schedules: [writeSchedule('nightly')] };
    expect(await audit('operator', { path: '/v1/schedules', method: 'PUT', body: file })).toEqual([
      { action: 'applySchedules', tenant: 'games', schedule: '*', outcome: 'forbidden' },
    ]);
  });

  it('has nothing of who only looks, in vain or not', async () => {
    expect(await audit('viewer', { path: '/v1/batches/b1', method: 'GET' })).toEqual([]);
  });

  it('has one id of each request', () => {
    expect(api.log.filter((line) => 'reqId' in line)).toEqual([]);
  });
});
