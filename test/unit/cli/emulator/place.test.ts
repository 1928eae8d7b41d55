import { once } from 'node:events';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { announceStack } from '../../../../src/cli/stack/running-stack';
import { startEmulator } from '../../../../src/emulator/main';
import { createTempFolder } from '../../../support/temp-folder';
import { runFakeCli } from '../../../support/fake-cli';
import { startBench } from '../../emulator/api-client';
import type { Bench } from '../../emulator/api-client';

/** Nobody listens there. */
const NOBODY = 'http://127.0.0.1:2';

async function serve(answer: (response: ServerResponse) => void) {
  const server = createServer((_request, response) => answer(response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => void server.close() };
}

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
    const { url, close } = await serve((response) => void response.end('<html>hello</html>'));
    for (const command of ['stats', 'log', 'instances']) {
      const run = await runFakeCli(['emulator', command, '--url', url]);
      expect(run).toMatchObject({ exitCode: 69, stderr: expect.stringContaining('no emulator') });
    }
    close();
  });

  it('may be closed to this machine: 77, and what would open it', async () => {
    const message = 'Start the emulator with --allow-remote-control to open it.';
    const { url, close } = await serve((response) =>
      response.writeHead(403).end(JSON.stringify({ code: 'RemoteControlOff', message })),
    );
    const run = await stats(['--url', url]);
    expect(run).toMatchObject({ exitCode: 77, stderr: expect.stringContaining(message) });
    close();
  });

  it('is not trusted over HTTPS by itself, and the way to trust it is said', async () => {
    const secure = await startEmulator({ tls: { port: 0, names: [] } });
    const run = await stats(['--url', secure.tlsUrl!]);
    expect(run).toMatchObject({
      ...{ exitCode: 69, stderr: expect.stringContaining('NODE_EXTRA_CA_CERTS') },
    });
    await secure.close();
  });

  it.each(['127.0.0.1:8900', 'ftp://127.0.0.1', 'http://key@127.0.0.1'])(
    'is none by the address %s, and nothing is sent',
    async (url) => {
      const run = await stats(['--url', url]);
      expect(run).toMatchObject({ exitCode: 64, stderr: expect.stringContaining('is no address') });
    },
  );
});
