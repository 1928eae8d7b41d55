/**
 * `npm run fixtures`: runs the scenarios of the replay tests on a real server and keeps their
 * histories as `test/replay/histories/<version>-<scenario>.json`, with what they were made by in
 * `test/replay/recorded-with.json`. Histories of earlier versions stay: batches that were started
 * by those may still run.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { ROOT, ensureBuilt, ensureInstalled } from './setup.mjs';

const REPLAY_FOLDER = join(ROOT, 'test', 'replay');

await ensureInstalled();
await ensureBuilt();

// These load what has just been built.
const { startLocalFleet } = await import('./local-fleet.mjs');
const { EMULATOR_CONFIG, SCENARIOS, WORKER_CONFIG } = await import('../test/replay/scenarios.mjs');

const { version } = readJson(join(ROOT, 'package.json'));
const fleet = await startLocalFleet({ emulator: EMULATOR_CONFIG, worker: WORKER_CONFIG });
try {
  mkdirSync(join(REPLAY_FOLDER, 'histories'), { recursive: true });
  for (const [name, run] of Object.entries(SCENARIOS)) await record(name, run);
  await noteMakers();
} finally {
  await fleet.close();
}

async function record(name, run) {
  const history = await fleet.client.workflow.getHandle(await run(fleet)).fetchHistory();
  const path = join('histories', `${version}-${name}.json`);
  // Raw, with `sdkMetadata`: without it a replay does not notice a renamed activity.
  const text = historyToJSON(history).replaceAll(hostname(), 'recorder');
  writeFileSync(join(REPLAY_FOLDER, path), toEventLines(JSON.parse(text)));
  process.stderr.write(`test/replay/${path}: ${history.events.length} events\n`);
}

/** One event a line, so that a diff shows which changed. */
function toEventLines({ events }) {
  const lines = events.map((event) => JSON.stringify(event));
  return `{"events":[\n${lines.join(',\n')}\n]}\n`;
}

async function noteMakers() {
  const path = join(REPLAY_FOLDER, 'recorded-with.json');
  const { serverVersion } = await fleet.connection.workflowService.getSystemInfo({});
  const sdk = readJson(join(ROOT, 'node_modules/@temporalio/worker/package.json')).version;
  const makers = { ...readIfThere(path), [version]: { sdk, server: serverVersion } };
  writeFileSync(path, `${JSON.stringify(makers, null, 2)}\n`);
}

function readIfThere(path) {
  try {
    return readJson(path);
  } catch {
    return {};
  }
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
