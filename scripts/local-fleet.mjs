/**
 * The product as it runs, for benchmarks and recordings: a Temporal server, the emulator, a worker
 * and, for who asks, the HTTP API, each a process of its own, all of them gone when this one ends.
 * Build before.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { ROOT } from './setup.mjs';

/** Loads a module of the build. */
export const loadBuilt = (name) => createRequire(import.meta.url)(join(ROOT, 'dist', name));

/**
 * Starts the parts. A server that somebody's environment names is not used: it has other work.
 *
 * @param {{ emulator?: object, worker?: object, seed?: number }} options - config of the emulator
 *   with its `faults`, config file of the worker, seed of the emulator
 */
export async function startLocalFleet({ emulator = {}, worker = {}, seed = 1 } = {}) {
  const folder = createRunFolder();
  const server = await startServer(folder);
  const cloud = await startEmulator(folder, { emulator, seed });
  const place = { server, cloud };
  const start = () => startWorker(folder, { worker, place });
  let running = await start();
  const apis = [];
  const connection = await Connection.connect({ address: server.address });
  return {
    client: new Client({ connection }),
    connection,
    control: createControl(cloud.ready.url),
    resultsFolder: toResultsFolder(folder),
    serverDescription: server.description,
    workerPid: running.pid,
    killWorker: () => running.kill(),
    startWorker: async () => void (running = await start()),
    /** One more server of the HTTP API, with these settings as `server`; gives its URL. */
    async startApi(settings) {
      const api = await startApi(folder, { config: { ...worker, server: settings }, place });
      apis.push(api);
      return api.ready.url;
    },
    async close() {
      await connection.close();
      for (const api of apis) await api.stop();
      await running.stop();
      await cloud.stop();
      await server.stop();
    },
  };
}

/**
 * Starts an emulator alone, for a program that is not ours.
 *
 * @param {{ emulator: object, seed: number }} options - as for the fleet
 */
export async function startLocalEmulator(options) {
  const folder = createRunFolder();
  const cloud = await startEmulator(folder, options);
  return {
    folder,
    url: cloud.ready.url,
    pid: cloud.ready.pid,
    control: createControl(cloud.ready.url),
    close: () => cloud.stop(),
  };
}

/** For everything that the programs write; it goes when this process ends. */
function createRunFolder() {
  if (runFolders.size === 0) hookEnd();
  const folder = mkdtempSync(join(tmpdir(), 'tairfleet-'));
  runFolders.add(folder);
  return folder;
}

const runFolders = new Set();

function hookEnd() {
  // Children that `exit` ends would outlive a signal that nobody catches.
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));
  process.once('exit', () => {
    for (const folder of runFolders) rmSync(folder, { recursive: true, force: true });
  });
}

async function startServer(folder) {
  const { findTemporal } = loadBuilt('local/temporal-binary');
  const { startTemporalServer } = loadBuilt('local/temporal-server');
  const { SEARCH_ATTRIBUTES } = loadBuilt('contract/search-attributes');
  const onDownload = (sentence) => process.stderr.write(`${sentence}\n`);
  const env = { ...process.env, TEMPORAL_ADDRESS: '' };
  const found = toValue(await findTemporal({ env, onDownload }));
  const server = toValue(
    await startTemporalServer({
      binaryPath: found.path,
      dbFile: join(folder, 'temporal.db'),
      logFile: join(folder, 'temporal.log'),
      searchAttributes: SEARCH_ATTRIBUTES,
    }),
  );
  return { ...server, description: found.description };
}

async function startEmulator(folder, { emulator, seed }) {
  const config = writeConfig(folder, 'emulator', emulator);
  return startOwnProgram(folder, {
    name: 'emulator',
    args: ['emulator', '--port', '0', '--seed', `${seed}`, '--config', config],
  });
}

async function startWorker(folder, { worker, place }) {
  return startOwnProgram(folder, {
    name: 'worker',
    args: ['worker'],
    env: {
      ...toOwnEnv(folder, { name: 'worker', config: worker, place }),
      TAIRFLEET_CLOUD_ENDPOINT: place.cloud.ready.url,
      ALIBABA_CLOUD_ACCESS_KEY_ID: 'testid',
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'testsecret',
    },
  });
}

async function startApi(folder, { config, place }) {
  const env = toOwnEnv(folder, { name: 'api', config, place });
  return startOwnProgram(folder, { name: 'api', args: ['serve'], env });
}

/** What whoever started us has set for tairfleet or Temporal is not meant for these. */
function toOwnEnv(folder, { name, config, place }) {
  const inherited = Object.keys(process.env).filter((key) => /^(TAIRFLEET|TEMPORAL)_/.test(key));
  return {
    // An empty variable counts as not set.
    ...Object.fromEntries(inherited.map((key) => [key, ''])),
    TEMPORAL_ADDRESS: place.server.address,
    TAIRFLEET_READY_LINE: '1',
    TAIRFLEET_CONFIG: writeConfig(folder, name, config),
    TAIRFLEET_RESULTS_FOLDER: toResultsFolder(folder),
  };
}

async function startOwnProgram(folder, { name, args, env = {} }) {
  const { startProgram } = loadBuilt('local/ready-program');
  return toValue(
    await startProgram({
      name,
      command: process.execPath,
      args: [join(ROOT, 'dist', 'bin.js'), ...args],
      logFile: join(folder, `${name}.log`),
      env,
    }),
  );
}

function toResultsFolder(folder) {
  return join(folder, 'results');
}

/** JSON is YAML, which is what a config file is. */
function writeConfig(folder, name, config) {
  const path = join(folder, `${name}.yaml`);
  writeFileSync(path, JSON.stringify(config));
  return path;
}

function toValue(result) {
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

/** The emulator's control API. */
function createControl(url) {
  const call = async (path, init) => {
    const response = await fetch(`${url}/_emulator/${path}`, init);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  const put = (path, value) =>
    call(path, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(value),
    });
  return {
    url,
    stats: async () => (await call('stats')).json(),
    /** Streams: a million of them make no string. */
    instances: () => readLines(call('instances')),
    log: (action) => readLines(call(`log?action=${action}`)),
    readConfig: async () => (await call('config')).json(),
    configure: async (patch) => void (await put('config', patch)),
    setFaults: async (faults) => void (await put('faults', faults)),
  };
}

async function* readLines(response) {
  const input = Readable.fromWeb((await response).body);
  for await (const line of createInterface({ input })) if (line !== '') yield JSON.parse(line);
}

/**
 * Polls until something is as wanted.
 *
 * @param {() => Promise<unknown>} look - what to look at
 * @param {(value: any) => boolean} isReached - what is wanted
 */
export async function waitUntil(look, isReached, timeoutMs = 60_000) {
  const deadlineMs = Date.now() + timeoutMs;
  for (;;) {
    const value = await look();
    if (isReached(value)) return value;
    if (Date.now() > deadlineMs) throw new Error(`not reached: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
