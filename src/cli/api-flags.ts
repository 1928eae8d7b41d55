import type { Command } from 'commander';
import { isGiven } from './bulk/bulk-flags';
import type { CliFailure } from './command-report';
import { findApiProblem } from './command-shell';
import type { CommandContext } from './command-shell';

/** Flags that mean something next to Temporal only; with what is so over the HTTP API, where that tells more. */
export type ApiFlags = Readonly<Record<string, string | null>>;

/** What an order to a batch takes next to Temporal only. */
export const ORDER_FLAGS: ApiFlags = {
  by: 'over the HTTP API the key says who acts',
  file: null,
  region: null,
};

/**
 * Refuses flags that the HTTP API has nothing for, before anything is sent.
 *
 * @param context - knows whether a server was named
 * @param command - as it was called
 * @param flags - those flags
 * @returns what is wrong; undefined when nothing is
 */
export function findApiFlagProblem(
  context: CommandContext,
  command: Command,
  flags: ApiFlags,
): CliFailure | undefined {
  const given = Object.keys(flags).find((flag) => isGiven(command, flag));
  if (given === undefined) return undefined;
  const failure = findApiProblem(context, `--${given} works`);
  const reason = flags[given] ?? null;
  if (failure?.code !== 'needs-temporal' || reason === null) return failure;
  return { ...failure, message: `Leave out --${given}: ${reason}.` };
}
