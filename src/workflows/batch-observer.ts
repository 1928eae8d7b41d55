import { log, metricMeter } from '@temporalio/workflow';
import { logEvent } from '../contract/log-writer';
import { createMetrics, type Metrics } from '../contract/metric-writer';
import type { Refusal } from '../domain/refusal';
import type { ResultDocument } from '../domain/result';

/** What is told of a batch that was let in. */
interface AdmittedBatch {
  readonly account: string;
  readonly generation: number;
  /** Instances that are wanted. */
  readonly slots: number;
}

/** Measures and logs how a batch begins and ends; silent in a replay. */
export class BatchObserver {
  private readonly metrics: Metrics = createMetrics(metricMeter);

  admitted(batch: AdmittedBatch): void {
    this.metrics.count('tairfleet_batches_admitted', {});
    logEvent(log, 'batch-admitted', batch);
  }

  refused({ class: errorClass, code }: Refusal): void {
    this.metrics.count('tairfleet_batches_refused', { error_class: errorClass });
    logEvent(log, 'batch-refused', { class: errorClass, code });
  }

  /** Takes the result, once it is stored. */
  finished({ outcome, startedAt, finishedAt, counts }: ResultDocument): void {
    const durationMs = Date.parse(finishedAt) - Date.parse(startedAt);
    this.metrics.record('tairfleet_batch_duration', { outcome }, durationMs / 1_000);
    const { slots, ready, orphans } = counts;
    logEvent(log, 'batch-finished', { outcome, slots, ready, orphans, durationMs });
    this.foundOrphans('audit', orphans);
  }

  /** Takes instances with our name that nobody owns. */
  foundOrphans(foundBy: 'audit' | 'sweep', count: number): void {
    if (count === 0) return;
    this.metrics.count('tairfleet_orphans_found', { found_by: foundBy }, count);
    logEvent(log, 'orphans-found', { foundBy, count });
  }
}
