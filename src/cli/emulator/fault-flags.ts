import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { parseDuration } from '../../domain/duration';

/** The kinds of faults (docs/emulator.md); the emulator has the last word. */
export const FAULT_KINDS = [
  ...(['refuse', 'drop', 'reset', 'hang', 'status', 'html', 'empty', 'truncate'] as const),
  ...(['partial', 'delay', 'slow'] as const),
];

/** A rule as flags say it; times in milliseconds. */
export interface FaultOptions {
  readonly action?: string;
  readonly kind?: string;
  readonly when?: string;
  readonly match?: string;
  readonly code?: string;
  readonly status?: number;
  readonly message?: string;
  readonly count?: number;
  readonly probability?: number;
  readonly from?: number;
  readonly until?: number;
  readonly delay?: number;
  readonly retryAfter?: number;
  readonly answerFewerBy?: number;
  readonly commitFewerBy?: number;
}

/** Flags whose member of a rule has another name. */
const MEMBERS: Readonly<Record<string, string>> = {
  from: 'fromMs',
  until: 'untilMs',
  delay: 'delayMs',
  retryAfter: 'retryAfterMs',
};

const FLAGS = [
  'action',
  'kind',
  'when',
  'match',
  'code',
  'status',
  'message',
  'count',
  'probability',
  'from',
  'until',
  'delay',
  'retryAfter',
  'answerFewerBy',
  'commitFewerBy',
] as const satisfies readonly (keyof FaultOptions)[];

/**
 * Adds the flags by which one rule is said.
 *
 * @param command - the command that adds it
 */
export function addFaultFlags(command: Command): Command {
  return command
    .option('--action <operation>', 'the operation it is about; every one when left out')
    .addOption(new Option('--kind <kind>', 'what goes wrong').choices(FAULT_KINDS))
    .addOption(
      new Option(
        '--when <when>',
        'before: the operation does not execute; after: it does, and the answer is spoilt',
      ).choices(['before', 'after']),
    )
    .option('--match <text>', 'only calls whose parameters, as JSON, contain this')
    .option('--status <status>', 'HTTP status that is answered', toWholeNumber)
    .option('--code <code>', 'error code that is answered, such as Throttling.User')
    .option('--message <text>', 'its text')
    .option('--retry-after <duration>', 'when to come back, as the answer says', toDurationMs)
    .option('--count <n>', 'how often at most', toWholeNumber)
    .option('--probability <share>', 'chance for each call, 0 to 1', toShare)
    .option('--from <duration>', 'not before so long after now, such as 10s', toDurationMs)
    .option('--until <duration>', 'not after so long after now, such as 1m', toDurationMs)
    .option('--delay <duration>', 'how long it takes: delay, slow, hang', toDurationMs)
    .option('--answer-fewer-by <n>', 'partial: ids that the answer leaves out', toWholeNumber)
    .option('--commit-fewer-by <n>', 'partial: instances that are not made', toWholeNumber);
}

/**
 * The rule that flags say, as the control API takes it.
 *
 * @param options - the flags
 * @returns without members for flags that were not given
 */
export function toFaultRule(options: FaultOptions): Readonly<Record<string, unknown>> {
  const given = FLAGS.filter((flag) => options[flag] !== undefined);
  return Object.fromEntries(given.map((flag) => [MEMBERS[flag] ?? flag, options[flag]]));
}

function toWholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number.');
}

function toShare(text: string): number {
  const share = Number(text);
  if (text.trim() !== '' && share >= 0 && share <= 1) return share;
  throw new InvalidArgumentError('It must be a number from 0 to 1.');
}

function toDurationMs(text: string): number {
  const durationMs = parseDuration(text);
  if (durationMs !== null) return durationMs;
  throw new InvalidArgumentError('It must be a duration, such as 500ms, 10s or 1m.');
}
