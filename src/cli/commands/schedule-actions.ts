import { InvalidArgumentError, type Command } from 'commander';
import { MOMENT_RULE } from '../../domain/schedule/check-moment';
import type { ScheduleKey } from '../../domain/schedule/schedule';
import type { ScheduleFacade } from '../../service/schedules/schedule-facade';
import type { Backfilled } from '../../service/schedules/backfill-schedule';
import { ORDER_FLAGS, findApiFlagProblem } from '../api-flags';
import { createFailureReport, createReport } from '../command-report';
import type { CommandReport } from '../command-report';
import { JSON_FLAG } from '../command-shell';
import type { CommandShell, OpenedFacade, OutputOptions } from '../command-shell';
import { findConfirmationProblem } from '../confirmation';
import { addNoteFlags, toActionNote } from '../note-flags';
import type { NoteOptions } from '../note-flags';
import { withNamed } from '../own-tenant';
import { SCHEDULE_TENANT_FLAG, parseScheduleArgument } from '../schedule-argument';
import { toWhen } from '../views/human/next-times-lines';
import { toBackfillLines } from '../views/human/schedule-lines';

interface ActionOptions extends OutputOptions, NoteOptions {
  readonly tenant?: string;
  readonly yes?: string;
  readonly from?: number;
  readonly to?: number;
  readonly parallel?: boolean;
  readonly dryRun?: boolean;
}

interface ScheduleAction {
  readonly name: string;
  readonly description: string;
  readonly extend?: (command: Command) => Command;
  readonly act: (
    schedules: ScheduleFacade,
    key: ScheduleKey,
    options: ActionOptions,
  ) => Promise<CommandReport>;
}

const withNote = (command: Command): Command => addNoteFlags(command, 'the note of the schedule');

const ACTIONS: readonly ScheduleAction[] = [
  {
    name: 'trigger',
    description: 'order now, beside whatever runs; a batch of its own, unless its second has one',
    act: trigger,
  },
  {
    name: 'pause',
    description: 'order no more until resume; open batches go on',
    extend: withNote,
    act: (schedules, key, options) => setPaused(schedules, key, { options, isPaused: true }),
  },
  {
    name: 'resume',
    description: 'order again at the next time',
    extend: withNote,
    act: (schedules, key, options) => setPaused(schedules, key, { options, isPaused: false }),
  },
  {
    name: 'backfill',
    description: 'order for past times that have no batch; a time that has one buys nothing',
    extend: (command) =>
      command
        .requiredOption('--from <moment>', 'first time, such as 2026-11-24T00:00:00Z', toMoment)
        .requiredOption('--to <moment>', 'last time', toMoment)
        .option('--parallel', 'all batches at once, and not one after another')
        .option('--dry-run', 'only show the times'),
    act: backfill,
  },
  {
    name: 'delete',
    description: 'delete a schedule; what it has started goes on',
    extend: (command) =>
      command.option('--yes <tenant/name>', 'delete it; the name is typed again, so it is meant'),
    act: remove,
  },
];

/** Adds what can be done with one schedule. */
export function addScheduleActions(schedule: Command, { context, finish }: CommandShell): void {
  for (const { name, description, extend, act } of ACTIONS) {
    const command = schedule
      .command(name)
      .description(description)
      .argument('<schedule>', 'tenant/name')
      .option(...SCHEDULE_TENANT_FLAG)
      .option(...JSON_FLAG);
    (extend?.(command) ?? command).action(async (text: string, options: ActionOptions) => {
      const problem = findApiFlagProblem(context, command, ORDER_FLAGS);
      if (problem !== undefined) return finish(createFailureReport(problem), options);
      const named = parseScheduleArgument(text, options.tenant);
      const work = ({ schedules }: OpenedFacade, key: ScheduleKey) => act(schedules, key, options);
      finish(await withNamed(context, named, work), options);
    });
  }
}

async function trigger(schedules: ScheduleFacade, key: ScheduleKey): Promise<CommandReport> {
  const started = await schedules.triggerSchedule(key);
  if (!started.ok) return createFailureReport(started);
  const { batchId } = started.value;
  const batch = `${key.tenant}/${batchId}`;
  return createReport({ ...key, ...started.value }, [`started ${batch}`], {
    next: `"tairfleet watch ${batch}" follows it.`,
  });
}

async function setPaused(
  schedules: ScheduleFacade,
  key: ScheduleKey,
  { options, isPaused }: { readonly options: ActionOptions; readonly isPaused: boolean },
): Promise<CommandReport> {
  const note = toActionNote(options);
  const done = isPaused
    ? await schedules.pauseSchedule(key, note)
    : await schedules.resumeSchedule(key, note);
  if (!done.ok) return createFailureReport(done);
  const { note: text, nextAtMs } = done.value;
  const name = `${key.tenant}/${key.name}`;
  return createReport({ ...key, isPaused, note: text, nextAtMs }, [`${name} ${text ?? ''}`], {
    next: isPaused
      ? `"tairfleet schedule resume ${name}" goes on; times until then are not made up for.`
      : `"tairfleet schedule next ${name}" shows when it orders.`,
  });
}

async function backfill(
  schedules: ScheduleFacade,
  key: ScheduleKey,
  options: ActionOptions,
): Promise<CommandReport> {
  const { from: fromMs = 0, to: toMs = 0, parallel, dryRun } = options;
  if (toMs < fromMs) {
    return createFailureReport({ code: 'usage', message: '--to is before --from: swap them.' });
  }
  const isDryRun = dryRun === true;
  const order = { fromMs, toMs, isParallel: parallel === true, isDryRun };
  const filled = await schedules.backfillSchedule(key, order);
  if (!filled.ok) return createFailureReport(filled);
  return createReport({ ...key, isDryRun, ...filled.value }, toBackfillLines(filled.value), {
    next: toBackfillNextStep(key, filled.value, isDryRun),
  });
}

function toBackfillNextStep(key: ScheduleKey, { filledMs }: Backfilled, isDryRun: boolean): string {
  if (filledMs.length === 0) return 'Nothing to order: every time of the range has its batch.';
  if (isDryRun) return 'Nothing was ordered; leave out --dry-run to do it.';
  return `"tairfleet list --tenant ${key.tenant}" shows how far its batches are.`;
}

async function remove(
  schedules: ScheduleFacade,
  key: ScheduleKey,
  options: ActionOptions,
): Promise<CommandReport> {
  const name = `${key.tenant}/${key.name}`;
  if (options.yes === undefined) {
    const state = await schedules.schedule(key);
    if (!state.ok) return createFailureReport(state);
    return createReport({ ...key, deleted: false }, [`${name}  ${toWhen(state.value)}`], {
      next: `Nothing was deleted. "tairfleet schedule delete ${name} --yes ${name}" does it.`,
    });
  }
  const problem = findConfirmationProblem(name, options.yes);
  if (problem !== undefined) return createFailureReport(problem);
  const deleted = await schedules.deleteSchedule(key);
  if (!deleted.ok) return createFailureReport(deleted);
  return createReport({ ...key, deleted: true }, [`deleted ${name}`], {
    next: 'Its batches go on, and keep their results.',
  });
}

function toMoment(text: string): number {
  const atMs = MOMENT_RULE.pattern.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(atMs)) return atMs;
  throw new InvalidArgumentError(`It must be ${MOMENT_RULE.description}.`);
}
