import type { ActionAnswer } from '../contract/messages';
import type { ResultInstance } from '../domain/result';
import type { BatchKey } from '../outbound/result-store';
import type { Action } from './act-on-batch';
import type { BulkRow } from './act-on-batches';
import type { Applied } from './apply-batch';
import type { Submission } from './submission';
import type { BatchSelection, SelectedBatch, SelectedBatches } from './batch-selection';
import type { BatchList } from './list-batches';
import type { ListFilter } from './list-filter';
import type { FinishedBatch } from './read-result';
import type { BatchStatus, StatusOptions } from './read-status';
import type { Retried, RetryInput } from './retry-batch';
import type { ServiceResult } from './service-result';
import type { WatchEvent, WatchOptions } from './watch-batch';

/**
 * What can be done with batches wherever one stands: next to Temporal ({@link BatchService}), or over
 * the HTTP API (src/remote). Nothing here throws for what can happen in operation: failures are
 * values, and have the same codes on both ways.
 */
export interface BatchFacade {
  /** Submits a checked request; the same request again finds the batch that is there. */
  apply(submission: Submission): Promise<ServiceResult<Applied>>;
  /** Batches, open ones first, each kind newest first. */
  list(filter: ListFilter): Promise<ServiceResult<BatchList>>;
  /** Everything that is known right now, of an open or an ended batch. */
  status(key: BatchKey, options?: StatusOptions): Promise<ServiceResult<BatchStatus>>;
  /** The latest final document. */
  result(key: BatchKey): Promise<ServiceResult<FinishedBatch>>;
  /** Streams the instances of a final document; nothing of them is held. */
  instances(finished: FinishedBatch): Promise<ServiceResult<AsyncIterable<ResultInstance>>>;
  /** Follows a batch until its latest run has ended. */
  watch(key: BatchKey, options?: WatchOptions): AsyncIterable<WatchEvent>;
  /** Does an operator action on an open batch. */
  act(key: BatchKey, action: Action): Promise<ServiceResult<ActionAnswer>>;
  /** Finds the open batches that one order is meant for. */
  select(selection: BatchSelection): Promise<ServiceResult<SelectedBatches>>;
  /** Gives many open batches the same order; a row for each. */
  actOnAll(batches: readonly SelectedBatch[], action: Action): Promise<readonly BulkRow[]>;
  /** Retries what failed, in the open batch or by the next run of an ended one. */
  retry(key: BatchKey, input: RetryInput): Promise<ServiceResult<Retried>>;
}
