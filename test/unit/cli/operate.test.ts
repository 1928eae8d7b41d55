import type { ReconcileReport } from '../../../src/contract/operation-types';
import {
  createOk,
  createWarning,
  createFault,
  type Finding,
} from '../../../src/service/doctor/finding';
import { createFailure, createSuccess } from '../../../src/service/service-result';
import { runFakeCli } from '../../support/fake-cli';

/** The commands for whoever runs a fleet: what they ask the service for, and how they exit. */

const BATCH = 'payments/sessions-2026-11';
const KEY = { tenant: 'payments', batchId: 'sessions-2026-11' };
const PLAN = {
  ...KEY,
  ...{ generation: 0, revision: 0, account: 'prod', instances: 2, orphans: 0, releasedBefore: 0 },
  groups: [{ name: 'sessions', instances: 2, ids: ['r-1', 'r-2'] }],
};
const planRelease = () => Promise.resolve(createSuccess(PLAN));

describe('release', () => {
  it('shows what would go, and touches nothing without --yes', async () => {
    const run = await runFakeCli(['release', BATCH], { service: { planRelease } });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain('would delete 2 instances');
    expect(run.stdout).toContain('r-1, r-2');
    expect(run.stderr).toContain(`--yes ${BATCH}`);
  });

  it('does nothing when another id was typed, and exits with 77', async () => {
    const run = await runFakeCli(['release', BATCH, '--yes', 'payments/other'], {
      service: { planRelease },
    });
    expect(run.exitCode).toBe(77);
    expect(run.stderr).toContain('Nothing was changed');
  });

  it('releases what was confirmed, says who, and exits with 2 when something was kept', async () => {
    const seen: unknown[] = [];
    const run = await runFakeCli(['release', BATCH, '--yes', BATCH, '--by', 'ada', '--json'], {
      service: {
        planRelease,
        release: (confirmed, note) => {
          seen.push(confirmed, note);
          return Promise.resolve(
            createSuccess({
              ...{ ...KEY, released: 1, gone: 0, kept: 1, isCancelled: false, revision: 1 },
              keptRows: [{ id: 'r-2', code: 'prepaid', message: 'it is PrePaid' }],
              location: '/r.json',
              counts: {
                slots: 2,
                ready: 1,
                failed: 0,
                parked: 0,
                skipped: 0,
                released: 1,
                orphans: 0,
              },
            }),
          );
        },
      },
    });
    expect(seen).toEqual([PLAN, { by: 'ada' }]);
    expect(run.exitCode).toBe(2);
    expect(JSON.parse(run.stdout)).toMatchObject({ released: 1, kept: 1 });
  });

  it('exits with 77 while the batch runs', async () => {
    const running = createFailure('not-finished', 'It is running.');
    const run = await runFakeCli(['release', BATCH], {
      service: { planRelease: () => Promise.resolve(running) },
    });
    expect(run).toEqual({ exitCode: 77, stdout: '', stderr: 'error: It is running.\n' });
  });
});

describe('reconcile', () => {
  const EQUAL: ReconcileReport = {
    ...{ generation: 0, revision: 0, isRequestKnown: true, location: null, calls: {} },
    counts: { both: 2, missing: 0, orphans: 0, changed: 0 },
    ...{ missing: [], orphans: [], changes: [], adopted: [], deleted: [], kept: [] },
  };
  const ORPHAN = {
    ...{ id: 'r-9', name: 'n', region: 'cn-hangzhou', status: 'Normal', chargeType: 'PostPaid' },
    fits: 'sessions/0',
  };

  it('exits with 0 when cloud and result agree', async () => {
    const reconcile = () => Promise.resolve(createSuccess(EQUAL));
    const run = await runFakeCli(['reconcile', BATCH], { service: { reconcile } });
    expect(run.exitCode).toBe(0);
    expect(run.stderr).toContain('agree');
  });

  it('exits with 2 when they differ, and says what helps', async () => {
    const counts = { both: 1, missing: 1, orphans: 1, changed: 0 };
    const report = { ...EQUAL, counts, missing: ['r-1'], orphans: [ORPHAN] };
    const run = await runFakeCli(['reconcile', BATCH], {
      service: { reconcile: () => Promise.resolve(createSuccess(report)) },
    });
    expect(run.exitCode).toBe(2);
    expect(run.stdout).toContain('r-9 (n, PostPaid, Normal) fits sessions/0');
    expect(run.stderr).toContain('--adopt');
  });

  it('counts what was deleted as no longer different', async () => {
    const counts = { both: 2, missing: 0, orphans: 1, changed: 0 };
    const report = { ...EQUAL, counts, orphans: [ORPHAN], deleted: ['r-9'] };
    const run = await runFakeCli(['reconcile', BATCH, '--delete-orphans', '--yes', BATCH], {
      service: { reconcile: () => Promise.resolve(createSuccess(report)) },
    });
    expect(run.exitCode).toBe(0);
  });

  it('deletes nothing unless the id is typed again', async () => {
    const run = await runFakeCli(['reconcile', BATCH, '--delete-orphans']);
    expect(run.exitCode).toBe(77);
  });

  it('refuses to adopt and to delete at once', async () => {
    const run = await runFakeCli(['reconcile', BATCH, '--adopt', '--delete-orphans']);
    expect(run.exitCode).toBe(64);
  });
});

