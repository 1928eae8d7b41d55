import type { Client, ScheduleHandle } from '@temporalio/client';
import { msToTs, tsToMs } from '@temporalio/common/lib/time';
import { PROVISION_BATCH } from '../../contract/names';
import { readNominalTimeMs, toScheduleId } from '../../contract/schedule-id';
import { fromWorkflowId, toWorkflowId } from '../../contract/workflow-id';
import type { ScheduleKey } from '../../domain/schedule/schedule';
import { splitRange } from '../../domain/schedule/slot-ranges';
import type { TimeRange } from '../../domain/schedule/slot-ranges';
import type { ResultStore } from '../../outbound/result-store';
import { withinTime } from '../batch-run';
import { createFailure, createSuccess } from '../service-result';
import type { ServiceResult } from '../service-result';
import { withOwn } from './act-on-schedule';
import { formatScheduleKey } from './schedule-failure';
import type { ScheduleState } from './schedule-state';

/** What to fill in. */
export interface BackfillOrder extends TimeRange {
  /** Whether the batches run side by side, and not one after another. */
  readonly isParallel: boolean;
  /** Only to see which times that would be. */
  readonly isDryRun?: boolean;
}

/** What is filled in. */
export interface Backfilled {
  /** Times that are ordered for now, moved by the schedule's jitter; ms since 1970. */
  readonly filledMs: readonly number[];
  /** Nominal times that have a batch already; ms since 1970. */
  readonly knownMs: readonly number[];
}

/** Batches of one back-fill: more are hardly meant, and each costs money. */
export const BACKFILL_MAX = 100;

/**
 * Orders for the times of a range that have no batch yet. A time that has one is left out, whatever
 * became of its batch: `retry` is for that. Should its batch not be listed yet, the same batch is
 * started again, finds what it has bought, and buys nothing (rule R10).
 *
 * @param client - the Temporal client
 * @param store - where results outlive Temporal's memory
 * @param backfill - which schedule, and which range
 * @returns what is filled in; `refused` for more than 100 times; `not-found`, `no-server`
 */
export function backfillSchedule(
  client: Client,
  store: ResultStore,
  backfill: { readonly key: ScheduleKey; readonly order: BackfillOrder },
): Promise<ServiceResult<Backfilled>> {
  const { key, order } = backfill;
  return withOwn(client, key, {
    what: 'back-fill',
    work: async (handle, state) => {
      const knownMs = (await listKnownMs(client, store, state))
        .filter((atMs) => atMs >= order.fromMs && atMs <= order.toMs)
        .sort((left, right) => left - right);
      const ranges = splitRange(order, knownMs);
      const filledMs = await listMatchingMs(client, key, ranges);
      if (filledMs.length > BACKFILL_MAX) return createTooMany(key);
      if (filledMs.length > 0 && order.isDryRun !== true)
        await fill(client, handle, { ranges, order });
      return createSuccess({ filledMs, knownMs });
    },
  });
}

/** The nominal times of all batches of a schedule that anybody knows of. */
async function listKnownMs(
  client: Client,
  store: ResultStore,
  { key, firings }: ScheduleState,
): Promise<readonly number[]> {
  const batchIds = firings.map(({ batchId }) => batchId);
  const stem = toWorkflowId(key.tenant, `${key.name}-`).replace(/'/g, "''");
  const query = `WorkflowType = '${PROVISION_BATCH}' AND WorkflowId STARTS_WITH '${stem}'`;
  for await (const { workflowId } of client.workflow.list({ query })) {
    batchIds.push(fromWorkflowId(workflowId)?.batchId ?? '');
  }
  const stored = await store.listLatest(key.tenant);
  batchIds.push(...stored.map(({ document }) => document.batchId));
  const times = batchIds.map((batchId) => readNominalTimeMs(batchId, key.name));
  return [...new Set(times.filter((atMs) => atMs !== null))];
}

async function listMatchingMs(
  client: Client,
  key: ScheduleKey,
  ranges: readonly TimeRange[],
): Promise<readonly number[]> {
  const found: number[] = [];
  for (const { fromMs, toMs } of ranges) {
    const { startTime } = await withinTime(client, () =>
      client.workflowService.listScheduleMatchingTimes({
        namespace: client.options.namespace,
        scheduleId: toScheduleId(key.tenant, key.name),
        // The server takes the beginning as excluded here, and as included in a back-fill.
        startTime: msToTs(fromMs - 1),
        endTime: msToTs(toMs),
      }),
    );
    found.push(...startTime.map((at) => tsToMs(at)));
    if (found.length > BACKFILL_MAX) break;
  }
  return found;
}

async function fill(
  client: Client,
  handle: ScheduleHandle,
  { ranges, order }: { readonly ranges: readonly TimeRange[]; readonly order: BackfillOrder },
): Promise<void> {
  const overlap = order.isParallel ? 'ALLOW_ALL' : 'BUFFER_ALL';
  const backfills = ranges.map(({ fromMs, toMs }) => ({
    ...{ start: new Date(fromMs), end: new Date(toMs) },
    overlap,
  })) satisfies Parameters<ScheduleHandle['backfill']>[0];
  await withinTime(client, () => handle.backfill(backfills));
}

function createTooMany(key: ScheduleKey): ServiceResult<never> {
  return createFailure(
    'refused',
    `The range has more than ${BACKFILL_MAX} times of ${formatScheduleKey(key)} without a batch, ` +
      'so nothing was ordered. Fill in a shorter one.',
  );
}
