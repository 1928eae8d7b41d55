/** Faults by a short list of switches: rules that are told by their names. */
import { addFaults, removeFaults } from './control-api.mjs';

const CREATION = 'CreateInstances';

const THROTTLE = { action: CREATION, kind: 'refuse', status: 400, code: 'Throttling.User' };

/** What goes wrong most. */
const PRESETS = [
  { ...THROTTLE, name: 'Creations are throttled' },
  { ...THROTTLE, name: 'Creations are throttled, with a hint of 2 s', retryAfterMs: 2_000 },
  { ...THROTTLE, name: 'Creations are throttled by a 403', status: 403 },
  { ...THROTTLE, name: 'Creations are throttled by a 429', status: 429 },
  {
    ...{ name: 'Creations execute, answers are lost', action: CREATION },
    ...{ kind: 'drop', when: 'after' },
  },
  { name: 'Creations name one id too few', action: CREATION, kind: 'partial', answerFewerBy: 1 },
  {
    ...{ name: 'A third of all calls fail (500)', probability: 0.33 },
    ...{ kind: 'refuse', status: 500, code: 'InternalError' },
  },
  { name: 'A fifth of all calls meet a broken proxy', kind: 'html', probability: 0.2 },
  { name: 'All answers are two seconds late', kind: 'delay', when: 'after', delayMs: 2_000 },
  {
    ...{ name: 'Lists hang for half a minute', action: 'DescribeInstances' },
    ...{ kind: 'hang', delayMs: 30_000 },
  },
];

/** Makes the switches. */
export function wirePresets(run) {
  document.getElementById('presets').append(...PRESETS.map((rule) => createSwitch(rule, run)));
}

/** Shows which switches are on. */
export function showPresets(faults) {
  const names = new Set(faults.map(({ name }) => name));
  const boxes = document.querySelectorAll('#presets input');
  for (const [index, { name }] of PRESETS.entries()) boxes[index].checked = names.has(name);
}

function createSwitch(rule, run) {
  const label = document.createElement('label');
  const box = document.createElement('input');
  box.type = 'checkbox';
  box.addEventListener('change', () => {
    run(`${rule.name}: ${box.checked ? 'on' : 'off'}`, () =>
      box.checked ? addFaults([rule]) : removeFaults([rule.name]),
    );
  });
  label.append(box, rule.name);
  return label;
}
