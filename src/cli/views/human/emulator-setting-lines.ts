import { stringify } from 'yaml';
import type { EmulatorSettings } from '../../emulator/control-client';
import { formatCountOf } from './numbers';
import { toTable } from './table';

/**
 * All settings, a line each; what does not fit is counted instead.
 *
 * @param settings - by their names
 * @param columns - of the terminal
 */
export function toSettingLines(settings: EmulatorSettings, columns: number): string[] {
  const names = Object.keys(settings);
  const width = columns - Math.max(...names.map((name) => name.length)) - 2;
  return toTable(names.map((name) => [name, toShortText(settings[name], width)]));
}

/**
 * Settings in full, as YAML that `config set --file` takes.
 *
 * @param settings - by their names
 */
export function toNamedSettingLines(settings: EmulatorSettings): string[] {
  return stringify(settings).trimEnd().split('\n');
}

function toShortText(value: unknown, width: number): string {
  const text = JSON.stringify(value);
  if (text.length <= width) return text;
  if (Array.isArray(value)) return `[ ${formatCountOf(value.length, 'entry', 'entries')} ]`;
  return `{ ${formatCountOf(Object.keys(value as object).length, 'member')} }`;
}
