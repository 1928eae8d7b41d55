import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { startTemporalServer, toServerArgs } from '../../../src/local/temporal-server';
import type { TemporalServerOptions } from '../../../src/local/temporal-server';
import { createTempFolder } from '../../support/temp-folder';

const folder = createTempFolder();

afterAll(() => folder.remove());

function toOptions(more: Partial<TemporalServerOptions>): TemporalServerOptions {
  return {
    binaryPath: join(folder.path, 'absent'),
    dbFile: join(folder.path, 'data', 'temporal.db'),
    logFile: join(folder.path, 'temporal.log'),
    searchAttributes: [{ name: 'BatchTenant', type: 'Keyword' }],
    ...more,
  };
}

/** A stand-in for the CLI: `server` stays, `operator` answers when `health` says so. */
function writeCli(name: string, health: string): string {
  return folder.writeScript(name, [
    'echo "$@" >> "$0.calls"',
    `if [ "$1" = operator ]; then ${health}; fi`,
    'exec sleep 60',
  ]);
}

test('The server is started on the loopback address with a file in WAL mode and our search attributes.', () => {
  const args = toServerArgs(toOptions({}), 7233).join(' ');
  expect(args).toContain('--ip 127.0.0.1 --port 7233 --headless');
  expect(args).toContain('--sqlite-pragma journal_mode=WAL');
  expect(args).toContain('--search-attribute BatchTenant=Keyword');
});

test('The web UI is off unless it gets a port.', () => {
  expect(toServerArgs(toOptions({ uiPort: 8233 }), 7233)).not.toContain('--headless');
});

test('A server is given back when it answers the health check, and stops when told.', async () => {
  const binaryPath = writeCli('healthy', 'exit 0');
  const started = await startTemporalServer(toOptions({ binaryPath }));
  if (!started.ok) throw new Error(started.message);
  expect(started.value.address).toMatch(/^127\.0\.0\.1:\d+$/);
  await started.value.stop();
  expect(await started.value.exited).toMatchObject({ signal: 'SIGTERM' });
});

test('A server that ends at once is a failure with the end of its log.', async () => {
  const binaryPath = folder.writeScript('broken', [
    '[ "$1" = operator ] && exit 1',
    'echo "database is locked" >&2; exit 1',
  ]);
  const started = await startTemporalServer(toOptions({ binaryPath }));
  expect(started).toMatchObject({
    ok: false,
    code: 'temporal-not-ready',
    message: expect.stringContaining('database is locked'),
  });
});

test('A server that never answers is ended after the time limit.', async () => {
  const binaryPath = writeCli('mute', 'exit 1');
  const started = await startTemporalServer(toOptions({ binaryPath, readyTimeoutMs: 300 }));
  expect(started).toMatchObject({ ok: false, message: expect.stringContaining('300 ms') });
});

test('A port in use is refused before anything is started.', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const started = await startTemporalServer(toOptions({ port }));
  other.close();
  expect(started).toMatchObject({
    ok: false,
    code: 'port-in-use',
    message: expect.stringContaining(`Port ${port}`),
  });
});
