/**
 * `npm run fixtures`: runs the scenarios of the replay tests on a real server and keeps their
 * histories as `test/replay/histories/<version>-<scenario>.json`, with what they were made by in
 * `test/replay/recorded-with.json`. Histories of earlier versions stay: batches that were started
 * by those may still run. With names of scenarios (`npm run fixtures -- large-batch`): only those.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
const { SHARD_SCENARIOS, SHARD_WORKER_CONFIG } = await import('../test/replay/shard-scenarios.mjs');

const { version } = readJson(join(ROOT, 'package.json'));
const histories = join(REPLAY_FOLDER, 'histories');
const wanted = process.argv.slice(2);
mkdirSync(histories, { recursive: true });
await recordAll(SCENARIOS, WORKER_CONFIG);
await recordAll(SHARD_SCENARIOS, SHARD_WORKER_CONFIG);

async function recordAll(all, worker) {
  const scenarios = Object.entries(all).filter(([name]) => isWanted(name));
  if (scenarios.length === 0) return;
  const fleet = await startLocalFleet({ emulator: EMULATOR_CONFIG, worker });
  try {
    for (const [name, run] of scenarios) await recordScenario(fleet, name, run);
    await noteMakers(fleet);
  } finally {
    await fleet.close();
  }
}

function isWanted(name) {
  return wanted.length === 0 || wanted.includes(name);
}

/** Its one run, or each of several: `large-batch-root-0`. */
function isOf(file, name) {
  const rest = file.slice(`${version}-${name}`.length);
  return file.startsWith(`${version}-${name}`) && /^(-(root|shard)-\d+)?\.json$/.test(rest);
}

/** A scenario keeps the last run of one workflow, or the runs that it names. */
async function recordScenario(fleet, name, run) {
  const kept = await run(fleet);
  for (const file of readdirSync(histories)) {
    if (isOf(file, name)) rmSync(join(histories, file));
  }
  if (typeof kept === 'string') return record(fleet, name, { workflowId: kept });
  for (const [part, execution] of Object.entries(kept)) {
    await record(fleet, `${name}-${part}`, execution);
  }
}

async function record({ client }, name, { workflowId, runId }) {
  const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  const path = join('histories', `${version}-${name}.json`);
  // Raw, with `sdkMetadata`: without it a replay does not notice a renamed activity.
  const text = historyToJSON(history).replaceAll(hostname(), 'recorder').replaceAll(`${ROOT}/`, '');
  writeFileSync(join(REPLAY_FOLDER, path), toEventLines(JSON.parse(text)));
  process.stderr.write(`test/replay/${path}: ${history.events.length} events\n`);
}

/** One event a line, so that a diff shows which changed. */
function toEventLines({ events }) {
  const lines = events.map((event) => JSON.stringify(event));
  return `{"events":[\n${lines.join(',\n')}\n]}\n`;
}

async function noteMakers(fleet) {
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
