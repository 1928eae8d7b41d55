import { createMetrics, type Meter, type Metrics } from '../../src/contract/metric-writer';

/** Metrics whose every measurement is kept, as `name{label="value"} number`. */
export interface KeptMetrics {
  readonly metrics: Metrics;
  readonly written: readonly string[];
}

/** Creates metrics for a test to look at. */
export function createKeptMetrics(): KeptMetrics {
  const written: string[] = [];
  const keep = (name: string) => (value: number, labels: Record<string, string>) => {
    const pairs = Object.entries(labels).map(([label, text]) => `${label}="${text}"`);
    written.push(`${name}{${pairs.join(',')}} ${value}`);
  };
  const meter: Meter = {
    createCounter: (name) => ({ add: keep(name) }),
    createHistogram: (name) => ({ record: keep(name) }),
    createGauge: (name) => ({ set: keep(name) }),
  };
  return { metrics: createMetrics(meter), written };
}
