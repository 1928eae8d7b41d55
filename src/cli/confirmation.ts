import type { CliFailure } from './command-report';

/**
 * Checks that somebody has typed the name to confirm what cannot be undone. Nothing ever asks a
 * question, so the name is an option: what is shown without it is a plan.
 *
 * @param name - `tenant/batchId`, or `tenant/name` of a schedule
 * @param typed - value of `--yes`
 * @returns why it is no confirmation; undefined when it is one
 */
export function findConfirmationProblem(name: string, typed: string): CliFailure | undefined {
  if (typed === name) return undefined;
  const message = `--yes "${typed}" confirms nothing: this is about ${name}. Nothing was changed.`;
  return { code: 'not-confirmed', message };
}
