import { z } from 'zod';
import type { ResultDocument } from '../../domain/result';
import type { BatchStatus } from '../../service/read-status';
import type { ServiceFailure } from '../../service/service-result';
import { toApiError } from '../api-error';
import { BATCH_END, GAP, PROGRESS, RUN_ID, RUN_STATUS, TIME, WORKFLOW_ID } from './shapes';

/** Everything that is known about a batch right now. */
export const BATCH = z
  .object({
    tenant: z.string(),
    batchId: z.string(),
    status: RUN_STATUS.nullable().describe(
      'Of the latest run; null when only the result is left of it.',
    ),
    workflowId: WORKFLOW_ID,
    runId: RUN_ID,
    submittedBy: z.string().nullable().describe('Subject that submitted it by this API.'),
    schedule: z.string().nullable().describe('Name of the schedule that has started it.'),
    startedAt: TIME.nullable(),
    endedAt: TIME.nullable(),
    progress: PROGRESS.describe('Of an open batch, when a worker answers; else null.'),
    result: BATCH_END.nullable().describe('Of an ended batch.'),
    gap: GAP.nullable().describe('Why a part of this answer is missing.'),
  })
  .meta({ id: 'Batch' });

/** The status of a batch as the API gives it. */
export function toBatchView({
  key,
  run,
  progress,
  finished,
  gap,
}: BatchStatus): z.input<typeof BATCH> {
  return {
    tenant: key.tenant,
    batchId: key.batchId,
    status: run?.status ?? null,
    workflowId: run?.workflowId ?? null,
    runId: run?.runId ?? null,
    submittedBy: run?.submittedBy ?? null,
    schedule: run?.schedule ?? null,
    startedAt: run === null ? (finished?.document.startedAt ?? null) : toTime(run.startedAtMs),
    endedAt: run === null ? (finished?.document.finishedAt ?? null) : toTime(run.closedAtMs),
    progress,
    result: finished === null ? null : toBatchEnd(finished.document),
    gap: gap === null ? null : toGap(gap),
  };
}

/** The end of a batch, in short. */
export function toBatchEnd(document: ResultDocument): z.input<typeof BATCH_END> {
  const { generation, revision, outcome, counts, finishedAt } = document;
  return { generation, revision, outcome, counts, finishedAt };
}

/** A failure of a part of an answer. */
export function toGap(failure: ServiceFailure): z.input<typeof GAP> {
  const { code, detail } = toApiError(failure);
  return { code, detail };
}

/** A moment as text. */
export function toTime(atMs: number): string;
export function toTime(atMs: number | null): string | null;
export function toTime(atMs: number | null): string | null {
  return atMs === null ? null : new Date(atMs).toISOString();
}
