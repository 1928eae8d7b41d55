import { createBatchPlan, listPlannedChunks } from '../domain/batch-plan';
import type { BatchPlan, PlannedChunk } from '../domain/batch-plan';
import type { BatchRequest } from '../domain/batch-request';
import type { FrozenPlan } from '../domain/frozen-plan';
import { createFrozenPlan } from '../domain/plan-settings';
import { listPlanWarnings } from '../domain/plan-warnings';
import type { PlanWarning } from '../domain/plan-warnings';
import { hashRequest } from '../domain/request-hash';
import type { PlanConfig } from '../config/plan-config';
import type { Submission } from './submission';
import type { PlannableBatch } from './known-batch';
import { createFailure, createSuccess } from './service-result';
import type { ServiceFailure, ServiceResult } from './service-result';

/** Everything that a plan shows. */
export interface BatchPreview {
  readonly request: BatchRequest;
  readonly frozen: FrozenPlan;
  /** For people: where the frozen values come from. */
  readonly source: string;
  readonly plan: BatchPlan;
  /** The first chunks, or all of them. */
  readonly chunks: readonly PlannedChunk[];
  readonly warnings: readonly PlanWarning[];
  readonly known: PlannableBatch;
}

/**
 * Plans a submission: as the batch that is there, as the saved plan says, or else as the settings say.
 *
 * @param submission - the checked request
 * @param known - what is known about its batch id
 * @param options - settings, and how many chunks to list
 * @returns the preview; `refused` when the account is not clear
 */
export function createBatchPreview(
  submission: Submission,
  known: PlannableBatch,
  { config, chunksMax }: { readonly config: PlanConfig; readonly chunksMax: number },
): ServiceResult<BatchPreview> {
  const { request } = submission;
  const chosen = chooseFrozen(submission, known, config);
  if (chosen === null) return createAccountFailure(request, config);
  const warnings = listPlanWarnings(request, config.warnings);
  return createSuccess(completePreview({ request, ...chosen, warnings, known }, chunksMax));
}

/**
 * Works out what follows from a frozen plan.
 *
 * @param start - request and frozen plan, and what is known besides
 * @param chunksMax - how many chunks to list
 */
export function completePreview(
  start: Omit<BatchPreview, 'plan' | 'chunks'>,
  chunksMax: number,
): BatchPreview {
  const { request, frozen } = start;
  const chunks: PlannedChunk[] = [];
  for (const chunk of listPlannedChunks(request, frozen)) {
    if (chunks.length === chunksMax) break;
    chunks.push(chunk);
  }
  return { ...start, plan: createBatchPlan(request, frozen), chunks };
}

/** Whether applying the request would order anything. */
export function isOrdering({ known }: BatchPreview): boolean {
  return known.kind !== 'same';
}

function chooseFrozen(
  { request, frozen: saved }: Submission,
  known: PlannableBatch,
  { settings, source }: PlanConfig,
): { readonly frozen: FrozenPlan; readonly source: string } | null {
  if (known.kind === 'same' && known.frozen !== null) {
    return { frozen: known.frozen, source: 'the batch that is there' };
  }
  if (saved !== undefined) return { frozen: saved, source: 'the saved plan' };
  const frozen = createFrozenPlan(settings, request, hashRequest(request));
  return frozen === null ? null : { frozen, source };
}

function createAccountFailure(
  { account }: BatchRequest,
  { settings, source }: PlanConfig,
): ServiceFailure {
  const known = settings.accounts.join(', ');
  const message =
    account === undefined
      ? `Several accounts are configured (${known}), and the request names none: write its account.`
      : `The account ${account} is not known to ${source}, which has ${known}: name one of these, or configure it.`;
  return createFailure('refused', message);
}