describe('halt and unhalt', () => {
  it('say who halted, also when it was somebody else', async () => {
    const halt = { by: 'ada', why: 'a bad night', sinceMs: 0 };
    const run = await runFakeCli(['halt', '--by', 'bob'], {
      service: { halt: () => Promise.resolve(createSuccess({ halt, isNew: false })) },
    });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain('halted since 1970-01-01T00:00:00Z by ada: a bad night');
    expect(run.stdout).toContain('nothing has changed');
  });

  it('name the batches that go on', async () => {
    const run = await runFakeCli(['unhalt', '--json'], {
      service: { unhalt: () => Promise.resolve(createSuccess({ resumed: [KEY] })) },
    });
    expect(JSON.parse(run.stdout)).toEqual({ halted: false, resumed: [KEY] });
  });
});

describe('list', () => {
  const ROW = {
    ...({
      ...KEY,
      status: 'running',
      phase: 'parked',
      outcome: null,
      needsOperator: true,
      schedule: null,
    } as const),
    ...{ slots: 1_000, ready: 640, startedAtMs: 0, endedAtMs: null, runId: 'r' },
  };
  const haltState = () => Promise.resolve(createSuccess(null));

  it('shows how far each batch is, and which one needs a person', async () => {
    const run = await runFakeCli(['list'], {
      service: {
        haltState,
        list: () => Promise.resolve(createSuccess({ batches: [ROW], isCut: false })),
      },
    });
    expect(run.stdout).toMatch(/payments\/sessions-2026-11 +parked +640\/1,000 .*needs you/);
  });

  it('asks only for what was wanted, and says when there is more', async () => {
    const seen: unknown[] = [];
    const run = await runFakeCli(
      ['list', '--tenant', 'payments', '--phase', 'parked', '--needs-operator', '--limit', '1'],
      {
        service: {
          haltState,
          list: (filter) => {
            seen.push(filter);
            return Promise.resolve(createSuccess({ batches: [ROW], isCut: true }));
          },
        },
      },
    );
    expect(seen).toEqual([{ tenant: 'payments', phase: 'parked', needsOperator: true, limit: 1 }]);
    expect(run.stderr).toContain('There are more: --limit 1000 looks at so many, or narrow');
  });

  it('refuses a phase that there is none of', async () => {
    expect((await runFakeCli(['list', '--phase', 'praked'])).exitCode).toBe(64);
  });
});

describe('doctor', () => {
  const examine =
    (...findings: Finding[]) =>
    () =>
      Promise.resolve(createSuccess(findings));

  it('exits with 0 when there are warnings only', async () => {
    const run = await runFakeCli(['doctor'], {
      service: {
        examine: examine(
          createOk('temporal', 'answers'),
          createWarning('halt', 'halted', 'Unhalt.'),
        ),
      },
    });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toMatch(/WARN {2}halt +halted\n +Unhalt\./);
  });

  it('exits with 1 when something is broken, and gives a script every finding', async () => {
    const run = await runFakeCli(['doctor', '--json'], {
      service: { examine: examine(createFault('account', 'no keys', 'Set them.')) },
    });
    expect(run.exitCode).toBe(1);
    const { level, findings } = JSON.parse(run.stdout) as { level: string; findings: Finding[] };
    expect(level).toBe('fail');
    expect(findings.map(({ check }) => check)).toEqual(['program', 'account']);
  });
});
