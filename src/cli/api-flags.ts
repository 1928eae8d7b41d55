import type { Command } from 'commander';
import { isGiven } from './bulk/bulk-flags';
import type { CliFailure } from './command-report';
import { findApiProblem } from './command-shell';
import type { CommandContext } from './command-shell';

/** Flags that mean something next to Temporal only, and why, as the beginning of a sentence. */
export type ApiFlags = Readonly<Record<string, string>>;

/** What an order to a batch takes next to Temporal only. */
export const ORDER_FLAGS: ApiFlags = {
  by: '--by works (over the HTTP API the key says who acts)',
  file: '--file works',
  region: '--region works',
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
  return given === undefined ? undefined : findApiProblem(context, flags[given] ?? given);
}
