import { metricMeter } from '@temporalio/workflow';
import { createMetrics, type Metrics } from '../contract/metric-writer';
import type { Refusal } from '../domain/refusal';
import type { ResultDocument } from '../domain/result';

/** Measures how a batch begins and ends; silent in a replay. */
export class BatchMetrics {
  private readonly metrics: Metrics = createMetrics(metricMeter);

  admitted(): void {
    this.metrics.count('tairfleet_batches_admitted', {});
  }

  refused({ class: errorClass }: Refusal): void {
    this.metrics.count('tairfleet_batches_refused', { error_class: errorClass });
  }

  /** Takes the result, once it is stored. */
  finished({ outcome, startedAt, finishedAt, counts }: ResultDocument): void {
    const seconds = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000;
    this.metrics.record('tairfleet_batch_duration', { outcome }, seconds);
    this.foundOrphans('audit', counts.orphans);
  }

  /** Takes instances with our name that nobody owns. */
  foundOrphans(foundBy: 'audit' | 'sweep', count: number): void {
    if (count > 0) this.metrics.count('tairfleet_orphans_found', { found_by: foundBy }, count);
  }
}
