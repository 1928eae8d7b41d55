/** The control API of the emulator that served this page. */

/** The emulator did not answer: it is gone, or its machine is. */
export class EmulatorGone extends Error {}

/** So many rows are enough for a person. */
const LOG_ROWS = 100;
const INSTANCE_ROWS = 50;

export const readStats = () => readJson('stats');
export const readConfig = () => readJson('config');
export const readAccounts = () => readJson('accounts');
export const readFaults = () => readJson('faults');

/** Entries of the request log that match a form's fields, oldest first. */
export async function readLog(filter) {
  return readLines('log', { ...filter, last: String(LOG_ROWS), brief: 'true' });
}

/** One entry with everything in it. */
export async function readLogEntry({ seq, requestId }) {
  const since = String(seq - 1);
  const [entry] = await readLines('log', { since, find: requestId, last: '1' });
  return entry;
}

/** Instances that match a form's fields, in order of creation. */
export async function readInstances(filter) {
  return readLines('instances', { ...filter, limit: String(INSTANCE_ROWS) });
}

/** Changes any part of the config. */
export const changeConfig = (part) => sendJson('PUT', 'config', part);

/** Takes settings back to how the emulator was started; without keys all of them. */
export function restoreConfig(keys = []) {
  const query = new URLSearchParams(keys.map((key) => ['key', key]));
  return send(`config?${query}`, { method: 'DELETE' });
}

/** Adds rules at the end of the fault script. */
export const addFaults = (faults) => sendJson('POST', 'faults', faults);

/** Takes rules away by their names; without names all of them. */
export function removeFaults(names = []) {
  const query = new URLSearchParams(names.map((name) => ['name', name]));
  return send(`faults?${query}`, { method: 'DELETE' });
}

/** Forgets everything and goes back to how the emulator was started. */
export const resetEmulator = () => send('reset', { method: 'POST' });

async function readJson(path) {
  return (await send(path)).json();
}

async function readLines(path, parameters) {
  const text = await (await send(`${path}?${new URLSearchParams(parameters)}`)).text();
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

async function sendJson(method, path, value) {
  await send(path, { method, body: JSON.stringify(value) });
}

async function send(path, init) {
  const response = await fetch(path, init).catch(() => {
    throw new EmulatorGone();
  });
  if (response.ok) return response;
  const problem = await response.json().catch(() => undefined);
  throw new Error(problem?.message ?? `It answered with status ${response.status}.`);
}
