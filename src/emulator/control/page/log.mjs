/** The request log with its filters. */
import { readLog } from './control-api.mjs';
import { wireFilter } from './filter.mjs';
import { addOptions, showRows, toNumber, toText } from './table.mjs';

/** Looks again as soon as a filter changes. */
export function wireLog(look) {
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
  if (isLatest()) showRows(document.getElementById('log'), entries.reverse().map(toCells));
}

function toCells({ seq, at, action, status, code, fault, params, requestId, durationMs }) {
  return [
    toNumber(seq),
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
