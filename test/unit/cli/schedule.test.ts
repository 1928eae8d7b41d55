import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFailure, createSuccess } from '../../../src/service/service-result';
import type { SchedulePlan, ScheduleStep } from '../../../src/service/schedules/plan-schedules';
import type { ScheduleOrder } from '../../../src/service/schedules/schedule-facade';
import type { ScheduleState } from '../../../src/service/schedules/schedule-state';
import { runFakeCli, type CliRun } from '../../support/fake-cli';
import { createScheduleFile, writeRequest, writeSchedule } from '../../support/schedule-samples';
import { createTempFolder } from '../../support/temp-folder';

const FILE = 'examples/schedules.yaml';
const KEY = { tenant: 'payments', name: 'nightly' };
const SCHEDULE = createScheduleFile('payments', [writeSchedule('nightly')]).schedules[0]!;

const STATE: ScheduleState = {
  key: KEY,
  known: { ...SCHEDULE, isPaused: false, action: '' },
  ...{ times: '30 2 * * 1-5', timeZone: 'UTC' },
  ...{ isPaused: false, note: null, remaining: 2 },
  nextAtMs: [Date.UTC(2026, 11, 1, 2, 30)],
  firings: [{ batchId: 'nightly-2026-11-30T02:30:00Z', runId: 'r', startedAtMs: 0 }],
  counts: { taken: 3, skipped: 1, missed: 0 },
};

const WANTED = { name: 'nightly', schedule: SCHEDULE, nextAtMs: [Date.UTC(2026, 11, 1, 2, 30)] };
const NEXT = {
  atMs: Date.UTC(2026, 11, 1, 2, 30),
  ...{ local: '2026-12-01 02:30:00', batchId: 'nightly-2026-12-01T02:30:00Z' },
};
const CHANGE: ScheduleStep = {
  ...{ kind: 'change', ...WANTED, state: STATE },
  differences: [{ path: ['catchUp'], before: '10m', now: '1h' }],
};
const SAME: ScheduleStep = { kind: 'same', name: 'hourly' };
const GONE: ScheduleStep = { kind: 'gone', name: 'old' };
const ADD: ScheduleStep = { kind: 'add', ...WANTED };

function plan(argv: readonly string[], steps: readonly ScheduleStep[]): Promise<CliRun> {
  const planned: SchedulePlan = { tenant: 'payments', steps };
  return runFakeCli(['schedule', 'plan', FILE, ...argv], {
    service: { planSchedules: () => Promise.resolve(createSuccess(planned)) },
  });
}

