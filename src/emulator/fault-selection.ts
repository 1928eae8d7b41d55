import { parseInstances, toEntryKey } from './actions/instances-parameter';
import type { Fault } from './faults';
import type { Parameters } from './protocol/parameters';

/** As much is read as can be: whether the call is in order is for the operation to say. */
const READ_SETTINGS = { strictEntries: false, tolerateTrailingComma: true };

/** True for a call that has what a rule asks for; one that asks for nothing takes every call. */
export function selectsCall(
  { match, parameters, entry }: Pick<Fault, 'match' | 'parameters' | 'entry'>,
  received: Parameters,
): boolean {
  return (
    (parameters === undefined || hasAll(parameters, received)) &&
    (match === undefined || containsText(received, match)) &&
    (entry === undefined || hasEntry(received, entry))
  );
}

function hasAll(wanted: Readonly<Record<string, string>>, received: Parameters): boolean {
  return Object.entries(wanted).every(([name, value]) => received.get(name) === value);
}

/** As JSON a list within a parameter is escaped: the values are looked at as they are, too. */
function containsText(received: Parameters, text: string): boolean {
  for (const value of received.values()) if (value.includes(text)) return true;
  return JSON.stringify(Object.fromEntries(received)).includes(text);
}

function hasEntry(received: Parameters, wanted: Readonly<Record<string, string>>): boolean {
  const entries = parseInstances(received.get('Instances') ?? '', READ_SETTINGS);
  if ('kind' in entries) return false;
  const pairs = Object.entries(wanted);
  return entries.some((entry) =>
    pairs.every(([name, value]) => {
      const key = toEntryKey(name);
      return key !== undefined && (entry.get(key) ?? '') === value;
    }),
  );
}
