/** The control API of the emulator that served this page. */

/** The emulator did not answer: it is gone, or its machine is. */
export class EmulatorGone extends Error {}

/** The latest entries of the log are enough for a person. */
const LOG_ROWS = 100;

export const readStats = () => readJson('stats');
export const readConfig = () => readJson('config');
export const readAccounts = () => readJson('accounts');
export const readFaults = () => readJson('faults');

/** Entries of the request log that match a form's fields, oldest first. */
export async function readLog(filter) {
  const query = new URLSearchParams({ ...filter, last: String(LOG_ROWS), brief: 'true' });
  const text = await (await send(`log?${query}`)).text();
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/** Changes any part of the config. */
export const changeConfig = (part) => sendJson('PUT', 'config', part);

/** Takes all settings back to how the emulator was started. */
export const restoreConfig = () => send('config', { method: 'DELETE' });

/** Adds rules at the end of the fault script. */
export const addFaults = (faults) => sendJson('POST', 'faults', faults);

/** Replaces the fault script. */
export const replaceFaults = (faults) => sendJson('PUT', 'faults', faults);

async function readJson(path) {
  return (await send(path)).json();
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
