import type { BatchKey } from '../outbound/result-store';
import type { CliFailure } from './command-report';

/**
 * Checks that somebody has typed the batch's id to confirm what cannot be undone. Nothing ever asks a
 * question, so the id is an option: what is shown without it is a plan.
 *
 * @param key - which batch
 * @param typed - value of `--yes`
 * @returns why it is no confirmation; undefined when it is one
 */
export function findConfirmationProblem(key: BatchKey, typed: string): CliFailure | undefined {
  const name = `${key.tenant}/${key.batchId}`;
  if (typed === name) return undefined;
  const message = `--yes "${typed}" confirms nothing: this batch is ${name}. Nothing was changed.`;
  return { code: 'not-confirmed', message };
}
