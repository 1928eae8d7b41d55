import { ANY_TENANT } from './tenant-accounts';

/** Instances by tenant; `*` stands for every tenant without an entry. */
export type InstancesByTenant = Readonly<Record<string, number>>;

/** A batch of the tenant that has not ended. */
export interface OpenBatch {
  readonly batchId: string;
  readonly runId: string;
  /** When this run began, ms since the epoch. */
  readonly startedAtMs: number;
  /** Whether it was let in, be it by an earlier run. */
  readonly isAdmitted: boolean;
  /** What it asks for; 0 when its request is not valid, since it buys nothing then. */
  readonly slots: number;
}

/** A batch of the tenant that has a result. */
export interface EndedBatch {
  readonly batchId: string;
  /** Instances that its latest result says are there. */
  readonly instances: number;
}

/** How many instances a tenant may have; null: as many as it likes. */
export function toInstancesMax(table: InstancesByTenant, tenant: string): number | null {
  if (Object.hasOwn(table, tenant)) return table[tenant] ?? null;
  return table[ANY_TENANT] ?? null;
}

/**
 * How many instances a tenant has, or is about to have, before a batch is let in. An open batch counts
 * with all that it asks for, be it bought or not. Of two that ask to be let in at once the earlier one does not
 * count the later one, so that not both of them are refused, and the later one counts the earlier one.
 *
 * @param open - batches that have not ended, with the one that asks, if it is listed
 * @param ended - batches that have a result; those that are open count as such
 * @param self - the batch that asks
 */
export function countTenantInstances(
  open: readonly OpenBatch[],
  ended: readonly EndedBatch[],
  self: Pick<OpenBatch, 'batchId' | 'runId'>,
): number {
  const asking = open.find(({ runId }) => runId === self.runId);
  const others = open.filter(({ batchId }) => batchId !== self.batchId);
  const counted = others.filter((each) => each.isAdmitted || isBefore(each, asking));
  const openIds = new Set(others.map(({ batchId }) => batchId));
  const kept = ended.filter(({ batchId }) => batchId !== self.batchId && !openIds.has(batchId));
  return sum(counted.map(({ slots }) => slots)) + sum(kept.map(({ instances }) => instances));
}

/** One that is not listed yet comes after all that are. */
function isBefore(other: OpenBatch, asking: OpenBatch | undefined): boolean {
  if (asking === undefined || other.startedAtMs < asking.startedAtMs) return true;
  return other.startedAtMs === asking.startedAtMs && other.runId < asking.runId;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
