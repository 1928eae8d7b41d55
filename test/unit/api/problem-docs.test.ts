import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { API_ERRORS } from '../../../src/api/api-error';

const DOCS_FILE = join(__dirname, '../../../docs/api.md');
const START = '<!-- problems:start -->\n';
const END = '<!-- problems:end -->';

it('docs/api.md has every code of a problem (UPDATE_DOCS=1 writes them).', () => {
  const rows = Object.entries(API_ERRORS).map(
    ([code, { status, title }]) => `| ${status} | \`${code}\` | ${title} |`,
  );
  const head = ['<!-- prettier-ignore -->', '| Status | Code | Meaning |', '| --- | --- | --- |'];
  const text = readFileSync(DOCS_FILE, 'utf8');
  const before = text.slice(0, text.indexOf(START) + START.length);
  const table = [...head, ...rows].join('\n');
  const wanted = `${before}\n${table}\n\n${text.slice(text.indexOf(END))}`;
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(DOCS_FILE, wanted);
  expect(readFileSync(DOCS_FILE, 'utf8')).toBe(wanted);
});
