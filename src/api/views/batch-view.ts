import { z } from 'zod';
import type { ResultDocument } from '../../domain/result';
import type { BatchStatus } from '../../service/read-status';
import type { ServiceFailure } from '../../service/service-result';
import { toApiError } from '../api-error';
import {
  BATCH_END,
  COUNT,
  GAP,
  PHASE,
  PROGRESS,
  RUN_ID,
  RUN_STATUS,
  TIME,
  WORKFLOW_ID,
} from './shapes';

/** What an open batch says of itself to everybody. */
const NOTED = z
  .object({
    phase: PHASE,
    needsOperator: z.boolean(),
    slots: COUNT.nullable(),
    ready: COUNT.nullable(),
  })
  .meta({ id: 'NotedProgress' });

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
    noted: NOTED.nullable().describe(
      'What an open batch has written down at its last change of phase. It needs no worker, so it ' +
        'is there when `progress` is not.',
    ),
    progress: PROGRESS.describe('Of an open batch, as it has told last; else null.'),
    progressAt: TIME.nullable().describe('`progress` is no older than this.'),
    result: BATCH_END.nullable().describe('Of an ended batch.'),
    gap: GAP.nullable().describe(
      'Why a part of this answer is missing, or `progress` is not of now.',
    ),
  })
  .meta({ id: 'Batch' });

/** The status of a batch as the API gives it. */
export function toBatchView({
  key,
  run,
  progress,
  progressAtMs,
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
    noted: run?.noted ?? null,
    progress,
    progressAt: toTime(progressAtMs),
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