describe('schedule plan', () => {
  it('shows what would be added, changed, and left', async () => {
    const run = await plan([], [ADD, SAME, GONE]);
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toMatch(
      /^add +payments\/nightly +2 instances at 30 2 \* \* 1-5 \(UTC\)\n(?: .*\n)+same +payments\/hourly\nnot in file +payments\/old +goes on; --prune deletes it\n/,
    );
    expect(run.stdout).toContain('warning  nightly: sessions has one placement');
    expect(run.stderr).toContain(`"tairfleet schedule apply ${FILE}" does it`);
  });

  it('shows the next times of what it would add or change, with the batch that each would get', async () => {
    for (const step of [ADD, CHANGE]) {
      const run = await plan([], [step]);
      expect(run.stdout).toMatch(
        /^ {4}UTC +batch\n {4}2026-12-01T02:30:00Z {2}nightly-2026-12-01T02:30:00Z$/m,
      );
      const { schedules } = JSON.parse((await plan(['--json'], [step, SAME])).stdout) as {
        schedules: unknown;
      };
      expect(schedules).toMatchObject([{ next: [NEXT] }, { name: 'hourly', step: 'same' }]);
    }
    const ended = await plan([], [{ ...ADD, nextAtMs: [] }]);
    expect(ended.stdout).toContain('    no time left\n');
    expect(ended.stdout).toContain("warning  nightly: 'nightly' never orders");
  });

  it('shows each field in which file and server differ', async () => {
    const run = await plan([], [CHANGE]);
    expect(run.stdout).toMatch(/field +on the server +in the file\n +catchUp +10m +1h/);
    const { schedules } = JSON.parse((await plan(['--json'], [CHANGE])).stdout) as {
      schedules: unknown;
    };
    expect(schedules).toEqual([
      {
        name: 'nightly',
        step: 'change',
        differences: [{ path: ['catchUp'], before: '10m', now: '1h' }],
        next: [NEXT],
      },
    ]);
  });

  it.each([
    [0, [], [SAME]],
    [2, [], [SAME, CHANGE]],
    [2, [], [ADD]],
    [0, [], [GONE]],
    [2, ['--prune'], [GONE]],
  ])('ends with %i for %j of %#, as terraform does', async (exitCode, argv, steps) => {
    expect((await plan(['--detailed-exitcode', ...argv], steps)).exitCode).toBe(exitCode);
  });

  it('says what the guards of the worker would refuse at each time', async () => {
    const request = writeRequest(2_000_000);
    const large = createScheduleFile('payments', [writeSchedule('large', { request })]);
    const wanted = { name: 'large', schedule: large.schedules[0]!, nextAtMs: [] };
    const run = await plan([], [{ kind: 'add', ...wanted }]);
    expect(run.stdout).toContain('refused  large: 2,000,000 instances are more than');
  });

  it('names every problem of the file with its line, and asks no server', async () => {
    const folder = createTempFolder();
    const path = join(folder.path, 's.yaml');
    writeFileSync(path, 'apiVersion: tairfleet/schedules/v1\nschedules:\n  - name: a\n');
    const run = await runFakeCli(['schedule', 'plan', path]);
    folder.remove();
    expect(run.exitCode).toBe(65);
    expect(run.stderr).toContain(`${path}:3:5: schedules[0].request: is missing`);
  });
});

describe('schedule apply', () => {
  it('prunes only when it is told to, and says who applies', async () => {
    const seen: unknown[] = [];
    const applySchedules = (order: ScheduleOrder) => {
      const { file, isPruned, submittedBy } = order;
      seen.push([file.schedules.map(({ name }) => name), isPruned, submittedBy]);
      return Promise.resolve(createSuccess({ tenant: 'payments', steps: [GONE] }));
    };
    const service = { applySchedules };
    await runFakeCli(['schedule', 'apply', FILE], { service });
    const run = await runFakeCli(['schedule', 'apply', FILE, '--prune', '--by', 'ada'], {
      service,
    });
    const names = ['nightly-cache', 'quarter-end'];
    expect(seen).toEqual([
      [names, false, undefined],
      [names, true, 'ada'],
    ]);
    expect(run.stdout).toMatch(/^deleted +payments\/old/);
  });

  it('ends with 73 when an id is taken by somebody else', async () => {
    const run = await runFakeCli(['schedule', 'apply', FILE], {
      service: { applySchedules: () => Promise.resolve(createFailure('conflict', 'taken')) },
    });
    expect(run.exitCode).toBe(73);
  });
});

