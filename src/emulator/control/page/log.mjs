/** The request log with its filters. */
import { readLog, readLogEntry } from './control-api.mjs';
import { wireFilter } from './filter.mjs';
import { addOptions, showRows, toButton, toNumber, toText } from './table.mjs';

const COLUMNS = 9;

/** The call whose parameters and ids are shown; 0: none. */
let openSeq = 0;

/** What to do when a call is opened or closed. */
let lookAgain;

/** Looks again as soon as a filter changes. */
export function wireLog(look) {
  lookAgain = look;
  wireFilter(document.getElementById('log-filter'), look);
}

/** Reads what the filters ask for, and shows it unless another look has begun meanwhile. */
export async function showLog({ calls }, isLatest) {
  const form = document.getElementById('log-filter');
  addOptions(form.elements.action, Object.keys(calls));
  const { action, status, code, find } = form.elements;
  const entries = await readLog({
    action: action.value,
    status: status.value,
    code: code.value.trim(),
    find: find.value.trim(),
  });
  const open = entries.find(({ seq }) => seq === openSeq);
  const whole = open === undefined ? undefined : await readLogEntry(open);
  if (!isLatest()) return;
  const rows = entries.reverse().flatMap((entry) => toRows(entry, whole));
  showRows(document.getElementById('log'), rows);
}

function toRows(entry, whole) {
  const isOpen = entry.seq === whole?.seq;
  return isOpen ? [toCells(entry, true), [toDetail(whole)]] : [toCells(entry, false)];
}

function toCells(entry, isOpen) {
  const { seq, at, action, status, code, fault, params, requestId, durationMs } = entry;
  return [
    toOpener(seq, isOpen),
    toText(at.slice(11, 23)),
    toText(action),
    toNumber(status ?? 'running', status !== null && status !== 200),
    toText(code),
    toText(fault),
    toText(params.Token ?? params.ClientToken),
    toText(requestId),
    toNumber(durationMs),
  ];
}

function toOpener(seq, isOpen) {
  const press = () => {
    openSeq = isOpen ? 0 : seq;
    void lookAgain();
  };
  return { ...toButton(String(seq), { label: `Call ${seq}`, isOpen, press }), isNumber: true };
}

/** The ids, then a line for each parameter. */
function toDetail({ params, ids, committedIds }) {
  const lines = [
    ...(ids.length > 0 ? [`Ids in the answer: ${ids.join(', ')}`] : []),
    ...(committedIds.length > 0 ? [`Created or deleted: ${committedIds.join(', ')}`] : []),
    ...Object.entries(params).map(([name, value]) => `${name}: ${value}`),
  ];
  return { text: lines.join('\n'), span: COLUMNS };
}
