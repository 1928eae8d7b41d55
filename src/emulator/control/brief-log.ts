import type { LogEntry } from '../request-log';

/** The parameters by which a client names a call. */
const NAMES = new Set(['Token', 'ClientToken', 'InstanceId']);

/** Log entries without what can be long: a call may name thousands of instances. */
export function* toBriefEntries(entries: Iterable<LogEntry>): Generator<unknown> {
  for (const entry of entries) {
    const named = Object.entries(entry.params).filter(([name]) => NAMES.has(name));
    const params = Object.fromEntries(named);
    // Undefined members are left out of JSON.
    yield { ...entry, params, ids: undefined, committedIds: undefined };
  }
}
