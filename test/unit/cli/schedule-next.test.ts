import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFailure } from '../../../src/service/service-result';
import { runFakeCli, type CliRun } from '../../support/fake-cli';
import { writeSchedule } from '../../support/schedule-samples';
import { createTempFolder } from '../../support/temp-folder';

/** The next times of a file that is not applied: nobody is asked for them. */

const folder = createTempFolder();
const path = join(folder.path, 'schedules.json');
const START = { startAt: '2030-01-01T00:00:00Z', timeZone: 'Asia/Kolkata' };

beforeAll(() =>
  writeFileSync(
    path,
    JSON.stringify({
      apiVersion: 'tairfleet/schedules/v1',
      tenant: 'payments',
      schedules: [
        writeSchedule('nightly', { cron: '30 6 * * *', jitter: '5m', ...START }),
        writeSchedule('once', { cron: '0 5 * * *', firings: 1, paused: true, ...START }),
        writeSchedule('over', { endAt: '2020-01-01T00:00:00Z' }),
      ],
    }),
  ),
);
afterAll(() => folder.remove());

function next(
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CliRun> {
  const openFailure = createFailure('unexpected', 'It asked Temporal.');
  const openApi = (): never => {
    throw new Error('It asked the HTTP API.');
  };
  return runFakeCli(['schedule', 'next', ...argv], { openFailure, context: { env, openApi } });
}

const NIGHTLY = [
  'payments/nightly  30 6 * * * (Asia/Kolkata)',
  'jitter     each is ordered up to 5m later, by chance',
  '',
  'Asia/Kolkata         UTC                   batch',
  '2030-01-01 06:30:00  2030-01-01T01:00:00Z  nightly-2030-01-01T01:00:00Z',
  '2030-01-02 06:30:00  2030-01-02T01:00:00Z  nightly-2030-01-02T01:00:00Z',
  '',
].join('\n');

const ONCE = [
  'payments/once  0 5 * * * (Asia/Kolkata)',
  'state      paused: it orders at none of them until it is resumed',
  'firings    1 time, and then never again',
  '',
  'Asia/Kolkata         UTC                   batch',
  '2030-01-02 05:00:00  2030-01-01T23:30:00Z  once-2030-01-01T23:30:00Z',
  '',
].join('\n');

const OVER = 'payments/over  30 2 * * 1-5 (UTC)\n\nno time left\n';

describe('schedule next --file', () => {
  it('shows the next times of every schedule, in its zone and in UTC, with the batch of each', async () => {
    const run = await next(['--file', path, '--limit', '2']);
    expect(run).toMatchObject({ exitCode: 0, stdout: [NIGHTLY, ONCE, OVER].join('\n') });
    expect(run.stderr).toContain(`"tairfleet schedule plan ${path}" compares it with the server.`);
  });

  it('shows one schedule by its name, with its tenant or without', async () => {
    for (const argv of [['nightly'], ['payments/nightly'], ['nightly', '--tenant', 'payments']]) {
      const run = await next([...argv, '--file', path, '--limit', '2']);
      expect(run).toMatchObject({ exitCode: 0, stdout: NIGHTLY });
    }
  });

  it('shows ten times of each when nobody says how many', async () => {
    const run = await next(['nightly', '--file', path]);
    expect(run.stdout.match(/ nightly-2030/g)).toHaveLength(10);
  });

  it('needs no server, whether one is named or not', async () => {
    const argv = ['--file', path, '--limit', '2'];
    const named = await next(argv, { TAIRFLEET_SERVER: 'https://tairfleet.internal' });
    expect(named).toEqual(await next(argv));
  });

  it('says no tenant where the file says none, since that follows from who applies it', async () => {
    const bare = join(folder.path, 'bare.json');
    const schedules = [writeSchedule('nightly', { cron: '30 6 * * *', jitter: '5m', ...START })];
    writeFileSync(bare, JSON.stringify({ apiVersion: 'tairfleet/schedules/v1', schedules }));
    for (const argv of [[], ['nightly'], ['payments/nightly'], ['--tenant', 'payments']]) {
      const run = await next([...argv, '--file', bare, '--limit', '2']);
      expect(run).toMatchObject({ exitCode: 0, stdout: NIGHTLY.replace('payments/', '') });
    }
    const { stdout } = await next(['--file', bare, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ tenant: null });
  });

  it('gives a script the same', async () => {
    const run = await next(['once', '--file', path, '--json']);
    expect(JSON.parse(run.stdout)).toEqual({
      tenant: 'payments',
      schedules: [
        {
          ...{ name: 'once', times: '0 5 * * *', timeZone: 'Asia/Kolkata', jitterMs: 0 },
          ...{ isPaused: true, firings: 1 },
          next: [
            {
              atMs: Date.UTC(2030, 0, 1, 23, 30),
              local: '2030-01-02 05:00:00',
              batchId: 'once-2030-01-01T23:30:00Z',
            },
          ],
        },
      ],
    });
  });

  it.each([
    [['nigtly', '--file', path], 66, 'no schedule nigtly. Did you mean nightly?'],
    [['carts/nightly', '--file', path], 64, 'of the tenant payments, and none of carts'],
    [['--tenant', 'carts', '--file', path], 64, 'of the tenant payments, and none of carts'],
    [['a/b/c', '--file', path], 64, 'names no schedule'],
    [['--file', '/no/such/file'], 66, '/no/such/file'],
    [['--file', 'package.json'], 65, 'package.json has'],
    [['--file', path, '--limit', '1001'], 64, 'from 1 to 1000'],
    [[], 64, 'Name a schedule as tenant/name, or a file that has it'],
    [['payments/nightly', '--limit', '3'], 64, '--limit goes with --file'],
  ])('refuses what makes no sense: %j', async (argv, exitCode, message) => {
    const run = await next(argv);
    expect(run.exitCode).toBe(exitCode);
    expect(run.stderr).toContain(message);
  });
});
