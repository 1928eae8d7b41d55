import type { Client } from '@temporalio/client';
import { checkBatchRequest } from '../domain/check-batch-request';
import type { BatchPhase, BatchProgress } from '../domain/progress';
import type { BatchKey } from '../outbound/result-store';
import { describeRun, readSubmittedDocument } from './batch-run';
import { listPieces } from './list-batches';
import { readProgress } from './read-progress';
import { createSuccess } from './service-result';
import type { ServiceFailure, ServiceResult } from './service-result';
import { toServiceFailure } from './temporal-failure';

/** In which state an open batch has to be, to be one of many that get the same order. */
export type BatchState =
  /** Something of it waits for a person who has mended the cause. */
  | 'parked'
  /** It waits at a gate, or is on hold: a probe could find that mended. */
  | 'waiting'
  /** Somebody has paused it. */
  | 'paused'
  /** It is not ending yet, and nobody has paused it. */
  | 'unpaused'
  /** It is not ending yet. */
  | 'open';

/** Which open batches. */
export interface BatchSelection {
  readonly state: BatchState;
  readonly tenant?: string;
  /** Only those that buy in this region. */
  readonly region?: string;
  /** Only those that wait because of a code that begins so, such as `Quota`. */
  readonly code?: string;
  /** Most batches, 1 or more. */
  readonly limit: number;
}

/** One batch that the selection has found. */
export interface SelectedBatch extends BatchKey {
  readonly phase: BatchPhase;
  /** Every code because of which something of it waits. */
  readonly codes: readonly string[];
  /** With a wanted code, and parked for others too: the chunks that are parked for that code. */
  readonly chunks: readonly string[] | null;
}

/** An open batch that did not say how it is, so that nobody knows whether it belongs. */
export interface UnansweredBatch extends BatchKey {
  readonly failure: ServiceFailure;
}

/** What a selection has found. */
export interface SelectedBatches {
  readonly batches: readonly SelectedBatch[];
  readonly unanswered: readonly UnansweredBatch[];
  /** Whether there may be more. */
  readonly isCut: boolean;
}

const ENDING: readonly BatchPhase[] = ['auditing', 'finishing', 'releasing', 'done'];

/**
 * Finds the open batches that one order is meant for, newest first. Each batch is asked itself: the
 * search attributes lag, and do not say why it waits. One that does not answer hides no other, unless
 * none answers.
 *
 * @param client - the Temporal client
 * @param selection - which
 * @returns what was found; `no-worker`, `no-server`
 */
export async function selectBatches(
  client: Client,
  selection: BatchSelection,
): Promise<ServiceResult<SelectedBatches>> {
  const { tenant, limit } = selection;
  const batches: SelectedBatch[] = [];
  const unanswered: UnansweredBatch[] = [];
  let isAnybodyThere = false;
  try {
    const filter = { isOpen: true, ...(tenant === undefined ? {} : { tenant }) } as const;
    for await (const piece of listPieces(client, filter)) {
      const looks = await Promise.all(piece.map(({ key }) => look(client, key, selection)));
      for (const found of looks) {
        if (found?.kind === 'selected') batches.push(found.batch);
        if (found?.kind === 'unanswered') unanswered.push(found.batch);
      }
      isAnybodyThere ||= looks.some((found) => found?.kind !== 'unanswered');
      const [first] = unanswered;
      if (first !== undefined && !isAnybodyThere) return first.failure;
      if (batches.length > limit) break;
    }
  } catch (error) {
    return toServiceFailure(error, 'find the batches');
  }
  const isCut = batches.length > limit;
  return createSuccess({ batches: batches.slice(0, limit), unanswered, isCut });
}

type Look =
  | { readonly kind: 'selected'; readonly batch: SelectedBatch }
  | { readonly kind: 'unanswered'; readonly batch: UnansweredBatch }
  | null;

async function look(client: Client, key: BatchKey, selection: BatchSelection): Promise<Look> {
  const progress = await readProgress(client, key);
  // One that has ended meanwhile is not open any more.
  if (!progress.ok && progress.code === 'not-found') return null;
  if (!progress.ok) return { kind: 'unanswered', batch: { ...key, failure: progress } };
  const batch = toSelected(key, progress.value, selection);
  if (batch === null) return null;
  if (selection.region === undefined) return { kind: 'selected', batch };
  const regions = await readRegions(client, key);
  if (!regions.ok) return { kind: 'unanswered', batch: { ...key, failure: regions } };
  return regions.value.includes(selection.region) ? { kind: 'selected', batch } : null;
}

function toSelected(
  { tenant, batchId }: BatchKey,
  progress: BatchProgress,
  { state, code }: BatchSelection,
): SelectedBatch | null {
  if (!isInState(progress, state)) return null;
  const { phase, gate, parked, holdCode } = progress;
  const isWanted = (found: string): boolean => code === undefined || found.startsWith(code);
  const ofBatch = [...(holdCode == null ? [] : [holdCode]), ...(gate === null ? [] : [gate.code])];
  const codes = [...new Set([...ofBatch, ...parked.map((row) => row.code)])];
  if (code !== undefined && !codes.some(isWanted)) return null;
  const wanted = parked.filter((row) => isWanted(row.code)).map(({ chunk }) => chunk);
  const isPart = wanted.length > 0 && wanted.length < parked.length && !ofBatch.some(isWanted);
  return { tenant, batchId, phase, codes, chunks: code !== undefined && isPart ? wanted : null };
}

function isInState({ phase, ...progress }: BatchProgress, state: BatchState): boolean {
  switch (state) {
    case 'parked':
      return progress.needsOperator && phase !== 'awaitingApproval';
    case 'waiting':
      return !ENDING.includes(phase) && (progress.gate !== null || progress.holdCode != null);
    case 'paused':
      return phase === 'paused';
    case 'unpaused':
      return phase !== 'paused' && !ENDING.includes(phase);
    case 'open':
      return !ENDING.includes(phase);
  }
}

/** Where a batch buys, by the request that its run was started with. */
async function readRegions(client: Client, key: BatchKey): Promise<ServiceResult<string[]>> {
  const run = await describeRun(client, key);
  if (!run.ok) return run;
  const document = await readSubmittedDocument(client, run.value);
  if (!document.ok) return document;
  const checked = checkBatchRequest(document.value, { fallbackBatchId: key.batchId });
  if (!checked.ok) return createSuccess([]);
  const { groups } = checked.request;
  return createSuccess(groups.flatMap(({ placements }) => placements.map(({ region }) => region)));
}
