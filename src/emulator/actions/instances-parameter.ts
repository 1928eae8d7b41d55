import type { EmulatorConfig } from '../config';
import { getParameter } from '../protocol/parameters';
import type { Parameters } from '../protocol/parameters';
import { createInvalid } from '../refusal';
import type { Refusal } from '../refusal';

/** Members of one entry, by the table of the CreateInstances page (2025-03-27). */
export const ENTRY_KEYS = [
  'RegionId',
  'IzNo',
  'Quantity',
  'InstanceType',
  'InstanceClass',
  'Capacity',
  'EngineVersion',
  'ChargeType',
  'Period',
  'AutoRenew',
  'InstanceName',
  'Password',
  'NetworkType',
  'VpcId',
  'VSwitchId',
  'NodeType',
  'SrcDBInstanceId',
  'BackupId',
  'RebuildInstance',
] as const;

/** The name of a member of an entry, as the page's table spells it. */
export type EntryKey = (typeof ENTRY_KEYS)[number];

/** The texts of one entry: numbers and booleans become text, empty texts are absent. */
export type Entry = ReadonlyMap<EntryKey, string>;

/** The page's table and its samples spell the keys in different cases: any case is accepted. */
const KEY_BY_LOWER_CASE = new Map<string, EntryKey>(
  ENTRY_KEYS.map((key) => [key.toLowerCase(), key]),
);

/** What every failure to read the parameter is answered with. */
export const MALFORMED_INSTANCES = createInvalid('InvalidInstances.Malformed', 'Instances');

/** The member that a key means, in whatever case it is written; undefined: none. */
export function toEntryKey(name: string): EntryKey | undefined {
  return KEY_BY_LOWER_CASE.get(name.toLowerCase());
}

type ReadSettings = Pick<EmulatorConfig, 'strictEntries' | 'tolerateTrailingComma'>;

/** Reads the `Instances` parameter: a JSON list of at least one object with plain values. */
export function parseInstances(text: string, settings: ReadSettings): readonly Entry[] | Refusal {
  const list = parseJson(settings.tolerateTrailingComma ? dropTrailingCommas(text) : text);
  if (!Array.isArray(list) || list.length === 0) return MALFORMED_INSTANCES;
  const entries: Entry[] = [];
  for (const value of list as readonly unknown[]) {
    const entry = toEntry(value, settings.strictEntries);
    if (entry === undefined) return MALFORMED_INSTANCES;
    entries.push(entry);
  }
  return entries;
}

/** Parameters of the whole call that hold for the entries which say nothing of them. */
const KEYS_OF_CALL = ['EngineVersion', 'AutoRenew', 'RebuildInstance'] as const;

/**
 * Entries with what the whole call says. That the word of an entry goes before that of the call is
 * a guess: the page has both, and no order.
 */
export function completeEntries(
  entries: readonly Entry[],
  parameters: Parameters,
): readonly Entry[] {
  const ofCall = KEYS_OF_CALL.flatMap((key) => {
    const value = getParameter(parameters, key);
    return value === undefined ? [] : [[key, value] as const];
  });
  return ofCall.length === 0 ? entries : entries.map((entry) => new Map([...ofCall, ...entry]));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Outside strings only: a name may hold `,}`. */
function dropTrailingCommas(text: string): string {
  return text.replace(
    /("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])/g,
    (_match, quoted?: string) => quoted ?? '',
  );
}

function toEntry(value: unknown, isStrict: boolean): Entry | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entry = new Map<EntryKey, string>();
  for (const [name, member] of Object.entries(value)) {
    const key = toEntryKey(name);
    if (key === undefined) {
      if (isStrict) return undefined;
      continue;
    }
    const text = toText(member);
    if (text === undefined) return undefined;
    if (text !== '') entry.set(key, text);
  }
  return entry;
}

function toText(member: unknown): string | undefined {
  if (member === null) return '';
  if (typeof member === 'string') return member;
  return typeof member === 'number' || typeof member === 'boolean' ? String(member) : undefined;
}
