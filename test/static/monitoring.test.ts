import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import {
  METRICS,
  TEMPORAL_METRICS,
  toExposedName,
  type MetricDefinition,
  type MetricName,
} from '../../src/contract/metrics';
import { readText, ROOT } from '../support/repository';
import { createTempFolder } from '../support/temp-folder';

/** The dashboard and the alert rules: nothing in them asks for a metric or a label that is not there. */

interface Rules {
  readonly groups: readonly {
    readonly rules: readonly { readonly alert: string; readonly expr: string }[];
  }[];
}

interface Dashboard {
  readonly panels: readonly {
    readonly title: string;
    readonly description?: string;
    readonly targets?: readonly { readonly expr: string }[];
  }[];
}

const rules = (parse(readText('deploy/prometheus/alerts.yml')) as Rules).groups.flatMap(
  (group) => group.rules,
);
const dashboard = JSON.parse(readText('deploy/grafana/tairfleet.json')) as Dashboard;
const panels = dashboard.panels.filter(({ targets }) => targets !== undefined);
const expressions = [
  ...rules.map(({ alert, expr }) => ({ where: alert, expr })),
  ...panels.flatMap(({ title, targets }) =>
    targets!.map(({ expr }) => ({ where: title, expr: expr.replaceAll('$__rate_interval', '5m') })),
  ),
].map(({ where, expr }) => ({ where, expr: expr.replaceAll('$__range', '6h') }));

/** Names that Prometheus sees, with their labels; null: the SDK's, which only the SDK knows. */
const SEEN = new Map<string, readonly string[] | null>([
  ...(Object.keys(METRICS) as MetricName[]).flatMap((name): [string, readonly string[]][] => {
    const { kind, labels }: MetricDefinition = METRICS[name];
    const ends = kind === 'histogram' ? ['_bucket', '_sum', '_count'] : [''];
    return ends.map((end) => [`${toExposedName(name)}${end}`, [...labels, 'le']]);
  }),
  ...TEMPORAL_METRICS.flatMap((name): [string, null][] => [
    [name, null],
    [`${name}_bucket`, null],
  ]),
]);

it('The dashboard and the rules ask for metrics of the list only, and by their labels.', () => {
  const wrong = expressions.flatMap(({ where, expr }) =>
    [...expr.matchAll(/\b((?:tairfleet|temporal)_\w+)(?:\{([^}]*)\})?/g)].flatMap(
      ([, name, selector = '']) => {
        const labels = SEEN.get(name!);
        if (labels === undefined) return [`${where}: ${name}`];
        const asked = [...selector.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label]) => label!);
        return asked
          .filter((label) => labels !== null && !labels.includes(label))
          .map((label) => `${where}: ${name} has no ${label}`);
      },
    ),
  );
  expect(wrong).toEqual([]);
});

it('Every metric of ours is on the dashboard or in a rule, so that none is kept for nobody.', () => {
  const all = expressions.map(({ expr }) => expr).join('\n');
  const unused = (Object.keys(METRICS) as MetricName[]).filter(
    (name) => !all.includes(toExposedName(name)),
  );
  expect(unused).toEqual([]);
});

it('Every panel says in a sentence what it shows.', () => {
  const silent = panels.filter(({ description }) => !/^\S.*\.$/.test(description ?? ''));
  expect(silent.map(({ title }) => title)).toEqual([]);
});

it('Every alert is tried by a test of its own file.', () => {
  const tried = readText('deploy/prometheus/alerts.test.yml');
  expect(rules.filter(({ alert }) => !tried.includes(`"${alert}"`))).toEqual([]);
});

/** Comes with Prometheus, such as Debian's package of that name. */
const promtool = process.env['TAIRFLEET_PROMTOOL'] ?? 'promtool';
const hasPromtool = spawnSync(promtool, ['--version']).status === 0;
const withPromtool = hasPromtool ? it : it.skip;
if (!hasPromtool) {
  process.stderr.write('Alerts are not tried: promtool is missing (package prometheus).\n');
}

function runPromtool(...args: readonly string[]): string {
  return execFileSync(promtool, args, { cwd: ROOT, encoding: 'utf8', stdio: 'pipe' });
}

withPromtool('Each alert fires when it should, and none when all is well (needs promtool).', () => {
  expect(runPromtool('test', 'rules', 'deploy/prometheus/alerts.test.yml')).toContain('SUCCESS');
});

withPromtool('Prometheus takes configuration, rules and every query (needs promtool).', () => {
  runPromtool('check', 'config', 'deploy/prometheus/prometheus.yml');
  const folder = createTempFolder();
  try {
    const file = join(folder.path, 'queries.yml');
    const recorded = expressions.map(({ expr }, index) => ({ record: `query_${index}`, expr }));
    writeFileSync(file, stringify({ groups: [{ name: 'queries', rules: recorded }] }));
    expect(runPromtool('check', 'rules', file)).toContain(`${recorded.length} rules found`);
  } finally {
    folder.remove();
  }
});
