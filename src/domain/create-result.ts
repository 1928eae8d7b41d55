import type { GroupPrice } from './batch-price';
import type { BatchRequest } from './batch-request';
import type { FrozenPlan } from './frozen-plan';
import type { LogEntry, ParkedChunk, SlotCounts } from './progress';
import {
  RESULT_ROWS_MAX,
  toOutcome,
  type OmittedRows,
  type Orphan,
  type ResultDocument,
} from './result';

/** Everything that the document is made of, but for its instances. */
export interface ResultInput {
  readonly request: BatchRequest;
  readonly frozen: FrozenPlan;
  readonly generation: number;
  readonly counts: SlotCounts;
  readonly groups: readonly { readonly name: string; readonly counts: SlotCounts }[];
  readonly parked: readonly ParkedChunk[];
  readonly orphans: readonly Orphan[];
  readonly missing: readonly string[];
  readonly apiCalls: Readonly<Record<string, number>>;
  readonly retries: Readonly<Record<string, number>>;
  readonly orderIds: readonly string[];
  readonly log: readonly LogEntry[];
  readonly isCancelled: boolean;
  readonly startedAtMs: number;
  readonly finishedAtMs: number;
  readonly firstRunId: string;
  readonly prices: readonly GroupPrice[] | null;
}

/** Builds the final document of a batch; the same for every way it is delivered. */
export function createResultDocument(input: ResultInput): ResultDocument {
  const { request, counts, orphans } = input;
  const omitted = toOmitted(input);
  return {
    schema: 'tairfleet/result/v1',
    batchId: request.batchId,
    generation: input.generation,
    account: input.frozen.account,
    tenant: request.tenant,
    outcome: toOutcome(counts, request.policy.minReadyShare, input.isCancelled),
    counts: {
      slots: counts.slots,
      ready: counts.ready,
      failed: counts.failed + counts.starting,
      parked: counts.parked,
      skipped: counts.skipped,
      released: 0,
      orphans: orphans.length,
    },
    apiCalls: input.apiCalls,
    retries: input.retries,
    startedAt: new Date(input.startedAtMs).toISOString(),
    finishedAt: new Date(input.finishedAtMs).toISOString(),
    groups: input.groups.map(({ name, counts: own }) => ({
      name,
      slots: own.slots,
      ready: own.ready,
      failed: own.failed + own.starting,
    })),
    parked: input.parked,
    orphans: orphans.slice(0, RESULT_ROWS_MAX),
    missing: input.missing.slice(0, RESULT_ROWS_MAX),
    orderIds: input.orderIds.slice(0, RESULT_ROWS_MAX),
    ...(omitted === null ? {} : { omitted }),
    log: input.log,
    firstRunId: input.firstRunId,
    revision: 0,
    ...(input.prices === null ? {} : { prices: input.prices }),
    frozen: input.frozen,
  };
}

function toOmitted({ orphans, missing, orderIds }: ResultInput): OmittedRows | null {
  const [ofOrphans = 0, ofMissing = 0, ofOrders = 0] = [orphans, missing, orderIds].map((rows) =>
    Math.max(0, rows.length - RESULT_ROWS_MAX),
  );
  if (ofOrphans + ofMissing + ofOrders === 0) return null;
  return { orphans: ofOrphans, missing: ofMissing, orderIds: ofOrders };
}
