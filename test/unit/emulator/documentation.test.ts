import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Action } from '../../../src/emulator/actions/action';
import { ACTIONS } from '../../../src/emulator/actions/action-table';
import { INSTANCE_STATUSES } from '../../../src/emulator/instance-life';
import { createDefaultConfig } from '../../../src/emulator/default-config';

const DOCS_FILE = join(__dirname, '../../../docs/emulator.md');
const START = '<!-- operations:start -->\n';
const END = '<!-- operations:end -->';

function toRow({ name, source, parameters }: Action): string {
  const used = parameters.filter(({ isIgnored }) => !isIgnored);
  const shown = used.map((one) => (one.isRequired ? `**${one.name}**` : one.name));
  const ignored = parameters.filter(({ isIgnored }) => isIgnored).map((one) => one.name);
  const list = [shown.join(', '), ignored.length === 0 ? '' : `_${ignored.join(', ')}_`];
  return `| \`${name}\` | ${list.filter((part) => part !== '').join('; ')} | ${source} |`;
}

/** `UPDATE_DOCS=1` writes it. */
function toTables(): string {
  const products = [...new Set(ACTIONS.map(({ product }) => product))];
  const tables = products.map((product) => {
    const rows = ACTIONS.filter((action) => action.product === product).map(toRow);
    const head = `**${product.name}**, version ${product.version}\n\n<!-- prettier-ignore -->\n`;
    return `${head}| Operation | Parameters | Source |\n| --- | --- | --- |\n${rows.join('\n')}`;
  });
  return `\n${tables.join('\n\n')}\n\n`;
}

describe('docs/emulator.md', () => {
  const text = readFileSync(DOCS_FILE, 'utf8');
  const start = text.indexOf(START) + START.length;
  const end = text.indexOf(END);
  if (process.env['UPDATE_DOCS'] === '1') {
    writeFileSync(DOCS_FILE, text.slice(0, start) + toTables() + text.slice(end));
  }

  it('lists every operation with its parameters and its source', () => {
    expect(readFileSync(DOCS_FILE, 'utf8')).toContain(`${START}${toTables()}${END}`);
  });

  it.each(INSTANCE_STATUSES)('names the status %s, which can be pinned', (name) => {
    expect(text.slice(text.indexOf('## Control API'))).toContain(`\`${name}\``);
  });

  it.each(Object.keys(createDefaultConfig()))('explains the setting %s', (name) => {
    expect(text).toMatch(new RegExp('^\\| [^|]*`' + name + '(\\.\\w+)?`', 'm'));
  });
});
