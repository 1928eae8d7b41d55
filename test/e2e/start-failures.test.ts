import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { toFailureExitCode } from '../../src/cli/exit-code';
import { CONFIG_DEFAULTS } from '../../src/config/defaults';
import { StartError } from '../../src/observability/start-error';
import { runServer } from '../../src/server';
import { runWorker } from '../../src/worker';
import { runTairfleet } from '../support/tairfleet-program';
import { createTempFolder } from '../support/temp-folder';

/** Programs that do not start say why, and end as docs/cli.md says. */

const folder = createTempFolder();
let taken: Server;
let takenPort: number;
beforeAll(async () => {
  taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  takenPort = (taken.address() as AddressInfo).port;
});
afterAll(() => {
  taken.close();
  folder.remove();
});

const ORIGIN = { file: null, variables: [] };
const OPEN = { port: 0, authentication: 'none' as const };

/** Code, exit code and words of a program that does not start. */
async function failOf(run: Promise<void>) {
  const error = await run.then(
    () => null,
    (caught: unknown) => caught,
  );
  if (!(error instanceof StartError)) throw new Error(`no StartError: ${String(error)}`);
  return [error.code, toFailureExitCode(error.code), error.message] as const;
}

function startServer(server: object, config: object = {}, address?: string): Promise<void> {
  return runServer(
    {
      ...{ ...CONFIG_DEFAULTS, log: { level: 'error' as const }, ...config },
      server: { ...CONFIG_DEFAULTS.server, ...server },
    },
    {
      connectionOptions: { address: address ?? process.env['TAIRFLEET_TEST_TEMPORAL_ADDRESS']! },
      namespace: 'default',
    },
    {
      ...{ signal: AbortSignal.abort(), version: '0.0.0', origin: ORIGIN },
      onReady: () => {
        throw new Error('it has started');
      },
    },
  );
}

describe('a server that cannot start', () => {
  it.each([
    ['is missing', null, /nokeys\.yaml cannot be read, so nobody could be let in/],
    ['is broken', 'keys: [ { name: x } ]', /keys\.yaml is refused: keys\.0\.sha256: /],
    ['is no YAML', '{', /keys\.yaml is refused/],
  ])('says so when its keys file %s', async (_what, text, said) => {
    const keysFile = join(folder.path, text === null ? 'nokeys.yaml' : 'keys.yaml');
    if (text !== null) writeFileSync(keysFile, text);
    expect(await failOf(startServer({ port: 0, keysFile }))).toEqual([
      ...['invalid-config', 78],
      expect.stringMatching(said),
    ]);
  });

  it('says which setting leads elsewhere when its port is taken', async () => {
    expect(await failOf(startServer({ ...OPEN, port: takenPort }))).toEqual([
      ...['port-in-use', 69],
      expect.stringMatching(
        /The HTTP API cannot listen at .*server\.port \(TAIRFLEET_SERVER_PORT\)/,
      ),
    ]);
    const health = { host: '127.0.0.1', port: takenPort };
    expect(await failOf(startServer(OPEN, { health }))).toEqual([
      ...['port-in-use', 69],
      expect.stringMatching(/health server .*health\.port \(TAIRFLEET_HEALTH_PORT\)/),
    ]);
  });

  it('says which setting names an address that the host does not have', async () => {
    expect(await failOf(startServer({ ...OPEN, host: '192.0.2.1' }))).toEqual([
      ...['invalid-config', 78],
      expect.stringMatching(/no such address.*server\.host \(TAIRFLEET_SERVER_HOST\)/),
    ]);
  });

  it('says where no Temporal server answers, as a worker does', async () => {
    const nobody = '127.0.0.1:1';
    expect(await failOf(startServer(OPEN, {}, nobody))).toEqual([
      ...['no-server', 69],
      expect.stringContaining(nobody),
    ]);
    const config = { ...CONFIG_DEFAULTS, log: { level: 'error' as const } };
    const temporal = { connectionOptions: { address: nobody }, namespace: 'default' };
    const worker = runWorker(config, temporal, { origin: ORIGIN, onReady: () => {} });
    expect(await failOf(worker)).toEqual(['no-server', 69, expect.stringContaining(nobody)]);
  });

  it('ends with the exit code of that', async () => {
    const { exitCode, stderr } = await runTairfleet(['serve'], { cwd: folder.path });
    expect([exitCode, stderr]).toEqual([
      78,
      expect.stringMatching(/^error: Nobody could be let in/m),
    ]);
  });
});
