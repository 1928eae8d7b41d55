import type { Submission } from '../../service/submission';
import { toKnownBatch } from '../../service/known-batch';
import type { KnownBatch } from '../../service/known-batch';
import type { CliContext } from '../cli-context';
import { findRunningStack } from '../stack/running-stack';

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
    return toKnownBatch(await opened.value.service.find(submission));
  } finally {
    await opened.value.close();
  }
}
