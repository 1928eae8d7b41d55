import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import type { LogEntry } from '../../../emulator/request-log';
import { createFailureReport, createReport } from '../../command-report';
import type { CommandReport } from '../../command-report';
import type { CommandContext, CommandShell } from '../../command-shell';
import type { ControlClient } from '../../emulator/control-client';
import { followLog } from '../../emulator/follow-log';
import { addEmulatorFlags, withEmulator } from '../../emulator/with-emulator';
import type { EmulatorOptions } from '../../emulator/with-emulator';
import { createLimitParser } from '../../limit-flag';
import { addRowFlags, isRowWanted } from '../../rows/row-flags';
import type { RowOptions } from '../../rows/row-flags';
import { toRowLines } from '../../rows/row-lines';
import { EMULATOR_LOG_ROWS, isCallMarked } from '../../views/human/emulator-log-rows';

interface LogOptions extends Omit<EmulatorOptions, 'output'>, RowOptions {
  readonly action?: string;
  readonly status?: number;
  readonly code?: string;
  readonly find?: string;
  readonly since?: number;
  readonly last: number;
  readonly follow?: boolean;
}

const LAST_DEFAULT = 100;
const LAST_MAX = 100_000;

/** Adds `emulator log`: the calls that it got, oldest first. */
export function addEmulatorLog(group: Command, { context, finish }: CommandShell): void {
  const command = group
    .command('log')
    .description('the calls that it got, oldest first')
    .option('--action <operation>', 'only calls of this operation')
    .option('--status <status>', 'only those answered with it; 0: cut off', toWholeNumber)
    .option('--code <code>', 'only those answered with this error code')
    .option('--find <text>', 'a part of a token or request id, or an instance id')
    .option('--since <seq>', 'only those after this number', toWholeNumber)
    .option(
      '--last <n>',
      `the latest so many, 1 to ${LAST_MAX}`,
      createLimitParser(LAST_MAX),
      LAST_DEFAULT,
    )
    .option('--follow', 'go on as calls come, until Ctrl-C; with --json an object a line');
  addRowFlags(command, EMULATOR_LOG_ROWS);
  addEmulatorFlags(command).action(async (options: LogOptions) => {
    const work = async (client: ControlClient) => showLog(context, client, options);
    finish(await withEmulator(context, options.url, work), options);
  });
}

function showLog(
  context: CommandContext,
  client: ControlClient,
  options: LogOptions,
): Promise<CommandReport> | CommandReport {
  if (options.follow !== true) return listCalls(context, client, options);
  const { action, status, code, find, last, since } = options;
  const isJson = isForScripts(options);
  if (!isJson && (options.output !== 'table' || options.columns !== undefined)) {
    const message = '--follow prints lines for people, or with --json an object a line.';
    return createFailureReport({ code: 'usage', message });
  }
  const matches = createMatcher(options);
  return followLog(context, client, {
    ...{ query: { action, find }, last, since, isJson },
    // A call that runs has neither: the emulator would hide it, and it would be missed.
    matches: (call) =>
      matches(call) &&
      (status === undefined || call.status === status) &&
      (code === undefined || call.code === code),
  });
}

async function listCalls(
  { io }: CommandContext,
  client: ControlClient,
  options: LogOptions,
): Promise<CommandReport> {
  const { action, status, code, find, since, last, filter } = options;
  const taken = await client.log(
    {
      ...{ action, status, code, find, since },
      last: filter === undefined ? last + 1 : undefined,
      // People see none of what can be long.
      brief: isForScripts(options) ? undefined : 'true',
    },
    { limit: last, end: 'last', matches: createMatcher(options) },
  );
  if (!taken.ok) return createFailureReport(taken);
  const { rows, isCut } = taken.value;
  const view = { options, colors: io.outColors, isMarked: isCallMarked };
  return createReport(
    { calls: rows, isCut },
    toRowLines(rows, EMULATOR_LOG_ROWS, view),
    isCut ? { next: `There are older ones: --last ${toMore(last)} shows more.` } : {},
  );
}

function toMore(last: number): number {
  return Math.min(last * 10, LAST_MAX);
}

function isForScripts({ json, output }: LogOptions): boolean {
  return json === true || output === 'json';
}

function createMatcher({ filter }: LogOptions): (call: LogEntry) => boolean {
  return (call) => isRowWanted(call, EMULATOR_LOG_ROWS.columns, filter);
}

function toWholeNumber(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number of 0 or more.');
}
