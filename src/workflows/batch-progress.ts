import type { ShardReport } from '../contract/shard-report';
import type { BatchRequest } from '../domain/batch-request';
import { addDelays, NO_DELAYS } from '../domain/call-delays';
import {
  addCounts,
  NO_SLOTS,
  type BatchProgress,
  type ParkedChunk,
  type SlotCounts,
} from '../domain/progress';
import { needsPerson } from './shard-report';

/** What the reports of all shards say together; everything here is derived and stored nowhere. */

/** Counts of the batch and of each group. */
export interface BatchCounts {
  readonly counts: SlotCounts;
  readonly groups: readonly { readonly name: string; readonly counts: SlotCounts }[];
}

/** Adds up the counts of all shards; none means that nothing has been planned yet. */
export function countBatch(request: BatchRequest, reports: readonly ShardReport[]): BatchCounts {
  const groups = request.groups.map(({ name, count }, index) => {
    const own = reports.flatMap((report) =>
      report.groups.filter(({ group }) => group === index).map(({ counts }) => counts),
    );
    const planned = { ...NO_SLOTS, slots: count, planned: count };
    return { name, counts: reports.length === 0 ? planned : own.reduce(addCounts, NO_SLOTS) };
  });
  return { groups, counts: groups.map(({ counts }) => counts).reduce(addCounts, NO_SLOTS) };
}

/** What waits for a person, of all shards. */
export function listParkedChunks(reports: readonly ShardReport[]): readonly ParkedChunk[] {
  return reports.flatMap((report) => report.parked);
}

/** Whether every shard has bought what it will, and what remains is looking and writing it down. */
export function isWindingUp(reports: readonly ShardReport[]): boolean {
  return (
    reports.length > 0 &&
    reports.every(({ stage }) => stage === 'auditing' || stage === 'storing' || stage === 'done')
  );
}

/** Whether nothing goes on until a person acts. What is held back is not started either. */
export function isStuck(reports: readonly ShardReport[]): boolean {
  const isHeld = reports.some(({ hold }) => hold !== null);
  return (
    reports.some(needsPerson) &&
    reports.every(({ stage, isAtRest }) => isAtRest || (stage === 'waiting' && isHeld))
  );
}

/** What of the progress the batch itself knows. */
export type BatchFacts = Omit<
  BatchProgress,
  | 'schema'
  | 'batchId'
  | 'tenant'
  | 'counts'
  | 'groups'
  | 'gate'
  | 'parked'
  | 'delays'
  | 'auditUntilMs'
>;

/** Builds the answer of the query `progress`. */
export function toBatchProgress(
  request: BatchRequest,
  reports: readonly ShardReport[],
  facts: BatchFacts,
): BatchProgress {
  return {
    schema: 'tairfleet/progress/v1',
    batchId: request.batchId,
    tenant: request.tenant,
    ...countBatch(request, reports),
    gate: reports.find((report) => report.gate !== null)?.gate ?? null,
    parked: listParkedChunks(reports),
    delays: reports.reduce((sum, { delays }) => addDelays(sum, delays), NO_DELAYS),
    ...toAuditWait(reports),
    ...facts,
  };
}

/** The batch waits for the last of its shards. */
function toAuditWait(reports: readonly ShardReport[]): Pick<BatchProgress, 'auditUntilMs'> {
  const waits = reports
    .map(({ auditUntilMs }) => auditUntilMs)
    .filter((atMs) => atMs !== undefined);
  return waits.length === 0 ? {} : { auditUntilMs: Math.max(...waits) };
}
