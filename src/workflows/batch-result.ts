import { workflowInfo } from '@temporalio/workflow';
import type { BatchCarry, TallyCarry } from '../contract/carry';
import type { ShardReport } from '../contract/shard-report';
import type { BatchRequest } from '../domain/batch-request';
import { createResultDocument } from '../domain/create-result';
import type { LogEntry } from '../domain/progress';
import type { ResultDocument } from '../domain/result';
import { countBatch, listParkedChunks } from './batch-progress';
import { RunTally } from './run-tally';

/** What is known of a batch when all of its shards have ended. */
export interface EndedShards {
  readonly request: BatchRequest;
  readonly admitted: Pick<BatchCarry, 'frozen' | 'generation' | 'prices'>;
  readonly reports: readonly ShardReport[];
  /** Calls that the batch itself has made. */
  readonly tally: TallyCarry;
  readonly log: readonly LogEntry[];
  readonly isCancelled: boolean;
  readonly startedAtMs: number;
}

/** The document of a batch whose shards have ended, but for its instances. */
export function createBatchResult(ended: EndedShards): ResultDocument {
  const { request, reports, log, isCancelled, startedAtMs } = ended;
  const { frozen, generation, prices } = ended.admitted;
  const tally = new RunTally();
  tally.addTally(ended.tally);
  for (const report of reports) tally.addTally(report);
  return createResultDocument({
    ...{ request, frozen, generation },
    ...countBatch(request, reports),
    ...tally.toSums(),
    parked: listParkedChunks(reports),
    orphans: reports.flatMap((report) => report.orphans),
    missing: reports.flatMap((report) => report.missing),
    ...{ log, isCancelled, startedAtMs },
    finishedAtMs: Date.now(),
    firstRunId: workflowInfo().firstExecutionRunId,
    prices: prices ?? null,
  });
}
