import type { PreflightInput } from '../contract/preflight-types';
import type { BatchRequest } from '../domain/batch-request';
import type { PreflightFacts } from '../domain/preflight-facts';
import type { BatchProgress } from '../domain/progress';
import type { BatchKey } from '../outbound/result-store';
import { actOnBatch } from './act-on-batch';
import type { Action } from './act-on-batch';
import { actOnBatches } from './act-on-batches';
import { applyBatch } from './apply-batch';
import type { Submission } from './submission';
import type { BatchFacade } from './batch-facade';
import { createFleetService } from './fleet-service';
import type { FleetService, FleetServiceOptions } from './fleet-service';
import { findBatch } from './find-batch';
import type { FoundBatch } from './find-batch';
import { listPollers } from './list-pollers';
import type { Poller } from './list-pollers';
import { openInstances } from './open-instances';
import { preflightBatch } from './preflight';
import { ProgressDesk } from './progress-desk';
import { readProgress } from './read-progress';
import { readRequest } from './read-request';
import { readResult } from './read-result';
import { readStatus } from './read-status';
import { retryBatch } from './retry-batch';
import { createScheduleService } from './schedules/schedule-service';
import type { ScheduleService } from './schedules/schedule-service';
import { selectBatches } from './select-batches';
import type { ServiceResult } from './service-result';
import { watchBatch } from './watch-batch';

/**
 * Everything a shell can do with batches. It is the one user of the Temporal client besides the
 * worker. Nothing here throws for what can happen in operation: failures are values.
 */
export interface BatchService extends BatchFacade, FleetService, ScheduleService {
  /** Finds the batch of a submission without submitting it. */
  find(submission: Submission): Promise<ServiceResult<FoundBatch>>;
  /** Asks the cloud, by a worker, what a batch would meet; changes nothing. */
  preflight(input: PreflightInput): Promise<ServiceResult<PreflightFacts>>;
  /** How far an open batch is. */
  progress(key: BatchKey): Promise<ServiceResult<BatchProgress>>;
  /** What a batch ordered, as it was submitted. */
  request(key: BatchKey): Promise<ServiceResult<BatchRequest>>;
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
  const desk = new ProgressDesk(client);
  const sources = { client, store: resultStore, desk };
  const act = (key: BatchKey, action: Action) =>
    actOnBatch(client, key, action).finally(() => desk.forget(key));
  return {
    ...createFleetService(options),
    ...createScheduleService(client, resultStore, options.taskQueue),
    apply: (submission) => applyBatch(client, resultStore, submission),
    find: (submission) => findBatch(client, resultStore, submission),
    preflight: (input) => preflightBatch(client, input, options.taskQueue),
    progress: (key) => readProgress(client, key),
    status: (key, options) => readStatus(sources, key, options),
    result: (key) => readResult(client, resultStore, key),
    request: (key) => readRequest(client, key),
    instances: (finished) => Promise.resolve(openInstances(resultStore, finished)),
    watch: (key, options = {}) => watchBatch(sources, key, options),
    act,
    select: (selection) => selectBatches(client, selection),
    actOnAll: (batches, action) => actOnBatches(batches, action, act),
    retry: (key, input) =>
      retryBatch(client, resultStore, { key, input }).finally(() => desk.forget(key)),
    pollers: () => listPollers(client),
  };
}
