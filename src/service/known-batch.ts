import type { FrozenPlan } from '../domain/frozen-plan';
import type { FoundBatch } from './find-batch';
import type { ServiceFailure, ServiceResult } from './service-result';

/** What is known about the batch id of a plan. */
export type KnownBatch =
  /** Nobody has submitted it. */
  | { readonly kind: 'new' }
  /** It was submitted with this very request: applying it again changes nothing. */
  | { readonly kind: 'same'; readonly status: string; readonly frozen: FrozenPlan | null }
  /** It was submitted with another request. */
  | { readonly kind: 'conflict'; readonly failure: ServiceFailure }
  /** No server was asked, or none answered. */
  | { readonly kind: 'unknown'; readonly why: string };

/** What a plan can be made on; over a conflict there is nothing to plan. */
export type PlannableBatch = Exclude<KnownBatch, { kind: 'conflict' }>;

/**
 * What a search for the batch of a submission says about its id.
 *
 * @param found - as the service found it
 */
export function toKnownBatch(found: ServiceResult<FoundBatch>): KnownBatch {
  if (found.ok) return toSame(found.value);
  if (found.code === 'not-found') return { kind: 'new' };
  if (found.code === 'conflict') return { kind: 'conflict', failure: found };
  return { kind: 'unknown', why: found.message };
}

function toSame(found: FoundBatch): KnownBatch {
  if (found.kind === 'attached') {
    return { kind: 'same', status: found.run.status, frozen: found.run.frozen };
  }
  const { outcome, frozen } = found.stored.document;
  return { kind: 'same', status: outcome, frozen: frozen as FrozenPlan };
}
