import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONFIG_DEFAULTS } from '../../../src/config/defaults';
import { type Layer, readAt } from '../../../src/config/layer';
import { toRangeText } from '../../../src/config/setting-range';
import { SETTING_TEXTS } from '../../../src/config/setting-texts';
import { SETTINGS } from '../../../src/config/settings';
import type { Setting } from '../../../src/config/settings';

const DOCS_FILE = join(__dirname, '../../../docs/configuration.md');
const START = '<!-- settings:start -->\n';
const END = '<!-- settings:end -->';

function toRow({ path, variable }: Setting): string {
  const key = path.join('.');
  const value = readAt(CONFIG_DEFAULTS as unknown as Layer, path);
  const shown = value === undefined ? '' : `\`${toText(value)}\``;
  return `| \`${key}\`<br>\`${variable}\` | ${shown} | ${toRangeText(path)} | ${SETTING_TEXTS[key]} |`;
}

function toText(value: unknown): string {
  return Array.isArray(value) ? JSON.stringify(value) : String(value);
}

function toTable(): string {
  const head = [
    '| Setting and variable | Default | May be | Meaning |',
    '| --- | --- | --- | --- |',
  ];
  return ['<!-- prettier-ignore -->', ...head, ...SETTINGS.map(toRow)].join('\n');
}

describe('docs/configuration.md', () => {
  it('has every setting with its default and range (UPDATE_DOCS=1 writes them)', () => {
    const text = readFileSync(DOCS_FILE, 'utf8');
    const [head, tail] = [text.slice(0, text.indexOf(START) + START.length), text.indexOf(END)];
    const wanted = `${head}\n${toTable()}\n\n${text.slice(tail)}`;
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(DOCS_FILE, wanted);
    expect(readFileSync(DOCS_FILE, 'utf8')).toBe(wanted);
  });

  it('says of every setting what it is for, and of nothing else', () => {
    const keys = SETTINGS.map(({ path }) => path.join('.'));
    expect(Object.keys(SETTING_TEXTS).sort()).toEqual([...keys].sort());
    for (const text of Object.values(SETTING_TEXTS)) expect(text).toMatch(/^\S.*\.$/);
  });
});
