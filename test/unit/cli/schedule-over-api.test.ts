import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { BatchService } from '../../../src/service/batch-service';
import { createFailure, createSuccess } from '../../../src/service/service-result';
import type { ScheduleStep } from '../../../src/service/schedules/plan-schedules';
import type { ScheduleState } from '../../../src/service/schedules/schedule-state';
import { startTestApi, toTestKey, type TestApi } from '../../support/api-server';
import { runFakeCli, type CliRun } from '../../support/fake-cli';
import { createScheduleFile, writeSchedule } from '../../support/schedule-samples';
import { createTempFolder } from '../../support/temp-folder';

/** The commands of schedules say the same next to Temporal and over the HTTP API. */

const SCHEDULE = createScheduleFile('payments', [writeSchedule('nightly')]).schedules[0]!;
const FIRING = { batchId: 'nightly-2026-11-30T02:30:00Z', runId: 'run-1', startedAtMs: 1_000 };
const STATE: ScheduleState = {
  key: { tenant: 'payments', name: 'nightly' },
  known: { ...SCHEDULE, isPaused: false, action: '' },
  ...{ times: '30 2 * * 1-5', timeZone: 'Europe/Berlin' },
  ...{ isPaused: true, note: 'paused by ada: w', remaining: 2 },
  nextAtMs: [Date.UTC(2026, 11, 1, 2, 30)],
  firings: [FIRING],
  counts: { taken: 3, skipped: 1, missed: 0 },
};
const WANTED = { name: 'nightly', schedule: SCHEDULE, nextAtMs: [Date.UTC(2026, 11, 1, 2, 30)] };
const STEPS: readonly ScheduleStep[] = [
  { kind: 'add', ...WANTED },
  { kind: 'same', name: 'hourly' },
  { kind: 'gone', name: 'old' },
];
const CHANGE: ScheduleStep = {
  ...{ kind: 'change', ...WANTED, state: STATE },
  differences: [
    { path: ['request', 'groups', 0, 'count'], before: 1, now: 2 },
    { path: ['firings'], before: undefined, now: 3 },
  ],
};

let asked: unknown[];
const answer =
  <Value>(value: Value) =>
  (...args: readonly unknown[]) => {
    asked.push(args);
    return Promise.resolve(createSuccess(value));
  };
const SERVICE: Partial<BatchService> = {
  planSchedules: () => Promise.resolve(createSuccess({ tenant: 'payments', steps: STEPS })),
  applySchedules: ({ isPruned }) => {
    asked.push({ isPruned });
    return Promise.resolve(createSuccess({ tenant: 'payments', steps: [CHANGE] }));
  },
  listSchedules: answer([
    {
      ...{ tenant: 'payments', name: 'nightly', isPaused: false, note: null },
      ...{ nextAtMs: 86_400_000, latest: FIRING },
    },
    {
      ...{ tenant: 'payments', name: 'old', isPaused: true, note: 'n', nextAtMs: null },
      latest: null,
    },
  ]),
  schedule: answer(STATE),
  triggerSchedule: answer(FIRING),
  pauseSchedule: answer(STATE),
  resumeSchedule: () => Promise.resolve(createFailure('not-found', 'There is no such schedule.')),
  backfillSchedule: answer({ filledMs: [1_000], knownMs: [0] }),
  deleteSchedule: answer(null),
};

const folder = createTempFolder();
const file = join(folder.path, 'schedules.json');
let api: TestApi;
beforeAll(async () => {
  const document = {
    apiVersion: 'tairfleet/schedules/v1',
    ...{ tenant: 'payments', schedules: [writeSchedule('nightly')] },
  };
  writeFileSync(file, JSON.stringify(document));
  const keys = { payments: { role: 'operator', tenants: ['payments'] } } as const;
  api = await startTestApi({ service: SERVICE as BatchService, keys });
});
beforeEach(() => void (asked = []));
afterAll(async () => {
  await api.close();
  folder.remove();
});

function runOver(argv: readonly string[]): Promise<CliRun> {
  const env = { TAIRFLEET_SERVER: api.url, TAIRFLEET_API_KEY: toTestKey('payments') };
  const openFailure = createFailure('unexpected', 'It asked Temporal.');
  return runFakeCli(argv, { openFailure, context: { env } });
}

const NAME = 'payments/nightly';
const RANGE = ['--from', '2026-11-24T00:00:00Z', '--to', '2026-11-24T02:00:00Z'];

describe('the commands of schedules', () => {
  it.each([
    [['plan', file]],
    [['plan', file, '--prune', '--detailed-exitcode']],
    [['apply', file, '--prune']],
    [['list', '--tenant', 'payments']],
    [['next', NAME]],
    [['trigger', NAME]],
    [['pause', NAME, '--why', 'w', '--ticket', 'T-1']],
    [['backfill', NAME, ...RANGE, '--dry-run']],
    [['delete', NAME]],
    [['delete', NAME, '--yes', NAME]],
  ])('say over the HTTP API what they say next to Temporal: %j', async (argv) => {
    for (const format of [[], ['--json']]) {
      const words = ['schedule', ...argv, ...format];
      const local = await runFakeCli(words, { service: SERVICE });
      const askedLocally = asked.splice(0);
      const remote = await runOver(words);
      const askedOverApi = asked.splice(0);
      expect(remote).toEqual(local);
      expect(local.exitCode).toBe(argv.includes('--detailed-exitcode') ? 2 : 0);
      expect(JSON.stringify(askedOverApi).replace(',"by":"key:payments"', '')).toBe(
        JSON.stringify(askedLocally),
      );
    }
  });

  it('end as they do next to Temporal when there is none', async () => {
    const words = ['schedule', 'resume', NAME];
    const codes = [await runFakeCli(words, { service: SERVICE }), await runOver(words)];
    expect(codes.map(({ exitCode }) => exitCode)).toEqual([66, 66]);
  });

  it('show the next times also of a server that does not count them yet, by the file', async () => {
    const step = { name: 'nightly', step: 'add', differences: [] };
    const plan = { tenant: 'payments', isChanging: true, schedules: [step], warnings: [] };
    const older = createServer((_request, response) => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(plan));
    });
    await new Promise<void>((done) => older.listen(0, '127.0.0.1', done));
    const { port } = older.address() as AddressInfo;
    const env = { TAIRFLEET_SERVER: `http://127.0.0.1:${port}` };
    const run = await runFakeCli(['schedule', 'plan', file], { context: { env } });
    older.closeAllConnections();
    older.close();
    expect(run.stdout.match(/ nightly-\d{4}-\d{2}-\d{2}T02:30:00Z$/gm)).toHaveLength(3);
  });

  it('refuse to say who acts, which the key says', async () => {
    for (const argv of [
      ['apply', file],
      ['pause', NAME],
    ]) {
      const run = await runOver(['schedule', ...argv, '--by', 'the boss']);
      expect(run.exitCode).toBe(64);
      expect(run.stderr).toBe('error: Leave out --by: over the HTTP API the key says who acts.\n');
    }
    expect(asked).toEqual([]);
  });
});
