import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { createApi } from '../../src/api/create-api';
import { createAuthenticate } from '../../src/api/auth/authenticator';
import type { Authenticate } from '../../src/api/auth/authenticator';
import type { Role } from '../../src/api/subject';
import type { ServerConfig } from '../../src/config/config';
import { CONFIG_DEFAULTS } from '../../src/config/defaults';
import { toPlanConfig } from '../../src/config/plan-config';
import { logEvent, toEventLog } from '../../src/contract/log-writer';
import type { BatchService } from '../../src/service/batch-service';
import { createKeptMetrics } from './kept-metrics';
import { createTempFolder } from './temp-folder';

/** Keys of the tests, by name. */
export interface TestKey {
  readonly role: Role;
  readonly tenants: readonly string[];
  readonly expires?: string;
}

/** An API that listens. */
export interface TestApi {
  readonly url: string;
  /** What it has logged. */
  readonly log: readonly Readonly<Record<string, unknown>>[];
  /** What it has measured. */
  readonly written: readonly string[];
  /** File with the hashes of its keys. */
  readonly keysFile: string;
  /** Sends a request with the key of that name; without a key for null. */
  send(name: string | null, path: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

/** The API key of a name; the server knows its hash only. */
export function toTestKey(name: string): string {
  return `tfk_${createHash('sha256').update(`test ${name}`).digest('hex')}`;
}

/** The text of a keys file. */
export function toKeysText(keys: Readonly<Record<string, TestKey>>): string {
  const listed = Object.entries(keys).map(([name, key]) => ({
    name,
    sha256: createHash('sha256').update(toTestKey(name)).digest('hex'),
    ...key,
  }));
  return JSON.stringify({ keys: listed });
}

/** Starts an API on a port of its own. */
export async function startTestApi(options: {
  readonly service: BatchService;
  readonly keys?: Readonly<Record<string, TestKey>>;
  readonly server?: Partial<ServerConfig>;
  /** Instead of the check of keys and tokens. */
  readonly authenticate?: Authenticate;
}): Promise<TestApi> {
  const folder = createTempFolder();
  const keysFile = join(folder.path, 'keys.yaml');
  writeFileSync(keysFile, toKeysText(options.keys ?? {}));
  const server = { ...CONFIG_DEFAULTS.server, port: 0, keysFile, ...options.server };
  const log: Record<string, unknown>[] = [];
  const write = new Writable({
    write(line: Buffer, _encoding, done) {
      log.push(JSON.parse(line.toString()) as Record<string, unknown>);
      done();
    },
  });
  const { metrics, written } = createKeptMetrics();
  const logger = pino({ level: 'debug', base: null }, write);
  const onProblem = (error: string): void =>
    logEvent(toEventLog(logger), 'keys-file-unusable', { error });
  const api = await createApi({
    service: options.service,
    plan: toPlanConfig({ ...CONFIG_DEFAULTS, defaultAccount: 'default' }, 'the test'),
    server,
    authenticate:
      options.authenticate ??
      (await createAuthenticate(server, { isOnlyEmulator: false, onProblem }))!,
    logger,
    metrics,
  });
  const url = await api.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    log,
    written,
    keysFile,
    send(name, path, init = {}) {
      const headers = new Headers(init.headers);
      if (name !== null) headers.set('authorization', `Bearer ${toTestKey(name)}`);
      return fetch(`${url}${path}`, { ...init, headers });
    },
    async close() {
      await api.close();
      folder.remove();
    },
  };
}
