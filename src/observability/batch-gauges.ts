import type { Metrics } from '../contract/metric-writer';

/** How many batches there are; null for what is not known. */
export interface CountedBatches {
  readonly open: number;
  readonly needingOperator: number | null;
}

/** Pause between two counts. */
const EVERY_MS = 15_000;

/**
 * Keeps the gauges of open batches: counted at once and then every 15 s. A count that fails leaves them
 * as they are; the SDK's own metrics say that Temporal does not answer.
 *
 * @param metrics - where the gauges are
 * @param count - counts; may reject
 * @returns ends it
 */
export function keepBatchGauges(
  metrics: Metrics,
  count: () => Promise<CountedBatches>,
): () => void {
  const update = (): void => void count().then((counts) => setGauges(metrics, counts), ignore);
  update();
  const timer = setInterval(update, EVERY_MS);
  return () => clearInterval(timer);
}

function setGauges(metrics: Metrics, { open, needingOperator }: CountedBatches): void {
  metrics.set('tairfleet_batches_open', {}, open);
  if (needingOperator !== null) {
    metrics.set('tairfleet_batches_needing_operator', {}, needingOperator);
  }
}

function ignore(): void {}
