import { Option, type Command } from 'commander';
import type { BatchSelection, BatchState } from '../../service/batch-selection';
import type { CliFailure } from '../command-report';
import { createLimitParser } from '../limit-flag';

/** The flags by which one order is given to many batches. */
export interface BulkOptions {
  readonly tenant?: string;
  readonly region?: string;
  readonly code?: string;
  readonly limit: number;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

/** How a command is given to many batches. */
export interface BulkKind {
  /** Flag without its dashes, such as `all-parked`. */
  readonly flag: string;
  /** Which batches the flag means, in words. */
  readonly about: string;
  readonly state: BatchState;
  /** Whether a script has to say `--yes`, since the order cannot be taken back. */
  readonly isFinal?: true;
}

const LIMIT_DEFAULT = 1_000;
const LIMIT_MAX = 10_000;

/**
 * Adds the flags; `--tenant` is there for single batches too.
 *
 * @param command - an operator action
 * @param kind - how it is given to many
 */
export function addBulkFlags(command: Command, { flag, about }: BulkKind): Command {
  return command
    .option(`--${flag}`, `${about}, instead of one batch`)
    .option('--region <region>', `with --${flag}: only batches that buy there`)
    .option('--code <code>', `with --${flag}: only those that wait for a code that begins so`)
    .addOption(
      new Option('--limit <n>', `with --${flag}: most batches, 1 to ${LIMIT_MAX}`)
        .argParser(createLimitParser(LIMIT_MAX))
        .default(LIMIT_DEFAULT),
    )
    .option('--dry-run', `with --${flag}: show which, and do nothing`)
    .option('--yes', `with --${flag}: do it without asking`);
}

/**
 * Checks that there is either one batch or the flag for many, with its filters.
 *
 * @param command - as it was called
 * @param kind - how it is given to many
 * @param batch - the argument, when there is one
 * @returns what is wrong; undefined when nothing is
 */
export function findBulkProblem(
  command: Command,
  { flag }: BulkKind,
  batch: string | undefined,
): CliFailure | undefined {
  const isBulk = isGiven(command, flag);
  if (isBulk === (batch !== undefined)) {
    return { code: 'usage', message: `Name one batch, or give --${flag} instead.` };
  }
  const stray = ['region', 'code', 'limit', 'dry-run', 'yes'].find((name) =>
    isGiven(command, name),
  );
  if (isBulk || stray === undefined) return undefined;
  return { code: 'usage', message: `--${stray} goes with --${flag} only.` };
}

/**
 * Which batches are meant.
 *
 * @param options - the command's flags
 * @param kind - how it is given to many
 */
export function toSelection(
  { tenant, region, code, limit }: BulkOptions,
  { state }: BulkKind,
): BatchSelection {
  return {
    state,
    limit,
    ...(tenant === undefined ? {} : { tenant }),
    ...(region === undefined ? {} : { region }),
    ...(code === undefined ? {} : { code }),
  };
}

/** Whether somebody wrote the flag on the command line. */
export function isGiven(command: Command, flag: string): boolean {
  const key = flag.replace(/-([a-z])/g, (_dash, letter: string) => letter.toUpperCase());
  return command.getOptionValueSource(key) === 'cli';
}
