/** A rule of one's own. What a kind makes nothing of is refused by the emulator, which says so. */
import { addFaults } from './control-api.mjs';
import { addOptions } from './table.mjs';

/** The operations are those that can have a limit. */
export function showFaultForm({ rateLimits }) {
  const { action } = document.getElementById('fault-form').elements;
  addOptions(action, Object.keys(rateLimits).sort());
}

/** Adds the rule that the form describes. */
export function wireFaultForm(run) {
  const form = document.getElementById('fault-form');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const rule = toRule(form.elements);
    run(`Rule ${rule.name ?? rule.kind}`, () => addFaults([rule]));
  });
}

/** JSON leaves out what is undefined: nothing is said about an empty field. */
function toRule(fields) {
  return {
    name: toText(fields.name),
    action: fields.action.value,
    kind: fields.kind.value,
    when: fields.when.value,
    probability: toNumber(fields.probability),
    count: toNumber(fields.count),
    fromMs: toMs(fields.from),
    untilMs: toMs(fields.until),
    match: toText(fields.match),
    status: toNumber(fields.status),
    code: toText(fields.code),
    retryAfterMs: toNumber(fields.retryAfterMs),
    delayMs: toNumber(fields.delayMs),
  };
}

function toText({ value }) {
  return value.trim() === '' ? undefined : value.trim();
}

function toNumber({ value, valueAsNumber }) {
  return value === '' ? undefined : valueAsNumber;
}

function toMs(field) {
  const seconds = toNumber(field);
  return seconds === undefined ? undefined : seconds * 1_000;
}