describe('what can be done with one schedule', () => {
  const next = (state: ScheduleState): Promise<CliRun> =>
    runFakeCli(['schedule', 'next', 'payments/nightly'], {
      service: { schedule: () => Promise.resolve(createSuccess(state)) },
    });

  it('next shows the times in its zone and in UTC', async () => {
    const run = await next({ ...STATE, timeZone: 'Asia/Kolkata' });
    expect(run.stdout).toContain('state      active, 2 times left');
    expect(run.stdout).toContain('3 batches, 1 skipped for an open one, 0 missed');
    expect(run.stdout).toMatch(/2026-12-01 08:00:00 +2026-12-01T02:30:00Z/);
  });

  it('next shows the times once when its zone is UTC', async () => {
    expect((await next(STATE)).stdout).toMatch(/^UTC\n2026-12-01T02:30:00Z$/m);
  });

  it('trigger says which batch it has started', async () => {
    const firing = { batchId: 'nightly-2026-12-01T00:00:00Z', runId: 'r', startedAtMs: 0 };
    const triggerSchedule = () => Promise.resolve(createSuccess(firing));
    const run = await runFakeCli(['schedule', 'trigger', 'payments/nightly'], {
      service: { triggerSchedule },
    });
    expect(run.stdout).toBe('started payments/nightly-2026-12-01T00:00:00Z\n');
    expect(run.stderr).toContain('tairfleet watch payments/nightly-2026-12-01T00:00:00Z');
  });

  it.each([
    ['conflict', 73],
    ['not-started', 1],
  ] as const)(
    'trigger fails when it has ordered nothing of its own: %s',
    async (code, exitCode) => {
      const triggerSchedule = () => Promise.resolve(createFailure(code, 'Nothing of its own.'));
      const run = await runFakeCli(['schedule', 'trigger', 'payments/nightly', '--json'], {
        service: { triggerSchedule },
      });
      expect(run.exitCode).toBe(exitCode);
      expect(JSON.parse(run.stdout)).toEqual({ error: { code, message: 'Nothing of its own.' } });
    },
  );

  it('pause hands on who did it and why', async () => {
    const seen: unknown[] = [];
    const argv = [
      'schedule',
      'pause',
      'nightly',
      '--tenant',
      'payments',
      '--by',
      'ada',
      '--why',
      'w',
    ];
    const run = await runFakeCli(argv, {
      service: {
        pauseSchedule: (key, note) => {
          seen.push(key, note);
          return Promise.resolve(createSuccess({ ...STATE, note: 'paused by ada: w' }));
        },
      },
    });
    expect(seen).toEqual([KEY, { by: 'ada', why: 'w' }]);
    expect(run.stdout).toBe('payments/nightly paused by ada: w\n');
  });

  it('backfill says which times it leaves out', async () => {
    const seen: unknown[] = [];
    const [from, to] = ['2026-11-24T00:00:00Z', '2026-11-24T02:00:00Z'];
    const argv = ['schedule', 'backfill', 'payments/nightly', '--from', from, '--to', to];
    const run = await runFakeCli(argv, {
      service: {
        backfillSchedule: (_key, order) => {
          seen.push(order);
          const value = { filledMs: [order.fromMs], knownMs: [order.toMs] };
          return Promise.resolve(createSuccess(value));
        },
      },
    });
    const range = { fromMs: Date.parse(from), toMs: Date.parse(to) };
    expect(seen).toEqual([{ ...range, isParallel: false, isDryRun: false }]);
    expect(run.stdout).toBe(`fill   ${from}\nknown  ${to}  has a batch, and is left out\n`);
  });

  it('backfill wants moments with their offset', async () => {
    const argv = ['schedule', 'backfill', 'payments/nightly', '--from', '2026-11-24', '--to', 'x'];
    expect((await runFakeCli(argv)).exitCode).toBe(64);
  });

  it('delete wants the name typed again', async () => {
    const service = { schedule: () => Promise.resolve(createSuccess(STATE)) };
    const shown = await runFakeCli(['schedule', 'delete', 'payments/nightly'], { service });
    expect(shown.stderr).toContain('Nothing was deleted.');
    const wrong = ['schedule', 'delete', 'payments/nightly', '--yes', 'payments/other'];
    expect((await runFakeCli(wrong, { service })).exitCode).toBe(77);
  });

  it('a name that is none is a wrong use of the command', async () => {
    const run = await runFakeCli(['schedule', 'next', 'a/b/c']);
    expect(run.exitCode).toBe(64);
    expect(run.stderr).toContain('names no schedule');
  });
});
