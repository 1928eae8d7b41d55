import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  LOG_EVENTS,
  LOG_FIELDS,
  type LogEventDefinition,
  type LogProgram,
} from '../../../src/contract/log-events';
import { withSection } from '../../support/generated-section';

const DOCS_FILE = join(__dirname, '../../../docs/logs.md');

/** Numbers that pino gives the levels. */
const LEVELS = { debug: 20, info: 30, warn: 40, error: 50 } as const;

const SECTIONS: Readonly<Record<string, readonly string[]>> = {
  worker: toEventTable('worker'),
  serve: toEventTable('serve'),
  fields: [
    '| Field | What it is |',
    '| --- | --- |',
    ...Object.entries(LOG_FIELDS).map(([field, text]) => `| \`${field}\` | ${text} |`),
  ],
};

function toEventTable(program: LogProgram): readonly string[] {
  const events = Object.entries<LogEventDefinition>(LOG_EVENTS).filter(([, { by }]) =>
    by.includes(program),
  );
  return [
    '| `event` | `level` | Fields | `msg` |',
    '| --- | --- | --- | --- |',
    ...events.map(([name, { level, fields, text }]) => {
      const shown = fields.map((field) => `\`${field}\``).join(', ');
      return `| \`${name}\` | ${LEVELS[level]} ${level} | ${shown} | ${text} |`;
    }),
  ];
}

it('docs/logs.md has every line of the list, and no other (UPDATE_DOCS=1 writes them).', () => {
  const wanted = Object.entries(SECTIONS).reduce(
    (before, [name, lines]) => withSection(before, name, lines),
    readFileSync(DOCS_FILE, 'utf8'),
  );
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(DOCS_FILE, wanted);
  expect(readFileSync(DOCS_FILE, 'utf8')).toBe(wanted);
});
