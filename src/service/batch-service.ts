import type { ActionAnswer } from '../contract/messages';
import type { PreflightInput } from '../contract/preflight-types';
import type { BatchRequest } from '../domain/batch-request';
import type { PreflightFacts } from '../domain/preflight-facts';
import type { BatchProgress } from '../domain/progress';
import type { ResultInstance } from '../domain/result';
import type { BatchKey } from '../outbound/result-store';
import { actOnBatch } from './act-on-batch';
import type { Action } from './act-on-batch';
import { actOnBatches } from './act-on-batches';
import type { BulkRow } from './act-on-batches';
import { applyBatch } from './apply-batch';
import type { Applied, Submission } from './apply-batch';
import { createFleetService } from './fleet-service';
import type { FleetService, FleetServiceOptions } from './fleet-service';
import { findBatch } from './find-batch';
import type { FoundBatch } from './find-batch';
import { listPollers } from './list-pollers';
import type { Poller } from './list-pollers';
import { openInstances } from './open-instances';
import { preflightBatch } from './preflight';
import { readProgress } from './read-progress';
import { readRequest } from './read-request';
import { readResult } from './read-result';
import type { FinishedBatch } from './read-result';
import { readStatus } from './read-status';
import type { BatchStatus } from './read-status';
import { retryBatch } from './retry-batch';
import type { Retried, RetryInput } from './retry-batch';
import { selectBatches } from './select-batches';
import type { BatchSelection, SelectedBatch, SelectedBatches } from './select-batches';
import type { ServiceResult } from './service-result';
import { watchBatch } from './watch-batch';
import type { WatchEvent, WatchOptions } from './watch-batch';

/**
 * Everything a shell can do with batches. It is the one user of the Temporal client besides the
 * worker. Nothing here throws for what can happen in operation: failures are values.
 */
export interface BatchService extends FleetService {
  /** Submits a checked request; the same request again finds the batch that is there. */
  apply(submission: Submission): Promise<ServiceResult<Applied>>;
  /** Finds the batch of a submission without submitting it. */
  find(submission: Submission): Promise<ServiceResult<FoundBatch>>;
  /** Asks the cloud, by a worker, what a batch would meet; changes nothing. */
  preflight(input: PreflightInput): Promise<ServiceResult<PreflightFacts>>;
  /** How far an open batch is. */
  progress(key: BatchKey): Promise<ServiceResult<BatchProgress>>;
  /** Everything that is known right now, of an open or an ended batch. */
  status(key: BatchKey): Promise<ServiceResult<BatchStatus>>;
  /** The latest final document. */
  result(key: BatchKey): Promise<ServiceResult<FinishedBatch>>;
  /** What a batch ordered, as it was submitted. */
  request(key: BatchKey): Promise<ServiceResult<BatchRequest>>;
  /** Streams the instances of a final document; nothing of them is held. */
  instances(finished: FinishedBatch): ServiceResult<AsyncIterable<ResultInstance>>;
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
  /** Who polls our task queues right now. */
  pollers(): Promise<ServiceResult<readonly Poller[]>>;
}

/**
 * Builds the service.
 *
 * @param options - a connected Temporal client, and the result store
 */
export function createBatchService(options: FleetServiceOptions): BatchService {
  const { client, resultStore } = options;
  return {
    ...createFleetService(options),
    apply: (submission) => applyBatch(client, resultStore, submission),
    find: (submission) => findBatch(client, resultStore, submission),
    preflight: (input) => preflightBatch(client, input, options.taskQueue),
    progress: (key) => readProgress(client, key),
    status: (key) => readStatus(client, resultStore, key),
    result: (key) => readResult(client, resultStore, key),
    request: (key) => readRequest(client, key),
    instances: (finished) => openInstances(resultStore, finished),
    watch: (key, options = {}) => watchBatch(client, resultStore, { key, options }),
    act: (key, action) => actOnBatch(client, key, action),
    select: (selection) => selectBatches(client, selection),
    actOnAll: (batches, action) => actOnBatches(client, batches, action),
    retry: (key, input) => retryBatch(client, resultStore, { key, input }),
    pollers: () => listPollers(client),
  };
}
