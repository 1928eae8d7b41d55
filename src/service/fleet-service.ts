import type { Client } from '@temporalio/client';
import type { ActionNote } from '../contract/messages';
import type { ConfirmedResult, ReconcileReport, ReleaseReport } from '../contract/operation-types';
import type { SweepReport } from '../contract/sweep-types';
import type { BatchKey, ResultStore } from '../outbound/result-store';
import { examine } from './doctor/examine';
import type { Finding } from './doctor/finding';
import { haltFleet, readHalt, unhaltFleet } from './halt-fleet';
import type { Halt, Halted, Unhalted } from './halt-fleet';
import { listBatches } from './list-batches';
import type { BatchList } from './list-batches';
import type { ListFilter } from './list-filter';
import { reconcileBatch } from './reconcile-batch';
import type { ReconcileOrder } from './reconcile-batch';
import { planRelease, releaseBatch } from './release-batch';
import type { ReleasePlan } from './release-batch';
import type { ServiceResult } from './service-result';
import { sweepBatch } from './sweep-batch';
import type { SweepOrder } from './sweep-batch';
import { sweepBatches } from './sweep-batches';
import type { SweepFilter, SweptBatches } from './sweep-batches';

/** What can be done beyond one running batch. */
export interface FleetService {
  /** Batches, open ones first, each kind newest first. */
  list(filter: ListFilter): Promise<ServiceResult<BatchList>>;
  /** The halt in force; null when there is none. */
  haltState(): Promise<ServiceResult<Halt | null>>;
  /** Stops new creates by every worker. */
  halt(note: ActionNote): Promise<ServiceResult<Halted>>;
  /** Lets workers send new creates again. */
  unhalt(note: ActionNote): Promise<ServiceResult<Unhalted>>;
  /** What a release of an ended batch would take away. */
  planRelease(key: BatchKey): Promise<ServiceResult<ReleasePlan>>;
  /** Releases an ended batch as it was confirmed. */
  release(confirmed: ConfirmedResult, note: ActionNote): Promise<ServiceResult<ReleaseReport>>;
  /** Compares an ended batch's result with the cloud. */
  reconcile(key: BatchKey, order: ReconcileOrder): Promise<ServiceResult<ReconcileReport>>;
  /** Looks for orphans of an ended batch. */
  sweep(key: BatchKey, order: SweepOrder): Promise<ServiceResult<SweepReport>>;
  /** Looks for orphans of all ended batches. */
  sweepAll(filter: SweepFilter, order: SweepOrder): Promise<ServiceResult<SweptBatches>>;
  /** Looks at everything that batches need. */
  examine(options: {
    readonly version: string;
    readonly region: string;
  }): Promise<ServiceResult<readonly Finding[]>>;
}

/** What the service is built from. */
export interface FleetServiceOptions {
  readonly client: Client;
  readonly resultStore: ResultStore;
  /** Address of the result store, to be compared with the worker's; null when nobody knows. */
  readonly resultsLocation?: string | null;
  /** Where operations run, when not on the queue of the installation. */
  readonly taskQueue?: string;
}

/**
 * Builds the service.
 *
 * @param options - a connected Temporal client, and the result store
 */
export function createFleetService(options: FleetServiceOptions): FleetService {
  const { client, resultStore, resultsLocation = null, taskQueue } = options;
  const queue = taskQueue === undefined ? {} : { taskQueue };
  return {
    list: (filter) => listBatches(client, resultStore, filter),
    haltState: () => readHalt(client),
    halt: (note) => haltFleet(client, note, taskQueue),
    unhalt: (note) => unhaltFleet(client, note),
    planRelease: (key) => planRelease(client, resultStore, key),
    release: (confirmed, note) => releaseBatch(client, { confirmed, note, ...queue }),
    reconcile: (key, order) => reconcileBatch(client, key, { ...order, ...queue }),
    sweep: (key, order) => sweepBatch(client, key, { ...order, ...queue }),
    sweepAll: (filter, order) =>
      sweepBatches(client, resultStore, { filter, order: { ...order, ...queue } }),
    examine: (own) => examine(client, { ...own, ...queue, resultsLocation }),
  };
}
