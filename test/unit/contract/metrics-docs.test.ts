import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import {
  METRIC_LABELS,
  METRICS,
  toExposedName,
  type MetricDefinition,
  type MetricName,
  type MetricProgram,
} from '../../../src/contract/metrics';
import { withSection } from '../../support/generated-section';

const DOCS_FILE = join(__dirname, '../../../docs/metrics.md');

const SECTIONS: Readonly<Record<string, readonly string[]>> = {
  worker: toMetricTable('worker'),
  serve: toMetricTable('serve'),
  alerts: toAlertTable(),
  labels: [
    '| Label | What it is |',
    '| --- | --- |',
    ...Object.entries(METRIC_LABELS).map(([label, text]) => `| \`${label}\` | ${text} |`),
  ],
};

function toMetricTable(program: MetricProgram): readonly string[] {
  const metrics = Object.entries<MetricDefinition>(METRICS).filter(([, { by }]) => by === program);
  return [
    '| Metric | Kind | Labels | Meaning |',
    '| --- | --- | --- | --- |',
    ...metrics.map(toRow),
  ];
}

interface Alert {
  readonly alert: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly action: string };
}

function toAlertTable(): readonly string[] {
  const text = readFileSync(join(__dirname, '../../../deploy/prometheus/alerts.yml'), 'utf8');
  const { groups } = parse(text) as { readonly groups: readonly { rules: readonly Alert[] }[] };
  const rows = groups
    .flatMap(({ rules }) => rules)
    .map(({ alert, labels, annotations: { summary, action } }) => {
      // What Prometheus fills in is a name or a number of its own.
      const said = summary.replace(/\{\{ \$(?:labels\.)?(\w+).*?\}\}/g, '…');
      return `| \`${alert}\` | ${labels.severity} | ${said} | ${action} |`;
    });
  return ['| Alert | For | Says | What to do |', '| --- | --- | --- | --- |', ...rows];
}

function toRow([name, { kind, labels, meaning }]: [string, MetricDefinition]): string {
  const shown = labels.map((label) => `\`${label}\``).join(', ');
  return `| \`${toExposedName(name as MetricName)}\` | ${kind} | ${shown} | ${meaning} |`;
}

it('docs/metrics.md has every metric of the list, and no other (UPDATE_DOCS=1 writes them).', () => {
  const text = readFileSync(DOCS_FILE, 'utf8');
  const wanted = Object.entries(SECTIONS).reduce(
    (before, [name, lines]) => withSection(before, name, lines),
    text,
  );
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(DOCS_FILE, wanted);
  expect(readFileSync(DOCS_FILE, 'utf8')).toBe(wanted);
});
