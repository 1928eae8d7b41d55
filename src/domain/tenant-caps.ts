import type { GroupPrice } from './batch-price';
import { countSlots, type BatchRequest } from './batch-request';
import type { Refusal } from './refusal';
import type { ResultDocument } from './result';
import { ANY_TENANT } from './tenant-accounts';

/** Something for each tenant; `*` stands for every tenant without an entry. */
export type ByTenant<Value> = Readonly<Record<string, Value>>;

/** A batch of the tenant that has not ended. */
export interface OpenBatch {
  readonly batchId: string;
  readonly runId: string;
  /** When this run began, ms since the epoch. */
  readonly startedAtMs: number;
  /** Whether it was let in, be it by an earlier run. */
  readonly isAdmitted: boolean;
  /** What it asks for; null when that is not valid, since it buys nothing then. */
  readonly request: BatchRequest | null;
  /** What its instances cost; null when nobody asked, or it was not let in yet. */
  readonly prices: readonly GroupPrice[] | null;
}

/** The batches that a tenant has, as far as they count against one that asks to be let in. */
export interface TenantBatches {
  readonly open: readonly OpenBatch[];
  /** The latest result of each that has ended. */
  readonly ended: readonly ResultDocument[];
}

/** How a batch gets past the caps of its tenant. */
export type CapVerdict =
  /** With what its instances cost; null where the tenant has no cap on that. */
  | { readonly kind: 'admitted'; readonly prices: readonly GroupPrice[] | null }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** The entry of a tenant; null: it has none. */
export function findByTenant<Value>(table: ByTenant<Value>, tenant: string): Value | null {
  if (Object.hasOwn(table, tenant)) return table[tenant] ?? null;
  return table[ANY_TENANT] ?? null;
}

/**
 * Which batches of a tenant count against one that asks to be let in: each once. Of two that ask at
 * once the earlier one does not count the later one, so that not both of them are refused, and the
 * later one counts the earlier one.
 *
 * @param open - batches that have not ended, with the one that asks, if it is listed
 * @param ended - the latest results; those of batches that are open count as such
 * @param self - the batch that asks
 */
export function toCountedBatches(
  { open, ended }: TenantBatches,
  self: Pick<OpenBatch, 'batchId' | 'runId'>,
): TenantBatches {
  const asking = open.find(({ runId }) => runId === self.runId);
  const others = open.filter(({ batchId }) => batchId !== self.batchId);
  const openIds = new Set(others.map(({ batchId }) => batchId));
  return {
    open: others.filter((each) => each.isAdmitted || isBefore(each, asking)),
    ended: ended.filter(({ batchId }) => batchId !== self.batchId && !openIds.has(batchId)),
  };
}

/**
 * How many instances these batches have, or are about to have: an open one counts with all that it asks
 * for, be it bought or not.
 */
export function countTenantInstances({ open, ended }: TenantBatches): number {
  const asked = open.map(({ request }) => (request === null ? 0 : countSlots(request)));
  const held = ended.map(
    ({ counts }) => counts.ready + counts.failed - (counts.gone ?? 0) + counts.orphans,
  );
  return [...asked, ...held].reduce((total, count) => total + count, 0);
}

/** One that is not listed yet comes after all that are. */
function isBefore(other: OpenBatch, asking: OpenBatch | undefined): boolean {
  if (asking === undefined || other.startedAtMs < asking.startedAtMs) return true;
  return other.startedAtMs === asking.startedAtMs && other.runId < asking.runId;
}
