import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toTestKey } from '../support/api-server';
import { runFakeCli } from '../support/fake-cli';
import { writeRequest, writeSchedule } from '../support/schedule-samples';
import { createTempFolder } from '../support/temp-folder';
import { createTestRequest } from '../support/test-request';
import { startPlatform } from './platform';
import type { Platform } from './platform';

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.close());

/** A command line that can reach Temporal by the API only, by the key of that name. */
function runCli(name: string, argv: readonly string[]) {
  const env = { TAIRFLEET_SERVER: platform.api.url, TAIRFLEET_API_KEY: toTestKey(name) };
  const openFailure = { ok: false, code: 'unexpected', message: 'It asked Temporal.' } as const;
  return runFakeCli(argv, { openFailure, context: { env } });
}

async function runJson(name: string, argv: readonly string[]) {
  const { exitCode, stdout } = await runCli(name, [...argv, '--json']);
  return { exitCode, data: JSON.parse(stdout) as Record<string, unknown> };
}

describe('the command line over the API', () => {
  const folder = createTempFolder();
  const file = join(folder.path, 'batch.json');
  afterAll(() => folder.remove());

  /** Writes a request; its tenant is left to the key. */
  function write(count: number, batchId: string = randomUUID()): string {
    const batch = { apiVersion: 'tairfleet/v1', batchId, ...createTestRequest(count) };
    writeFileSync(file, JSON.stringify(batch));
    return `payments/${batchId}`;
  }

  it('plans, applies, follows to the end, and reads what came of it', async () => {
    const batch = write(3);
    const plan = await runJson('watcher', ['plan', file, '--all']);
    expect(plan).toMatchObject({ exitCode: 0, data: { known: 'new', tenant: 'payments' } });
    const applied = await runJson('payments', ['apply', file]);
    expect(applied).toMatchObject({
      exitCode: 0,
      data: { outcome: 'succeeded', tenant: 'payments', counts: { ready: 3 } },
    });
    const again = await runCli('payments', ['apply', file]);
    expect([again.exitCode, again.stderr]).toEqual([
      0,
      expect.stringMatching(/^Ordering payments\/.* the key is of payments\.\n.*submitted before/),
    ]);
    const status = await runJson('watcher', ['status', batch.split('/')[1]!]);
    expect(status).toMatchObject({ exitCode: 0, data: { tenant: 'payments' } });
    const planned = await runJson('watcher', ['plan', file]);
    expect(planned.data).toMatchObject({ known: 'same', isOrdering: false });
    const watched = await runJson('watcher', ['watch', batch]);
    expect(watched).toEqual({ exitCode: 0, data: applied.data });
    expect((await runCli('watcher', ['describe', batch])).stdout).toContain(`batch/${batch}`);
    const csv = await runCli('watcher', ['result', batch, '--format', 'csv']);
    expect([csv.exitCode, csv.stdout.trim().split('\n').length]).toEqual([0, 4]);
    // What the plan names is what was bought.
    expect(csv.stdout).toContain((planned.data.chunkList as { name: string }[])[0]!.name);
    const list = await runJson('watcher', ['list', '--limit', '1']);
    expect(list).toMatchObject({ exitCode: 0, data: { batches: [{ tenant: 'payments' }] } });
    write(4, batch.split('/')[1]);
    const other = await runJson('payments', ['apply', file]);
    expect(other).toMatchObject({
      exitCode: 73,
      data: {
        error: { code: 'conflict', differences: [{ path: ['groups', 'sessions', 'count'] }] },
      },
    });
    expect((await runJson('watcher', ['plan', file])).exitCode).toBe(73);
  });

  it('saves with a plan the tenant that it shows, so that the plan orders for no other one', async () => {
    write(2);
    const out = join(folder.path, 'plan.json');
    expect((await runJson('payments', ['plan', file, '--out', out])).exitCode).toBe(0);
    const saved = JSON.parse(readFileSync(out, 'utf8')) as Record<string, unknown>;
    expect(saved).toMatchObject({ tenant: 'payments', request: { tenant: 'payments' } });
  });

  it('asks the cloud for a plan with a preflight, by a key that may order', async () => {
    write(2);
    const argv = ['plan', file, '--preflight'];
    expect(await runJson('payments', argv)).toMatchObject({
      exitCode: 0,
      data: { preflight: { groups: [{ group: 'sessions', placements: [{ slots: 2 }] }] } },
    });
    expect(await runJson('watcher', argv)).toMatchObject({
      exitCode: 77,
      data: { error: { code: 'forbidden' } },
    });
  });

  it('looks after schedules from a file, orders by one, and lets it go', async () => {
    const schedules = join(folder.path, 'schedules.json');
    const document = {
      apiVersion: 'tairfleet/schedules/v1',
      schedules: [writeSchedule('nightly', { request: writeRequest(1) })],
    };
    writeFileSync(schedules, JSON.stringify(document));
    expect(await runJson('watcher', ['schedule', 'plan', schedules])).toMatchObject({
      exitCode: 0,
      data: { tenant: 'payments', isChanging: true, schedules: [{ step: 'add' }] },
    });
    expect((await runJson('watcher', ['schedule', 'apply', schedules])).exitCode).toBe(77);
    expect((await runJson('payments', ['schedule', 'apply', schedules])).exitCode).toBe(0);
    const again = ['schedule', 'plan', schedules, '--detailed-exitcode'];
    expect((await runJson('watcher', again)).exitCode).toBe(0);
    const name = 'payments/nightly';
    expect(await runJson('payments', ['schedule', 'pause', name, '--why', 'w'])).toMatchObject({
      data: { isPaused: true, note: 'paused by key:payments: w' },
    });
    const started = await runJson('payments', ['schedule', 'trigger', name]);
    const batch = `payments/${started.data.batchId as string}`;
    expect((await runJson('watcher', ['watch', batch])).data).toMatchObject({
      outcome: 'succeeded',
    });
    expect((await runJson('payments', ['schedule', 'delete', name, '--yes', name])).data).toEqual({
      ...{ tenant: 'payments', name: 'nightly', deleted: true },
    });
    expect((await runJson('watcher', ['schedule', 'next', name])).exitCode).toBe(66);
  });

  it('acts on one batch and on many, and starts the next run of one that has ended', async () => {
    await platform.fleet.control.put('config', { quota: 0 });
    const batch = write(2);
    const started = await runJson('payments', ['apply', file, '--detach']);
    expect(started).toMatchObject({ exitCode: 0, data: { kind: 'started', tenant: 'payments' } });
    expect(await runJson('watcher', ['pause', batch])).toMatchObject({
      exitCode: 77,
      data: { error: { code: 'forbidden' } },
    });
    expect(await runJson('payments', ['pause', '--all', '--why', 'a freeze'])).toMatchObject({
      exitCode: 0,
      data: { done: 1, failed: 0 },
    });
    const status = await runJson('watcher', ['status', batch]);
    expect(status.data).toMatchObject({
      ...{ status: 'running', runId: started.data.runId },
      progress: {
        phase: 'paused',
        log: [{ action: 'pause', by: 'key:payments', why: 'a freeze' }],
      },
    });
    expect((await runCli('payments', ['cancel', batch])).exitCode).toBe(0);
    expect((await runJson('watcher', ['watch', batch])).exitCode).toBe(3);
    expect((await runJson('payments', ['cancel', batch])).data).toMatchObject({
      error: { code: 'already-finished' },
    });
    await platform.fleet.control.put('config', { quota: null });
    const next = await runJson('payments', ['retry', batch]);
    expect(next).toMatchObject({ exitCode: 0, data: { outcome: 'succeeded', generation: 1 } });
  });

  it('says what it cannot do over the API, and asks Temporal for none of it', async () => {
    const batch = write(1);
    const refused = [
      ['release', batch],
      ['doctor'],
      ['schedule', 'pause', 'nightly', '--by', 'the boss'],
      ['pause', batch, '--by', 'the boss'],
      ['retry', batch, '--file', file],
    ];
    for (const argv of refused) {
      const { exitCode, data } = await runJson('payments', argv);
      expect([argv, exitCode, data]).toMatchObject([
        argv,
        64,
        { error: { code: 'needs-temporal' } },
      ]);
    }
    expect((await runJson('nobody', ['list'])).data).toMatchObject({
      error: { code: 'unauthenticated' },
    });
    expect(await runJson('watcher', ['status', batch])).toMatchObject({
      exitCode: 66,
      data: { error: { code: 'not-found' } },
    });
  });
});
