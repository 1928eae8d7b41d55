import type { Command } from 'commander';
import { readSchedulesFile } from '../../input/read-schedules';
import type { CheckedSchedules } from '../../input/read-schedules';
import { listScheduleWarnings } from '../../service/schedules/schedule-warnings';
import type { ListedSchedule } from '../../service/schedules/list-schedules';
import type { PlannedSchedules } from '../../service/schedules/planned-schedules';
import type { ScheduleFacade } from '../../service/schedules/schedule-facade';
import { ORDER_FLAGS, findApiFlagProblem } from '../api-flags';
import { createFailureReport, createReport } from '../command-report';
import type { CommandReport } from '../command-report';
import { JSON_FLAG, withFacade } from '../command-shell';
import type { CommandContext, CommandShell, OutputOptions } from '../command-shell';
import { EXIT } from '../exit-code';
import { settleSchedules } from '../own-tenant';
import { loadPlanConfig } from '../plan/plan-config';
import { toReadFailure } from '../read-failure';
import { toPlanStepsData } from '../schedule-data';
import { addRowFlags, isRowWanted } from '../rows/row-flags';
import type { RowOptions } from '../rows/row-flags';
import { toRowLines } from '../rows/row-lines';
import { toSchedulePlanLines } from '../views/human/schedule-lines';
import { SCHEDULE_ROWS } from '../views/human/schedule-rows';
import { addScheduleActions } from './schedule-actions';
import { addScheduleNext } from './schedule-next';

interface FileOptions extends OutputOptions {
  readonly prune?: boolean;
  readonly detailedExitcode?: boolean;
  readonly by?: string;
}

interface LookOptions extends Omit<OutputOptions, 'output'>, RowOptions {
  readonly tenant?: string;
}

/** Adds `schedule` with its commands: batches at times, looked after by a file. */
export function addScheduleCommand(program: Command, shell: CommandShell): void {
  const schedule = program
    .command('schedule')
    .helpCommand(false)
    .description('batches that order at times: plan, apply, list, next, trigger, pause, …');
  addFileCommands(schedule, shell);
  addLookCommands(schedule, shell);
  addScheduleNext(schedule, shell);
  addScheduleActions(schedule, shell);
}

function addFileCommands(schedule: Command, shell: CommandShell): void {
  const { context } = shell;
  schedule
    .command('plan')
    .description('show what apply would add, change and leave; changes nothing')
    .argument('<file>', 'schedules, YAML or JSON; - reads stdin')
    .option('--prune', 'as apply --prune: what is not in the file is deleted')
    .option('--detailed-exitcode', '0: nothing to do, 2: something would change, 1: any error')
    .option(...JSON_FLAG)
    .action(async (file: string, options: FileOptions) => {
      const work = (schedules: ScheduleFacade, read: CheckedSchedules) =>
        schedules.planSchedules(read);
      const report = await withFile(context, { path: file, options, isDone: false, work });
      shell.finish(options.detailedExitcode === true ? toDetailed(report) : report, options);
    });
  schedule
    .command('apply')
    .description("make the server's schedules those of a file; again, it changes nothing")
    .argument('<file>', 'schedules, YAML or JSON; - reads stdin')
    .option('--prune', 'delete schedules of the tenant that are not in the file')
    .option('--by <person>', 'who applies it; stands in every batch as who submitted it')
    .option(...JSON_FLAG)
    .action(async (file: string, options: FileOptions, command: Command) => {
      const problem = findApiFlagProblem(context, command, ORDER_FLAGS);
      if (problem !== undefined) return shell.finish(createFailureReport(problem), options);
      const { by, prune } = options;
      const work = (schedules: ScheduleFacade, { file: written, document }: CheckedSchedules) =>
        schedules.applySchedules({
          ...{ file: written, document },
          isPruned: prune === true,
          ...(by === undefined ? {} : { submittedBy: by }),
        });
      shell.finish(await withFile(context, { path: file, options, isDone: true, work }), options);
    });
}

interface FileWork {
  readonly path: string;
  readonly options: FileOptions;
  /** Whether the steps are taken, and not only shown. */
  readonly isDone: boolean;
  readonly work: (
    schedules: ScheduleFacade,
    read: CheckedSchedules,
  ) => ReturnType<ScheduleFacade['planSchedules']>;
}

