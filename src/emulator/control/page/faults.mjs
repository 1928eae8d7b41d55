/** Faults by a short list of switches, and the script in force. */
import { addFaults, readFaults, replaceFaults } from './control-api.mjs';
import { showRows, toNumber, toText } from './table.mjs';

const CREATION = 'CreateInstances';

/** What goes wrong most, each with the rule that does it. */
const PRESETS = [
  {
    name: 'Creations are throttled',
    rule: { action: CREATION, kind: 'refuse', status: 400, code: 'Throttling.User' },
  },
  {
    name: 'Creations execute, answers are lost',
    rule: { action: CREATION, kind: 'drop', when: 'after' },
  },
  {
    name: 'Creations name one id too few',
    rule: { action: CREATION, kind: 'partial', answerFewerBy: 1 },
  },
  {
    name: 'A third of all calls fail (500)',
    rule: { kind: 'refuse', status: 500, code: 'InternalError', probability: 0.33 },
  },
  { name: 'A fifth of all calls meet a broken proxy', rule: { kind: 'html', probability: 0.2 } },
  {
    name: 'All answers are two seconds late',
    rule: { kind: 'delay', when: 'after', delayMs: 2_000 },
  },
  {
    name: 'Lists hang for half a minute',
    rule: { action: 'DescribeInstances', kind: 'hang', delayMs: 30_000 },
  },
];

/** What a rule has when it says nothing. */
const DEFAULTS = { action: '*', probability: 1, fromMs: 0, when: 'before' };

/** Makes the switches. */
export function wireFaults(run) {
  const presets = document.getElementById('presets');
  presets.append(...PRESETS.map((preset) => createSwitch(preset, run)));
  document
    .getElementById('clear-faults')
    .addEventListener('click', () => run('No faults', () => replaceFaults([])));
}

function createSwitch({ name, rule }, run) {
  const label = document.createElement('label');
  const box = document.createElement('input');
  box.type = 'checkbox';
  box.addEventListener('change', () => {
    run(`${name}: ${box.checked ? 'on' : 'off'}`, () =>
      box.checked ? addFaults([rule]) : remove(rule),
    );
  });
  label.append(box, name);
  return label;
}

/** Others keep their counts. */
async function remove(rule) {
  const faults = await readFaults();
  await replaceFaults(faults.filter((fault) => !isOf(fault, rule)));
}

/** Shows the script, and which switches are on by it. */
export function showFaults(faults) {
  const boxes = document.querySelectorAll('#presets input');
  for (const [index, { rule }] of PRESETS.entries()) {
    boxes[index].checked = faults.some((fault) => isOf(fault, rule));
  }
  document.getElementById('clear-faults').disabled = faults.length === 0;
  showRows(
    document.getElementById('faults'),
    faults.map(({ action, kind, when, code, probability, count, fromMs, untilMs, fired }) => [
      toText(action === '*' ? 'all' : action),
      toText(kind),
      toText(when),
      toText(code),
      toNumber(probability),
      toNumber(count ?? 'no end'),
      toText(toWindow(fromMs, untilMs)),
      toNumber(fired),
    ]),
  );
}

function toWindow(fromMs, untilMs) {
  if (fromMs === 0 && typeof untilMs !== 'number') return 'always';
  const from = `${fromMs / 1_000} s`;
  return typeof untilMs === 'number' ? `${from} to ${untilMs / 1_000} s` : `from ${from}`;
}

/** How often it has fired, and since when it could, makes it no other rule. */
function isOf(fault, rule) {
  const wanted = { ...DEFAULTS, ...rule, fired: fault.fired, since: fault.since };
  const keys = new Set([...Object.keys(fault), ...Object.keys(wanted)]);
  return [...keys].every((key) => fault[key] === wanted[key]);
}
