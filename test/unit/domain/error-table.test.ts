import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CodeGroup } from '../../../src/domain/error-codes/code-group';
import { ERROR_TABLE } from '../../../src/domain/error-table';

const DOCS_FILE = join(__dirname, '../../../docs/errors.md');

/** The rows of docs/errors.md; `UPDATE_DOCS=1` writes them. */
function toRows(groups: readonly CodeGroup[]): string[] {
  return groups.flatMap((group) =>
    Object.entries(group.codes).map(([code, why]) => {
      const name =
        group.httpStatus === undefined ? `\`${code}\`` : `\`${code}\` (${group.httpStatus})`;
      const mark = group.isUnexecuted === true ? ' \\*' : '';
      return `| ${name} | \`${group.class}\`${mark} | ${why} | ${group.nextStep} |`;
    }),
  );
}

function toTable(groups: readonly CodeGroup[]): string {
  const head = ['| Code | Class | Why | What you can do |', '| --- | --- | --- | --- |'];
  return ['<!-- prettier-ignore -->', ...head, ...toRows(groups)].join('\n');
}

const SECTIONS = {
  'service-codes': ERROR_TABLE.filter((group) => group.isOurs !== true),
  'our-codes': ERROR_TABLE.filter((group) => group.isOurs === true),
};

function toMarkers(name: string): { start: string; end: string } {
  return { start: `<!-- ${name}:start -->\n`, end: `<!-- ${name}:end -->` };
}

function readSection(name: string): string {
  const { start, end } = toMarkers(name);
  const text = readFileSync(DOCS_FILE, 'utf8');
  return text.slice(text.indexOf(start) + start.length, text.indexOf(end));
}

function writeSection(name: string, groups: readonly CodeGroup[]): void {
  const { start, end } = toMarkers(name);
  const text = readFileSync(DOCS_FILE, 'utf8');
  const head = text.slice(0, text.indexOf(start) + start.length);
  writeFileSync(DOCS_FILE, `${head}\n${toTable(groups)}\n\n${text.slice(text.indexOf(end))}`);
}

const codes = ERROR_TABLE.flatMap((group) =>
  Object.entries(group.codes).map(([code, why]) => ({ group, code, why })),
);

describe('docs/errors.md', () => {
  if (process.env['UPDATE_DOCS'] === '1') {
    for (const [name, groups] of Object.entries(SECTIONS)) writeSection(name, groups);
  }

  it.each(Object.entries(SECTIONS))(
    'lists exactly the codes of the table in %s',
    (name, groups) => {
      const documented = readSection(name)
        .split('\n')
        .filter((line) => line.startsWith('| `'));
      // Both directions: what is missing in the docs, and what the docs invented.
      expect(documented).toEqual(toRows(groups));
    },
  );

  it('explains every class that the table uses', () => {
    const text = readFileSync(DOCS_FILE, 'utf8');
    const explained = text.slice(0, text.indexOf('## Codes of the service'));
    for (const errorClass of new Set(ERROR_TABLE.map((group) => group.class))) {
      expect(explained).toContain(`| \`${errorClass}\``);
    }
  });
});

describe('the error table', () => {
  it('names every code once for each HTTP status', () => {
    const keys = codes.map(({ group, code }) => `${code} ${group.httpStatus ?? ''}`);
    expect(keys).toEqual([...new Set(keys)]);
  });

  it('gives every code a reason and a next step that are sentences', () => {
    for (const { code, why, group } of codes) {
      expect({ code, why }).toEqual({ code, why: expect.stringMatching(/^\S.*\.$/) });
      expect({ code, nextStep: group.nextStep }).toEqual({
        code,
        nextStep: expect.stringMatching(/^[A-Z].*\.$/),
      });
    }
  });

  it('keeps our own codes apart from those of the service by their lower case', () => {
    for (const { code, group } of codes) {
      expect({ code, isOurs: /^[a-z]+(-[a-z]+)*$/.test(code) }).toEqual({
        code,
        isOurs: group.isOurs === true,
      });
    }
  });

  it('claims a refusal before execution only for what is worth sending again', () => {
    const classes = new Set(
      ERROR_TABLE.filter((group) => group.isUnexecuted === true).map((group) => group.class),
    );
    expect([...classes].sort()).toEqual(['throttled', 'transient']);
  });
});
