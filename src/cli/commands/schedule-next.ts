import type { Command } from 'commander';
import { findNearestWord } from '../../domain/nearest-word';
import { listNextTimes } from '../../domain/schedule/next-times';
import type { Schedule, ScheduleFile } from '../../domain/schedule/schedule';
import { readSchedulesFile } from '../../input/read-schedules';
import type { WantedSchedule } from '../../service/schedules/planned-schedules';
import { isGiven } from '../bulk/bulk-flags';
import { createFailureReport, createReport } from '../command-report';
import type { CliFailure, CommandReport } from '../command-report';
import { JSON_FLAG } from '../command-shell';
import type { CommandContext, CommandShell, OutputOptions } from '../command-shell';
import { createLimitParser } from '../limit-flag';
import { withNamed } from '../own-tenant';
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
  return withNamed(context, named, async ({ schedules }, key) => {
    const state = await schedules.schedule(key);
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
  // Without one it is that of the API key with which somebody applies the file, or else default.
  const isTenantSaid = Object.hasOwn(read.document as object, 'tenant');
  const found = findSchedules({ ...read.file, isTenantSaid }, text, options.tenant);
  if ('code' in found) return createFailureReport(found);
  const wanted = found.map((schedule) => toWanted(schedule, options.limit));
  const tenant = isTenantSaid ? read.file.tenant : null;
  return createReport(
    toFileTimesData(tenant, wanted),
    toFileTimesLines(wanted, { tenant, colors: context.io.outColors }),
    {
      next: `Computed from ${path}; "tairfleet schedule plan ${path}" compares it with the server.`,
    },
  );
}

/** All schedules of a file, or the one that is named. */
function findSchedules(
  file: ScheduleFile & { readonly isTenantSaid: boolean },
  text: string | undefined,
  tenant?: string,
): readonly Schedule[] | CliFailure {
  const named = text === undefined ? null : parseScheduleArgument(text, tenant);
  if (named?.ok === false) return named.failure;
  const asked = named?.isTenantNamed === true ? named.key.tenant : tenant;
  if (file.isTenantSaid && asked !== undefined && asked !== file.tenant) {
    const message = `The file has the schedules of the tenant ${file.tenant}, and none of ${asked}.`;
    return { code: 'usage', message };
  }
  if (named === null) return file.schedules;
  const found = file.schedules.filter(({ name }) => name === named.key.name);
  return found.length === 0 ? createUnknown(file, named.key.name) : found;
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
