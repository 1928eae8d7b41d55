import type { FrozenPlan } from '../../domain/frozen-plan';
import type { Submission } from '../../service/apply-batch';
import type { FoundBatch } from '../../service/find-batch';
import type { ServiceFailure } from '../../service/service-result';
import type { CliContext } from '../cli-context';
import { findRunningStack } from '../stack/running-stack';

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

/** Whom a plan may ask: nobody, a server that somebody named, or in any case. */
export type AskServer = 'never' | 'when-named' | 'always';

/**
 * Asks the server whether the batch of a submission exists. Without a server a plan is still a plan.
 *
 * @param context - how to connect
 * @param submission - the checked request
 * @param ask - whether to try
 */
export async function findKnownBatch(
  context: CliContext,
  submission: Submission,
  ask: AskServer,
): Promise<KnownBatch> {
  const isNamed = Boolean(context.env['TEMPORAL_ADDRESS']) || findRunningStack(context.cwd);
  if (ask === 'never' || (ask === 'when-named' && !isNamed)) {
    return { kind: 'unknown', why: 'no server was asked' };
  }
  const opened = await context.openService();
  if (!opened.ok) return { kind: 'unknown', why: opened.message };
  try {
    const found = await opened.value.service.find(submission);
    if (found.ok) return toSame(found.value);
    if (found.code === 'not-found') return { kind: 'new' };
    if (found.code === 'conflict') return { kind: 'conflict', failure: found };
    return { kind: 'unknown', why: found.message };
  } finally {
    await opened.value.close();
  }
}

function toSame(found: FoundBatch): KnownBatch {
  if (found.kind === 'attached') {
    return { kind: 'same', status: found.run.status, frozen: found.run.frozen };
  }
  const { outcome, frozen } = found.stored.document;
  return { kind: 'same', status: outcome, frozen: frozen as FrozenPlan };
}
