import { InvalidArgumentError, type Command } from 'commander';
import type { SweepReport } from '../../contract/sweep-types';
import { parseDuration } from '../../domain/duration';
import type { BatchKey } from '../../outbound/result-store';
import type { SweepFilter, SweptBatch } from '../../service/sweep-batches';
import { parseBatchArgument } from '../batch-argument';
import { createFailureReport, createReport } from '../command-report';
import type { CliFailure, CommandReport } from '../command-report';
import { JSON_FLAG, withService } from '../command-shell';
import type { CommandShell, OutputOptions } from '../command-shell';
import { EXIT, toFailureExitCode } from '../exit-code';
import { createLimitParser } from '../limit-flag';
import { addNoteFlags, toActionNote } from '../note-flags';
import type { NoteOptions } from '../note-flags';
import { toSweepLines, toSweepNextStep, toSweptTable } from '../views/human/sweep-lines';

interface SweepOptions extends OutputOptions, NoteOptions {
  readonly tenant?: string;
  readonly all?: boolean;
  /** How long ago the oldest batch may have begun, ms. */
  readonly since?: number;
  readonly limit: number;
}

const LIMIT_DEFAULT = 100;
const LIMIT_MAX = 1_000;

/** Adds `sweep`: a look for orphans, of one ended batch or of all. */
export function addSweepCommand(program: Command, shell: CommandShell): void {
  const command = program
    .command('sweep')
    .description('look for orphans of an ended batch now; exits with 2 if there are any')
    .argument('[batch]', 'tenant/batchId')
    .option('--all', 'every ended batch, newest first; ids are compared only where counts differ')
    .option(
      '--tenant <name>',
      'tenant of a batch given by its id alone; with --all: only its batches',
    )
    .option(
      '--since <duration>',
      'with --all: only batches that began so long ago, as 7d',
      toSinceMs,
    )
    .option(
      '--limit <n>',
      `with --all: most batches, 1 to ${LIMIT_MAX}`,
      createLimitParser(LIMIT_MAX),
      LIMIT_DEFAULT,
    )
    .option(...JSON_FLAG);
  addNoteFlags(command).action(async (batch: string | undefined, options: SweepOptions) => {
    shell.finish(await sweep(shell, batch, options), options);
  });
}

function sweep(
  shell: CommandShell,
  batch: string | undefined,
  options: SweepOptions,
): Promise<CommandReport> | CommandReport {
  const problem = findUsageProblem(batch, options);
  if (problem !== undefined) return createFailureReport(problem);
  if (batch === undefined) return sweepAll(shell, options);
  const named = parseBatchArgument(batch, options.tenant);
  return named.ok ? sweepOne(shell, named.key, options) : createFailureReport(named.failure);
}

function findUsageProblem(
  batch: string | undefined,
  { all, since }: SweepOptions,
): CliFailure | undefined {
  if ((batch === undefined) !== (all === true)) {
    return { code: 'usage', message: 'Name one batch, or give --all instead.' };
  }
  if (batch !== undefined && since !== undefined) {
    return { code: 'usage', message: '--since goes with --all only.' };
  }
  return undefined;
}

function sweepOne(
  { context }: CommandShell,
  key: BatchKey,
  options: SweepOptions,
): Promise<CommandReport> {
  return withService(context, async (service) => {
    const order = { isCountEnough: false, note: toActionNote(options) };
    const report = await service.sweep(key, order);
    if (!report.ok) return createFailureReport(report);
    return createReport(report.value, toSweepLines(report.value), {
      exitCode: toExitCode(report.value),
      next: toSweepNextStep(report.value),
    });
  });
}

function sweepAll({ context }: CommandShell, options: SweepOptions): Promise<CommandReport> {
  return withService(context, async (service) => {
    const order = { isCountEnough: true, note: toActionNote(options) };
    const swept = await service.sweepAll(toFilter(options), order);
    if (!swept.ok) return createFailureReport(swept);
    const { batches, isCut } = swept.value;
    const data = { batches: batches.map(toRow), isCut };
    return createReport(data, toSweptTable(batches), {
      exitCode: toCommonExitCode(batches),
      ...(isCut ? { next: `There are more: --limit ${options.limit * 2} looks at them too.` } : {}),
    });
  });
}

function toFilter({ tenant, since, limit }: SweepOptions): SweepFilter {
  return {
    limit,
    ...(tenant === undefined ? {} : { tenant }),
    ...(since === undefined ? {} : { startedAfterMs: Date.now() - since }),
  };
}

function toRow({ key, report }: SweptBatch): object {
  if (report.ok) return report.value;
  const { code, message } = report;
  return { ...key, error: { code, message } };
}

/** What nobody could look at is worse than an orphan. */
function toCommonExitCode(batches: readonly SweptBatch[]): number {
  const failed = batches.find(({ report }) => !report.ok)?.report;
  if (failed?.ok === false) return toFailureExitCode(failed.code);
  const codes = batches.map(({ report }) => (report.ok ? toExitCode(report.value) : EXIT.failure));
  if (codes.includes(EXIT.differences)) return EXIT.differences;
  return codes.find((code) => code !== EXIT.done) ?? EXIT.done;
}

function toExitCode({ outcome, orphans, knownOrphans }: SweepReport): number {
  if (outcome === 'notNow') return EXIT.refused;
  return orphans.length + knownOrphans > 0 ? EXIT.differences : EXIT.done;
}

function toSinceMs(text: string): number {
  const durationMs = parseDuration(text);
  if (durationMs !== null && durationMs > 0) return durationMs;
  throw new InvalidArgumentError('It must be a duration, such as 12h or 7d.');
}
