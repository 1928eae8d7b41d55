import type { CliContext } from '../../../../src/cli/cli-context';
import { runFakeCli } from '../../../support/fake-cli';

/** Nobody listens there. */
const NOBODY = 'http://127.0.0.1:2';

async function start(...args: readonly string[]) {
  const seen: unknown[] = [];
  const runEmulator: CliContext['runEmulator'] = (flags) => {
    seen.push(flags);
    return Promise.resolve(7);
  };
  const { exitCode, stderr } = await runFakeCli(['emulator', ...args], {
    context: { runEmulator, env: { TAIRFLEET_EMULATOR_URL: NOBODY } },
  });
  return { exitCode, stderr, seen };
}

describe('the emulator on the command line', () => {
  it('starts without a further word, as it does by "start", and ends as it ends', async () => {
    const flags = ['--port', '9000', '--seed', '-1', '--tls-name', 'a', 'b', '--json'];
    const expected = { host: '127.0.0.1', port: 9_000, seed: -1, tlsName: ['a', 'b'], json: true };
    expect(await start(...flags)).toMatchObject({ exitCode: 7, seen: [expected] });
    expect(await start('start', ...flags)).toMatchObject({ exitCode: 7, seen: [expected] });
    expect(await start()).toMatchObject({ seen: [{ port: 0, host: '127.0.0.1', seed: 1 }] });
  });

  it.each([['--port', '70000'], ['--seed', 'one'], ['--prt', '1'], ['stat']])(
    'refuses %j %j with 64 and starts nothing',
    async (...args) => {
      expect(await start(...args)).toMatchObject({ exitCode: 64, seen: [] });
    },
  );

  it('names its commands to whoever types another word', async () => {
    expect((await start('stat')).stderr).toContain(
      "unknown command 'stat'; there are start, stats",
    );
    expect((await start('faults', 'ad')).stderr).toContain('there are list, add, clear.');
  });

  it.each([
    ['reset', '--yes', 'all'],
    ['faults', 'clear', '1'],
    ['start', 'stats'],
    ['stats', 'now'],
  ])('refuses a word too many, as in "%s %s %s": it may have meant less', async (...args) => {
    const run = await start(...args.filter((word) => typeof word === 'string'));
    expect(run).toMatchObject({ exitCode: 64, seen: [] });
    expect(run.stderr).toContain('too many arguments');
  });

  it('takes a flag before the word for one of the command, and refuses what that has not', async () => {
    // Else a change would go to another emulator than the one that was named.
    const run = await runFakeCli([
      'emulator',
      'config',
      '--url',
      'http://127.0.0.1:3',
      'set',
      'quota=1',
    ]);
    expect(run).toMatchObject({ exitCode: 69, stderr: expect.stringContaining(':3 ') });
    const json = await runFakeCli(['emulator', '--json', 'faults', 'clear', '--url', NOBODY]);
    expect(JSON.parse(json.stdout)).toMatchObject({ error: { code: 'no-emulator' } });
    const stray = await start('--port', '9000', 'stats');
    expect(stray).toMatchObject({ exitCode: 64, seen: [] });
    expect(stray.stderr).toContain("'stats' has no --port");
  });

  it('shows flags and commands in its help, whichever way one asks', async () => {
    const { stdout } = await runFakeCli(['help', 'emulator']);
    for (const text of ['--tls-ca-file <file>', 'stats [options]', 'tairfleet emulator --port']) {
      expect(stdout).toContain(text);
    }
    expect((await runFakeCli(['emulator', '--help'])).stdout).toBe(stdout);
    const faults = await runFakeCli(['help', 'emulator', 'faults', 'add']);
    expect(faults.stdout).toContain('Usage: tairfleet emulator faults add');
  });
});
