import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { announceStack } from '../../../../src/cli/stack/running-stack';
import { createTempFolder } from '../../../support/temp-folder';
import { runFakeCli } from '../../../support/fake-cli';
import { startBench } from '../../emulator/api-client';
import type { Bench } from '../../emulator/api-client';

/** Nobody listens there. */
const NOBODY = 'http://127.0.0.1:2';

describe('the emulator that a command is about', () => {
  const folder = createTempFolder();
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench();
  });
  afterAll(async () => {
    await bench.close();
    folder.remove();
  });

  const stats = (args: readonly string[], env = {}, cwd = folder.path) =>
    runFakeCli(['emulator', 'stats', ...args], { context: { env, cwd } });

  it('is that of --url, also when it is the address of the control page', async () => {
    const env = { TAIRFLEET_EMULATOR_URL: NOBODY };
    expect(await stats(['--url', bench.url], env)).toMatchObject({ exitCode: 0 });
    expect(await stats(['--url', `${bench.url}/_emulator/`], env)).toMatchObject({ exitCode: 0 });
  });

  it('is that of the variable, before that of a running "tairfleet up"', async () => {
    const up = createTempFolder();
    announceStack(up.path, {
      ...{ pid: process.pid, address: '127.0.0.1:1', isOwnServer: true, resultsFolder: up.path },
      ...{ emulatorUrl: NOBODY, uiUrl: null },
    });
    const env = { TAIRFLEET_EMULATOR_URL: bench.url };
    expect(await stats([], env, up.path)).toMatchObject({ exitCode: 0 });
    const lost = await stats([], {}, up.path);
    expect(lost).toMatchObject({ exitCode: 69, stderr: expect.stringContaining(NOBODY) });
    expect(lost.stderr).toContain('"tairfleet up"');
    up.remove();
  });

  it('is nobody where nobody answers: 69, and how to start or name one', async () => {
    const { exitCode, stdout } = await stats(['--url', NOBODY, '--json']);
    expect(exitCode).toBe(69);
    expect(JSON.parse(stdout)).toEqual({
      error: { code: 'no-emulator', message: expect.stringContaining(`answers at ${NOBODY}`) },
    });
  });

  it('is no other server that answers there', async () => {
    const other = createServer((_request, response) => void response.end('<html>hello</html>'));
    await once(other.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    for (const command of ['stats', 'log', 'instances']) {
      const run = await runFakeCli(['emulator', command, '--url', url]);
      expect(run).toMatchObject({ exitCode: 69, stderr: expect.stringContaining('no emulator') });
    }
    other.close();
  });

  it.each(['127.0.0.1:8900', 'ftp://127.0.0.1', 'http://key@127.0.0.1'])(
    'is none by the address %s, and nothing is sent',
    async (url) => {
      const run = await stats(['--url', url]);
      expect(run).toMatchObject({ exitCode: 64, stderr: expect.stringContaining('is no address') });
    },
  );
});
