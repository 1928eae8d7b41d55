import { METRICS, type MetricKind, type MetricDefinition, type MetricName } from './metrics';

/** Metrics of one kind. */
export type MetricOf<Kind extends MetricKind> = {
  [Name in MetricName]: (typeof METRICS)[Name]['kind'] extends Kind ? Name : never;
}[MetricName];

/** A value for each label of a metric, and for no other. */
export type LabelsOf<Name extends MetricName> = Readonly<
  Record<(typeof METRICS)[Name]['labels'][number], string>
>;

/** Writes to the metrics of the list. */
export interface Metrics {
  /** Adds to a counter; one when left out. */
  count<Name extends MetricOf<'counter'>>(name: Name, labels: LabelsOf<Name>, by?: number): void;
  /** Adds a measured value, in the metric's unit, to a histogram. */
  record<Name extends MetricOf<'histogram'>>(
    name: Name,
    labels: LabelsOf<Name>,
    value: number,
  ): void;
  /** Sets a gauge. */
  set<Name extends MetricOf<'gauge'>>(name: Name, labels: LabelsOf<Name>, value: number): void;
}

type Labels = Readonly<Record<string, string>>;

/** What is needed of a meter of the Temporal SDK: that of a runtime, or of a workflow. */
export interface Meter {
  createCounter(
    name: string,
    unit?: string,
    description?: string,
  ): { add(value: number, labels: Record<string, string>): void };
  createHistogram(
    name: string,
    type?: 'int' | 'float',
    unit?: string,
    description?: string,
  ): { record(value: number, labels: Record<string, string>): void };
  createGauge(
    name: string,
    type?: 'int' | 'float',
    unit?: string,
    description?: string,
  ): { set(value: number, labels: Record<string, string>): void };
}

/** What a request can fill with anything, so that only so many values of it become series. */
const OPEN_LABELS: readonly string[] = ['region', 'instance_class', 'status'];
const VALUES_MAX = 100;
const OTHER = 'other';

/**
 * Metrics on a meter. Values of a label that requests choose are told apart up to a hundred; those that
 * come later are `other`.
 *
 * @param meter - of the Temporal SDK, which shows them beside its own
 */
export function createMetrics(meter: Meter): Metrics {
  const seen = new Map<string, Set<string>>();
  const bound = (labels: Labels): Record<string, string> =>
    Object.fromEntries(
      Object.entries(labels).map(([label, value]) => [label, toBounded(seen, label, value)]),
    );
  const counters = createShelf((name, { meaning }) => meter.createCounter(name, '', meaning));
  const histograms = createShelf((name, { unit, meaning }) =>
    meter.createHistogram(name, 'float', unit ?? '', meaning),
  );
  const gauges = createShelf((name, { meaning }) => meter.createGauge(name, 'float', '', meaning));
  return {
    count: (name, labels, by = 1) => safely(() => counters(name).add(by, bound(labels))),
    record: (name, labels, value) =>
      safely(() => histograms(name).record(Math.max(0, value), bound(labels))),
    set: (name, labels, value) => safely(() => gauges(name).set(value, bound(labels))),
  };
}

/** What is measured has cost money: a measurement that fails must not lose it. */
function safely(write: () => void): void {
  try {
    write();
  } catch {
    // A number is missing then, and nothing else.
  }
}

/** Makes each metric when it is first written to, and once. */
function createShelf<Metric>(
  create: (name: MetricName, definition: MetricDefinition) => Metric,
): (name: MetricName) => Metric {
  const made = new Map<MetricName, Metric>();
  return (name) => {
    const known = made.get(name) ?? create(name, METRICS[name]);
    made.set(name, known);
    return known;
  };
}

function toBounded(seen: Map<string, Set<string>>, label: string, value: string): string {
  if (!OPEN_LABELS.includes(label)) return value;
  const values = seen.get(label) ?? new Set();
  seen.set(label, values);
  if (values.size < VALUES_MAX) values.add(value);
  return values.has(value) ? value : OTHER;
}
