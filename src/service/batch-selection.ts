import type { BatchPhase, BatchProgress } from '../domain/progress';
import type { BatchKey } from '../outbound/result-store';
import { createSuccess } from './service-result';
import type { ServiceFailure, ServiceResult } from './service-result';

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

/** What a look at one open batch has found; null when it does not belong. */
export type SelectionLook =
  | { readonly kind: 'selected'; readonly batch: SelectedBatch }
  | { readonly kind: 'unanswered'; readonly batch: UnansweredBatch }
  | null;

/**
 * Gathers the batches of a selection from looks at open ones. One that does not answer hides no other,
 * unless none answers.
 *
 * @param pieces - looks, newest batches first; no more are taken than needed
 * @param limit - most batches
 * @returns what was found; the failure of the first one when none answers
 */
export async function gatherSelected(
  pieces: AsyncIterable<readonly SelectionLook[]>,
  limit: number,
): Promise<ServiceResult<SelectedBatches>> {
  const batches: SelectedBatch[] = [];
  const unanswered: UnansweredBatch[] = [];
  let isAnybodyThere = false;
  for await (const looks of pieces) {
    for (const found of looks) {
      if (found?.kind === 'selected') batches.push(found.batch);
      if (found?.kind === 'unanswered') unanswered.push(found.batch);
    }
    isAnybodyThere ||= looks.some((found) => found?.kind !== 'unanswered');
    const [first] = unanswered;
    if (first !== undefined && !isAnybodyThere) return first.failure;
    if (batches.length > limit) break;
  }
  const isCut = batches.length > limit;
  return createSuccess({ batches: batches.slice(0, limit), unanswered, isCut });
}

/**
 * The batch as one of a selection, by what it says of itself.
 *
 * @param key - which batch
 * @param progress - how far it is
 * @param selection - which batches are wanted; the region is for the caller to look at
 * @returns null when it does not belong
 */
export function toSelected(
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
