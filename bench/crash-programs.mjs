/** The programs that are killed: how each is started, killed, awaited, and asked what it knows. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadBuilt, startLocalEmulator, startLocalFleet } from '../scripts/local-fleet.mjs';
import { ensureInstalled, ROOT } from '../scripts/setup.mjs';

const SCRIPT_FOLDER = join(ROOT, 'bench', 'plain-script');

/** Starts of a script that goes on failing, before a person gives up. */
const STARTS_MAX = 5;

/**
 * The product: Temporal, a worker, one batch. After the kill only the worker is started again.
 *
 * @param {{ slots: number, seed: number, emulator: object, worker: object }} setup
 */
export async function createTairfleet({ slots, ...setup }) {
  const { MAIN_QUEUE, PROVISION_BATCH } = loadBuilt('contract/names');
  const { toWorkflowId } = loadBuilt('contract/workflow-id');
  const fleet = await startLocalFleet(setup);
  const batchId = 'crash';
  let handle;
  let document;
  return {
    control: fleet.control,
    async start() {
      handle = await fleet.client.workflow.start(PROVISION_BATCH, {
        workflowId: toWorkflowId('default', batchId),
        taskQueue: MAIN_QUEUE,
        // Rather a failure than a benchmark that never ends.
        workflowExecutionTimeout: '10 minutes',
        args: [{ request: createRequest(batchId, slots) }],
      });
    },
    kill: fleet.killWorker,
    async finish() {
      await fleet.startWorker();
      document = await handle.result();
      return { starts: 1 };
    },
    async readOwnIds() {
      const { createFolderResultStore } = loadBuilt('outbound/folder-result-store');
      const ids = new Set();
      const key = { tenant: 'default', batchId, generation: document.generation };
      const stored = createFolderResultStore(fleet.resultsFolder).streamInstances(key);
      for await (const { id } of stored) ids.add(id);
      return ids;
    },
    close: fleet.close,
  };
}

/**
 * The plain script: one process. It is started again until it says that it is done.
 *
 * @param {{ slots: number, seed: number, emulator: object, tokens: 'random' | 'fixed' }} setup
 */
export async function createPlainScript({ slots, tokens, ...setup }) {
  await ensureInstalled(SCRIPT_FOLDER);
  const { spawnChild } = loadBuilt('local/child-process');
  const cloud = await startLocalEmulator(setup);
  const state = join(cloud.folder, 'ids.jsonl');
  const options = { endpoint: new URL(cloud.url).host, count: slots, state, tokens };
  const run = () =>
    spawnChild({
      command: process.execPath,
      args: [join(SCRIPT_FOLDER, 'order.mjs'), ...toArguments(options)],
      logFile: join(cloud.folder, 'script.log'),
      env: {
        ALIBABA_CLOUD_ACCESS_KEY_ID: 'testid',
        ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'testsecret',
      },
    });
  let running;
  return {
    control: cloud.control,
    start: async () => void (running = run()),
    kill: () => running.kill(),
    async finish() {
      for (let starts = 1; starts <= STARTS_MAX; starts += 1) {
        const { code } = await run().exited;
        if (code === 0) return { starts };
      }
      throw new Error(`the script failed ${STARTS_MAX} times; its last words:\n${readLog(cloud)}`);
    },
    readOwnIds: async () => new Set(readLines(state).map((line) => JSON.parse(line).id)),
    close: cloud.close,
  };
}

function createRequest(batchId, count) {
  const placements = [
    { region: 'cn-hangzhou', zone: 'cn-hangzhou-h', vpcId: 'vpc-1', vSwitchId: 'vsw-1' },
  ];
  const spec = { instanceClass: 'redis.master.small.default' };
  return {
    apiVersion: 'tairfleet/v1',
    batchId,
    groups: [{ name: 'bench', count, spec, placements }],
  };
}

function toArguments(options) {
  return Object.entries(options).flatMap(([name, value]) => [`--${name}`, `${value}`]);
}

function readLog({ folder }) {
  return readLines(join(folder, 'script.log')).slice(-5).join('\n');
}

function readLines(path) {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  return text.split('\n').filter((line) => line !== '');
}
