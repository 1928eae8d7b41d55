import type { SweepReport } from '../../../src/contract/sweep-types';
import { createFailure, createSuccess } from '../../../src/service/service-result';
import { runFakeCli } from '../../support/fake-cli';

const BATCH = 'payments/sessions-2026-11';
const KEY = { tenant: 'payments', batchId: 'sessions-2026-11' };
const CLEAN: SweepReport = {
  ...{ ...KEY, outcome: 'clean', hindrance: null, isCompared: true, orphans: [] },
  ...{ knownOrphans: 0, location: null, calls: { DescribeInstances: 1 } },
};
const ORPHAN = { id: 'r-9', name: 'sessions-x', region: 'cn-hangzhou', status: 'Normal' };
const FOUND: SweepReport = { ...CLEAN, outcome: 'orphans', orphans: [ORPHAN], location: '/r.json' };

function answering(report: SweepReport) {
  return { service: { sweep: () => Promise.resolve(createSuccess(report)) } };
}

describe('sweep', () => {
  it('exits with 0 when nothing is there that nobody owns', async () => {
    const run = await runFakeCli(['sweep', BATCH], answering(CLEAN));
    expect(run).toMatchObject({ exitCode: 0, stdout: '0 new (ids compared)\n' });
  });

  it('exits with 2 for new orphans, names them, and says what helps', async () => {
    const run = await runFakeCli(['sweep', BATCH], answering(FOUND));
    expect(run.exitCode).toBe(2);
    expect(run.stdout).toContain('orphan r-9 (sessions-x, cn-hangzhou, Normal)');
    expect(run.stdout).toContain('/r.json');
    expect(run.stderr).toContain(`tairfleet reconcile ${BATCH}`);
  });

  it('exits with 2 as long as orphans are there that the result lists', async () => {
    const run = await runFakeCli(['sweep', BATCH], answering({ ...CLEAN, knownOrphans: 3 }));
    expect(run).toMatchObject({ exitCode: 2 });
    expect(run.stdout).toContain('3 that the result lists');
  });

  it('exits with 77 while a run of the batch may own what is there', async () => {
    const running: SweepReport = { ...CLEAN, outcome: 'notNow', hindrance: 'running' };
    const run = await runFakeCli(['sweep', BATCH], answering(running));
    expect(run.exitCode).toBe(77);
    expect(run.stdout).toContain('a run of it is open');
  });

  it('compares the ids of one batch, and counts where it looks at all', async () => {
    const orders: unknown[] = [];
    const service = {
      sweep: (_key: unknown, order: unknown) => {
        orders.push(order);
        return Promise.resolve(createSuccess(CLEAN));
      },
      sweepAll: (_filter: unknown, order: unknown) => {
        orders.push(order);
        return Promise.resolve(createSuccess({ batches: [], isCut: false }));
      },
    };
    await runFakeCli(['sweep', BATCH, '--by', 'ada'], { service });
    await runFakeCli(['sweep', '--all'], { service });
    expect(orders).toEqual([
      { isCountEnough: false, note: { by: 'ada' } },
      { isCountEnough: true, note: {} },
    ]);
  });

  it.each([[[]], [[BATCH, '--all']], [[BATCH, '--since', '7d']], [['--all', '--since', 'soon']]])(
    'refuses %j',
    async (flags) => {
      expect((await runFakeCli(['sweep', ...flags])).exitCode).toBe(64);
    },
  );
});

describe('sweep --all', () => {
  const other = { tenant: 'payments', batchId: 'other' };
  const found = { key: KEY, report: createSuccess(FOUND) };
  const clean = { key: other, report: createSuccess({ ...CLEAN, ...other }) };

  it('gives a row for each batch, and exits with 2 when one has orphans', async () => {
    const sweepAll = () => Promise.resolve(createSuccess({ batches: [clean, found], isCut: true }));
    const run = await runFakeCli(['sweep', '--all', '--limit', '2'], { service: { sweepAll } });
    expect(run.exitCode).toBe(2);
    expect(run.stdout).toMatch(/payments\/other +0 new/);
    expect(run.stdout).toMatch(/payments\/sessions-2026-11 +1 new/);
    expect(run.stderr).toContain('--limit 4');
  });

  it('asks for the batches of a tenant and a time', async () => {
    const filters: { startedAfterMs?: number }[] = [];
    const sweepAll = (filter: { startedAfterMs?: number }) => {
      filters.push(filter);
      return Promise.resolve(createSuccess({ batches: [], isCut: false }));
    };
    const flags = ['--tenant', 'payments', '--since', '1h'];
    await runFakeCli(['sweep', '--all', ...flags], { service: { sweepAll } });
    expect(filters).toEqual([
      { tenant: 'payments', limit: 100, startedAfterMs: expect.any(Number) as number },
    ]);
    expect(Math.abs(Date.now() - 3_600_000 - filters[0]!.startedAfterMs!)).toBeLessThan(60_000);
  });

  it('gives a script what each look came to, and fails when one could not be made', async () => {
    const failed = { key: other, report: createFailure('no-worker', 'Nobody polls.') };
    const sweepAll = () =>
      Promise.resolve(createSuccess({ batches: [failed, found], isCut: false }));
    const run = await runFakeCli(['sweep', '--all', '--json'], { service: { sweepAll } });
    expect(run.exitCode).toBe(69);
    expect(JSON.parse(run.stdout)).toMatchObject({
      batches: [
        { ...other, error: { code: 'no-worker' } },
        { ...KEY, outcome: 'orphans' },
      ],
    });
  });
});
