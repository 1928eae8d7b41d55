import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createSecureServer } from 'node:http2';
import { connect as connectTcp, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createServer, type TlsOptions } from 'node:tls';
import { NativeConnection } from '@temporalio/worker';
import type { Environment } from '../../src/config/environment';
import { loadTemporalConnection } from '../../src/config/temporal-connection';
import { createFolderResultStore } from '../../src/outbound/folder-result-store';
import { connectService } from '../../src/service/connect-service';
import { createTempFolder, type TempFolder } from '../support/temp-folder';
import { createTlsAuthority, type TlsAuthority } from '../support/tls-authority';

/**
 * Temporal behind TLS, as the variables of its own tools say it: for the command line (the client's
 * connection) and for the worker (the native one). A proxy of the test's ends the TLS.
 */

let authority: TlsAuthority;
let folder: TempFolder;
let profileFile: string;
const closers: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  authority = await createTlsAuthority('tests');
  // A profile of whoever runs the tests must not count.
  folder = createTempFolder();
  profileFile = join(folder.path, 'temporal.toml');
  writeFileSync(profileFile, '[profile.default]\n');
});

afterAll(() => folder.remove());

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** How each of our two programs connects. */
const PROGRAMS = [
  ['the command line', connectAsCli],
  ['the worker', connectAsWorker],
] as const;

describe.each(PROGRAMS)('%s', (_name, connect) => {
  it('reaches a server by TLS when it trusts the authority', async () => {
    const address = await startProxy({});
    expect(await connect(toEnv(address))).toBe('connected');
  });

  it('refuses a server whose authority it does not know', async () => {
    const address = await startProxy({});
    const stranger = await createTlsAuthority('stranger');
    const env = { ...toEnv(address), TEMPORAL_TLS_SERVER_CA_CERT_DATA: stranger.certificate };
    expect(await connect(env)).toBe('refused');
  });

  it('shows its certificate to a server that asks for one', async () => {
    const address = await startProxy({ requestCert: true, rejectUnauthorized: true });
    const { certificate, key } = await authority.issue('worker');
    const env = {
      ...toEnv(address),
      TEMPORAL_TLS_CLIENT_CERT_DATA: certificate,
      TEMPORAL_TLS_CLIENT_KEY_DATA: key,
    };
    expect(await connect(env)).toBe('connected');
  });

  it('is let in by no server that asks for a certificate when it has none', async () => {
    const address = await startProxy({ requestCert: true, rejectUnauthorized: true });
    expect(await connect(toEnv(address))).toBe('refused');
  });

  it('sends its API key with every call, and only by TLS', async () => {
    const { address, seen } = await startKeyCollector();
    await connect({ ...toEnv(address), TEMPORAL_API_KEY: 'a-key-of-the-test' });
    expect(new Set(seen)).toEqual(new Set(['Bearer a-key-of-the-test']));
  });
});

function toEnv(address: string): Environment {
  return {
    TEMPORAL_CONFIG_FILE: profileFile,
    TEMPORAL_ADDRESS: address,
    TEMPORAL_TLS: 'true',
    TEMPORAL_TLS_SERVER_CA_CERT_DATA: authority.certificate,
  };
}

async function connectAsCli(env: Environment): Promise<'connected' | 'refused'> {
  const { connectionOptions, namespace } = loadTemporalConnection(env);
  const opened = await connectService({
    connection: { ...connectionOptions, connectTimeout: 3_000 },
    namespace,
    resultStore: createFolderResultStore('unused'),
  });
  if (!opened.ok) return 'refused';
  await opened.value.close();
  return 'connected';
}

async function connectAsWorker(env: Environment): Promise<'connected' | 'refused'> {
  const { connectionOptions } = loadTemporalConnection(env);
  try {
    const connection = await NativeConnection.connect(connectionOptions);
    await connection.close();
    return 'connected';
  } catch {
    return 'refused';
  }
}

/** Ends TLS before the run's Temporal server. */
async function startProxy(options: TlsOptions): Promise<string> {
  const { certificate, key } = await authority.issue('localhost');
  const [host = '', port] = (process.env.TAIRFLEET_TEST_TEMPORAL_ADDRESS ?? '').split(':');
  const server = createServer({
    ...{ cert: certificate, key, ca: authority.certificate, ALPNProtocols: ['h2'] },
    ...options,
  });
  const sockets = new Set<{ destroy(): void }>();
  server.on('tlsClientError', () => undefined);
  server.on('secureConnection', (socket) => {
    const upstream = connectTcp(Number(port), host);
    for (const end of [socket, upstream]) {
      sockets.add(end);
      end.on('error', () => undefined);
    }
    socket.pipe(upstream).pipe(socket);
  });
  return listen(server, () => sockets.forEach((socket) => socket.destroy()));
}

/** A server that answers no call, and remembers which key came with it. */
async function startKeyCollector(): Promise<{ address: string; seen: readonly unknown[] }> {
  const { certificate, key } = await authority.issue('localhost');
  const seen: unknown[] = [];
  const server = createSecureServer({ cert: certificate, key });
  const sessions = new Set<{ destroy(): void }>();
  server.on('session', (session) => sessions.add(session));
  server.on('stream', (stream, headers) => {
    seen.push(headers['authorization']);
    stream.on('error', () => undefined);
    const permissionDenied = { 'grpc-status': '7', 'grpc-message': 'of the test' };
    stream.respond({ ':status': 200, 'content-type': 'application/grpc', ...permissionDenied });
    stream.end();
  });
  const address = await listen(server, () => sessions.forEach((session) => session.destroy()));
  return { address, seen };
}

async function listen(
  server: ReturnType<typeof createServer> | ReturnType<typeof createSecureServer>,
  cut: () => void,
): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(async () => {
    cut();
    const closed = once(server, 'close');
    server.close();
    await closed;
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
