/** The fault script in force. */
import { removeFaults } from './control-api.mjs';
import { showRows, toButton, toNumber, toText } from './table.mjs';

/** Lets all rules be taken away at once. */
export function wireFaults(run) {
  document
    .getElementById('clear-faults')
    .addEventListener('click', () => run('No faults', () => removeFaults()));
}

/** Shows the script; each rule can be taken away. */
export function showFaults(faults, run) {
  document.getElementById('clear-faults').disabled = faults.length === 0;
  const rows = faults.map((fault) => [...toCells(fault), toRemoval(fault, run)]);
  showRows(document.getElementById('faults'), rows);
}

function toCells(fault) {
  const { name, action, kind, when, probability, count, matched, fired } = fault;
  return [
    toText(name),
    toText(action === '*' ? 'all' : action),
    toText(toSelection(fault)),
    toText(kind),
    toText(when),
    toText(toAnswer(fault)),
    toNumber(probability),
    toNumber(count ?? 'no end'),
    toText(toWindow(fault)),
    toNumber(`${fired} of ${matched}`),
  ];
}

function toRemoval({ name }, run) {
  const label = `Remove ${name}`;
  return toButton('Remove', { label, press: () => run(label, () => removeFaults([name])) });
}

function toSelection({ match, parameters = {}, entry = {} }) {
  const pairs = Object.entries({ ...parameters, ...entry });
  const texts = pairs.map(([key, value]) => `${key} = ${value}`);
  if (match !== undefined) texts.push(`contains ${match}`);
  return texts.length === 0 ? 'any call' : texts.join(', ');
}

/** What of an answer the rule says. */
function toAnswer({ status, code, retryAfterMs, delayMs, answerFewerBy, commitFewerBy }) {
  const hint = (value, say) => (value === undefined ? [] : [say(value)]);
  return [
    ...[status, code].filter((value) => value !== undefined),
    ...hint(retryAfterMs, (ms) => `retry after ${ms} ms`),
    ...hint(delayMs, (ms) => `${ms} ms`),
    ...hint(answerFewerBy, (ids) => `${ids} ids fewer`),
    ...hint(commitFewerBy, (units) => `${units} instances fewer`),
  ].join(', ');
}

function toWindow({ fromMs, untilMs }) {
  if (fromMs === 0 && typeof untilMs !== 'number') return 'always';
  const from = `${fromMs / 1_000} s`;
  return typeof untilMs === 'number' ? `${from} to ${untilMs / 1_000} s` : `from ${from}`;
}
