/** The list of instances, which is read only while it is open. */
import { readInstances } from './control-api.mjs';
import { wireFilter } from './filter.mjs';
import { showRows, toText } from './table.mjs';

/** Those that count as failed. */
const BAD_STATUSES = new Set(['Error', 'Inactive', 'Unavailable']);

/** Looks as soon as the list opens or a filter changes. */
export function wireInstanceList(look) {
  document.getElementById('instance-list').addEventListener('toggle', look);
  wireFilter(document.getElementById('instance-filter'), look);
}

/** Reads what the filters ask for, and shows it unless another look has begun meanwhile. */
export async function showInstanceList(isLatest) {
  if (!document.getElementById('instance-list').open) return;
  const { state, find } = document.getElementById('instance-filter').elements;
  const instances = await readInstances({ state: state.value, find: find.value.trim() });
  if (isLatest()) showRows(document.getElementById('instance-rows'), instances.map(toCells));
}

function toCells(instance) {
  const { InstanceId, InstanceName, InstanceClass, ZoneId, InstanceStatus, CreateTime } = instance;
  const status = instance.pinned ? `${InstanceStatus} (pinned)` : InstanceStatus;
  return [
    toText(InstanceId),
    toText(InstanceName),
    toText(InstanceClass),
    toText(ZoneId),
    { text: status, isBad: BAD_STATUSES.has(InstanceStatus) },
    toText(CreateTime),
  ];
}
