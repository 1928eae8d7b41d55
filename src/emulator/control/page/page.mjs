/** Looks at the emulator once a second while somebody looks at the page. */
import {
  EmulatorGone,
  readAccounts,
  readConfig,
  readFaults,
  readStats,
  resetEmulator,
  restoreConfig,
} from './control-api.mjs';
import { showCalls, showInstances } from './counts.mjs';
import { showFaultForm, wireFaultForm } from './fault-form.mjs';
import { showFaults, wireFaults } from './faults.mjs';
import { showInstanceList, wireInstanceList } from './instances.mjs';
import { showLimits } from './limits.mjs';
import { showLog, wireLog } from './log.mjs';
import { showPresets, wirePresets } from './presets.mjs';
import { showAccounts, showAddresses, showStock, wireStockOfClass } from './supplies.mjs';
import { showZones } from './zones.mjs';

const LOOK_EVERY_MS = 1_000;

const RESET_QUESTION =
  'Forget all instances, tokens and calls, and take settings and faults back to the start?';

let timer;
/** Of the latest look: what an older one read must not be shown after it. */
let turn = 0;

async function look() {
  clearTimeout(timer);
  turn += 1;
  const mine = turn;
  try {
    await show(() => mine === turn);
    if (mine === turn) sayGone('');
  } catch (error) {
    if (mine === turn) sayGone(toSentence(error));
  }
  if (mine === turn && !document.hidden) timer = setTimeout(look, LOOK_EVERY_MS);
}

async function show(isLatest) {
  const reads = [readStats(), readConfig(), readAccounts(), readFaults()];
  const [stats, config, accounts, faults] = await Promise.all(reads);
  if (!isLatest()) return;
  showInstances(stats);
  showCalls(stats, config);
  showAccounts(accounts, config, run);
  showZones(config, run);
  showStock(config, run);
  showAddresses(config, run);
  showLimits(config, run);
  showPresets(faults);
  showFaultForm(config);
  showFaults(faults, run);
  await Promise.all([showInstanceList(isLatest), showLog(stats, isLatest)]);
}

/** Makes a change, says what came of it, and looks at once. */
async function run(what, change) {
  try {
    await change();
    say(`${what}: done.`);
  } catch (error) {
    say(`${what}: not done. ${toSentence(error)}`, true);
  }
  await look();
}

function say(sentence, isBad = false) {
  const said = document.getElementById('said');
  said.textContent = sentence;
  said.classList.toggle('bad', isBad);
}

function sayGone(sentence) {
  const gone = document.getElementById('gone');
  if (gone.textContent !== sentence) gone.textContent = sentence;
  gone.hidden = sentence === '';
  document.body.classList.toggle('stale', sentence !== '');
}

function toSentence(error) {
  return error instanceof EmulatorGone
    ? 'The emulator does not answer; what is below is from before. Asking again every second.'
    : error.message;
}

document.getElementById('address').textContent = location.origin;
document.addEventListener('visibilitychange', () => {
  if (document.hidden) clearTimeout(timer);
  else void look();
});
document
  .getElementById('restore')
  .addEventListener('click', () => run('Settings as at the start', () => restoreConfig()));
document.getElementById('reset').addEventListener('click', () => {
  if (confirm(RESET_QUESTION)) void run('Everything as at the start', resetEmulator);
});
wirePresets(run);
wireFaultForm(run);
wireFaults(run);
wireInstanceList(look);
wireLog(look);
wireStockOfClass(run);
await look();
