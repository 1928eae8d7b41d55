import type { Command } from 'commander';
import { findNearestWord } from '../../domain/nearest-word';
import { listNextTimes } from '../../domain/schedule/next-times';
import type { Schedule, ScheduleFile } from '../../domain/schedule/schedule';
import { readSchedulesFile } from '../../input/read-schedules';
import type { WantedSchedule } from '../../service/schedules/planned-schedules';
import { isGiven } from '../bulk/bulk-flags';
import { createFailureReport, createReport } from '../command-report';
import type { CliFailure, CommandReport } from '../command-report';
import { JSON_FLAG, withFacade } from '../command-shell';
import type { CommandContext, CommandShell, OutputOptions } from '../command-shell';
import { createLimitParser } from '../limit-flag';
import { toReadFailure } from '../read-failure';
import { SCHEDULE_TENANT_FLAG, parseScheduleArgument } from '../schedule-argument';
import { toFileTimesData, toScheduleData } from '../schedule-data';
import { toFileTimesLines, toNextLines } from '../views/human/next-times-lines';

interface NextOptions extends OutputOptions {
  readonly tenant?: string;
  readonly file?: string;
  readonly limit: number;
}

/** As many as the server counts. */
const TIMES_DEFAULT = 10;
const TIMES_MAX = 1_000;

/** Adds `next`: when a schedule orders, by the server or by a file that is not applied yet. */
export function addScheduleNext(schedule: Command, { context, finish }: CommandShell): void {
  schedule
    .command('next')
    .description('the next times of a schedule as the server has counted them; or of a --file')
    .argument('[schedule]', 'tenant/name; with --file a name in it, or none for all of them')
    .option(
      '--file <file>',
      'compute them from a file, YAML or JSON, and ask no server; - reads stdin',
    )
    .option(
      '--limit <number>',
      `with --file: how many of each, ${TIMES_MAX.toLocaleString('en-US')} at most`,
      createLimitParser(TIMES_MAX),
      TIMES_DEFAULT,
    )
    .option(...SCHEDULE_TENANT_FLAG)
    .option(...JSON_FLAG)
    .action(async (text: string | undefined, options: NextOptions, command: Command) => {
      const { file } = options;
      if (file !== undefined)
        return finish(await lookAtFile(context, { file, text, options }), options);
      const problem = findUsageProblem(text, command);
      const report =
        problem === null
          ? await lookAtServer(context, text ?? '', options)
          : createFailureReport({ code: 'usage', message: problem });
      finish(report, options);
    });
}

function findUsageProblem(text: string | undefined, command: Command): string | null {
  if (text === undefined) {
    return 'Name a schedule as tenant/name, or a file that has it: --file schedules.yaml.';
  }
  return isGiven(command, 'limit')
    ? '--limit goes with --file: the server counts ten times.'
    : null;
}

async function lookAtServer(
  context: CommandContext,
  text: string,
  options: NextOptions,
): Promise<CommandReport> {
  const named = parseScheduleArgument(text, options.tenant);
  if (!named.ok) return createFailureReport(named.failure);
  return withFacade(context, async ({ schedules }) => {
    const state = await schedules.schedule(named.key);
    if (!state.ok) return createFailureReport(state);
    return createReport(
      toScheduleData(state.value),
      toNextLines(state.value, context.io.outColors),
    );
  });
}

async function lookAtFile(
  context: CommandContext,
  asked: {
    readonly file: string;
    readonly text: string | undefined;
    readonly options: NextOptions;
  },
): Promise<CommandReport> {
  const { file: path, text, options } = asked;
  const read = await readSchedulesFile(path);
  if (!read.ok) return createFailureReport(toReadFailure(path === '-' ? 'The text' : path, read));
  const found = findSchedules(read.file, text, options.tenant);
  if ('code' in found) return createFailureReport(found);
  const wanted = found.map((schedule) => toWanted(schedule, options.limit));
  return createReport(
    toFileTimesData(read.file.tenant, wanted),
    toFileTimesLines(wanted, context.io.outColors),
    {
      next: `Computed from ${path}; "tairfleet schedule plan ${path}" compares it with the server.`,
    },
  );
}

/** All schedules of a file, or the one that is named. */
function findSchedules(
  file: ScheduleFile,
  text: string | undefined,
  tenant?: string,
): readonly Schedule[] | CliFailure {
  // A name with a tenant says whose it is; any other one is of the file's.
  const fallback = text?.includes('/') === true ? tenant : (tenant ?? file.tenant);
  const named = text === undefined ? null : parseScheduleArgument(text, fallback);
  if (named?.ok === false) return named.failure;
  const wanted = named?.key ?? { tenant: fallback, name: null };
  if (wanted.tenant !== file.tenant) {
    const message = `The file has the schedules of the tenant ${file.tenant}, and none of ${wanted.tenant}.`;
    return { code: 'usage', message };
  }
  if (wanted.name === null) return file.schedules;
  const found = file.schedules.filter(({ name }) => name === wanted.name);
  return found.length === 0 ? createUnknown(file, wanted.name) : found;
}

function createUnknown({ schedules }: ScheduleFile, name: string): CliFailure {
  const names = schedules.map((schedule) => schedule.name);
  const nearest = findNearestWord(name, names);
  const hint = nearest === null ? '' : ` Did you mean ${nearest}?`;
  const message = `The file has no schedule ${name}.${hint} It has: ${names.join(', ') || 'none'}.`;
  return { code: 'not-found', message };
}

function toWanted(schedule: Schedule, limit: number): WantedSchedule {
  const { name, times, rules } = schedule;
  const options = { afterMs: Date.now(), limit, remaining: rules.firings };
  return { name, schedule, nextAtMs: listNextTimes(times, options) };
}