async function withFile(
  context: CommandContext,
  { path, options, isDone, work }: FileWork,
): Promise<CommandReport> {
  const read = await readSchedulesFile(path);
  if (!read.ok) return createFailureReport(toReadFailure(path === '-' ? 'The text' : path, read));
  return withFacade(context, async ({ schedules, ownTenant, local }) => {
    const settled = await settleSchedules({ ownTenant }, read);
    if (!settled.ok) return createFailureReport(settled.failure);
    if (isDone) sayTenant(context, read, settled.value);
    // A server warns by its own settings.
    const config = local === null ? null : loadPlanConfig(context);
    if (config?.ok === false) return createFailureReport(config.failure);
    const plan = await work(schedules, settled.value);
    if (!plan.ok) return createFailureReport(plan);
    const isPruned = options.prune === true;
    const warnings =
      config === null
        ? plan.value.warnings
        : listScheduleWarnings(plan.value, config.value.warnings);
    const isChanging = hasChange(plan.value, isPruned);
    const view = { isPruned, isDone, warnings: warnings ?? [], colors: context.io.outColors };
    return createReport(
      { ...toPlanStepsData(plan.value, isPruned), isChanging, warnings: warnings ?? [] },
      toSchedulePlanLines(plan.value, view),
      { next: toNextStep(plan.value, { path, isChanging, isDone }) },
    );
  });
}

/** Before anything is made that buys: nobody has named the tenant, and it is that of the key. */
function sayTenant(
  { io }: CommandContext,
  { file }: CheckedSchedules,
  settled: CheckedSchedules,
): void {
  const { tenant } = settled.file;
  if (tenant === file.tenant) return;
  io.writeError(`Applying for ${tenant}: the file names no tenant, and the key is of ${tenant}.\n`);
}

function hasChange({ steps }: PlannedSchedules, isPruned: boolean): boolean {
  return steps.some(
    ({ kind }) => kind === 'add' || kind === 'change' || (kind === 'gone' && isPruned),
  );
}

function toNextStep(
  { steps }: PlannedSchedules,
  done: { readonly path: string; readonly isChanging: boolean; readonly isDone: boolean },
): string {
  if (!done.isChanging) return 'Nothing to do: the server has what the file says.';
  const wanted = steps.filter((step) => step.kind === 'add' || step.kind === 'change');
  const isInVain = wanted.length > 0 && wanted.every(({ nextAtMs }) => nextAtMs.length === 0);
  if (done.isDone && isInVain) return 'None of them ever orders, as the warnings say.';
  if (done.isDone) return '"tairfleet schedule list" shows when each of them orders next.';
  return `Nothing was changed. "tairfleet schedule apply ${done.path}" does it.`;
}

/** The exit codes of `terraform plan -detailed-exitcode`. */
function toDetailed(report: CommandReport): CommandReport {
  if (report.isFailure) return { ...report, exitCode: EXIT.failure };
  const { isChanging } = report.data as { readonly isChanging: boolean };
  return { ...report, exitCode: isChanging ? EXIT.planChanges : EXIT.done };
}

function addLookCommands(schedule: Command, { context, finish }: CommandShell): void {
  const command = schedule
    .command('list')
    .description('schedules, with their next time and their latest batch')
    .option('--tenant <name>', 'only those of a tenant');
  addRowFlags(command, SCHEDULE_ROWS)
    .option(...JSON_FLAG)
    .action(async (options: LookOptions) => finish(await list(context, options), options));
}

function list(context: CommandContext, options: LookOptions): Promise<CommandReport> {
  return withFacade(context, async ({ schedules: facade }) => {
    const listed = await facade.listSchedules(options.tenant);
    if (!listed.ok) return createFailureReport(listed);
    const schedules = listed.value.filter((row) =>
      isRowWanted(row, SCHEDULE_ROWS.columns, options.filter),
    );
    const view = { colors: context.io.outColors, isMarked: isPaused };
    return createReport({ schedules }, toRowLines(schedules, SCHEDULE_ROWS, { ...view, options }));
  });
}

function isPaused(row: ListedSchedule): boolean {
  return row.isPaused;
}
