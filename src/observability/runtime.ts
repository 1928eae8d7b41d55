import { noopMetricMeter } from '@temporalio/common';
import { Runtime, type RuntimeOptions } from '@temporalio/worker';
import type { Logger } from 'pino';
import { createMetrics, type Metrics } from '../contract/metric-writer';
import { METRICS, type MetricDefinition } from '../contract/metrics';
import { toTemporalLogger } from './logger';
import { StartError } from './start-error';

/** Where Prometheus finds the metrics. */
export interface MetricsPlace {
  /** 0: nowhere. */
  readonly port: number;
  /** An IP address. */
  readonly host: string;
}

/**
 * Sets up what the Temporal SDK shares in a worker, before its first connection: where its logs go, and
 * where its metrics and ours are shown, at one address.
 *
 * @param logger - takes Temporal's logs too
 * @param place - of `/metrics`
 * @returns our metrics; nothing is kept of them without a place
 * @throws StartError when the address cannot be listened on
 */
export function installRuntime(logger: Logger, place: MetricsPlace): Metrics {
  return createMetrics(install(place, { logger: toTemporalLogger(logger) }).metricMeter);
}

/** The metrics of a program without a worker; to be closed at its end. */
export interface OwnMetrics {
  readonly metrics: Metrics;
  close(): Promise<void>;
}

/**
 * Opens the metrics of a program that has no worker and takes its own signals.
 *
 * @param logger - takes Temporal's logs too
 * @param place - of `/metrics`
 * @throws StartError when the address cannot be listened on
 */
export function openMetrics(logger: Logger, place: MetricsPlace): OwnMetrics {
  if (place.port === 0) {
    return { metrics: createMetrics(noopMetricMeter), close: () => Promise.resolve() };
  }
  const runtime = install(place, { logger: toTemporalLogger(logger), shutdownSignals: [] });
  return { metrics: createMetrics(runtime.metricMeter), close: () => runtime.shutdown() };
}

function install(place: MetricsPlace, options: RuntimeOptions): Runtime {
  if (place.port === 0) return Runtime.install(options);
  const address = place.host.includes(':')
    ? `[${place.host}]:${place.port}`
    : `${place.host}:${place.port}`;
  const telemetryOptions = { metrics: toExporter(address) };
  try {
    return Runtime.install({ ...options, telemetryOptions });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StartError(
      'port-in-use',
      `the metrics cannot be shown at ${address}: ${why}. Choose another metrics.port ` +
        '(TAIRFLEET_METRICS_PORT): each worker and server of a host needs its own',
      { cause: error },
    );
  }
}

/** Names as Prometheus wants them: units and kinds at the end, times in seconds. */
function toExporter(bindAddress: string) {
  return {
    attachServiceName: false,
    prometheus: {
      bindAddress,
      countersTotalSuffix: true,
      unitSuffix: true,
      useSecondsForDurations: true,
      histogramBucketOverrides: toBuckets(METRICS),
    },
  };
}

function toBuckets(
  metrics: Readonly<Record<string, MetricDefinition>>,
): Readonly<Record<string, number[]>> {
  return Object.fromEntries(
    Object.entries(metrics).flatMap(([name, { buckets }]) =>
      buckets === undefined ? [] : [[name, [...buckets]]],
    ),
  );
}
