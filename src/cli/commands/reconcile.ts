import type { Command } from 'commander';
import type { ReconcileAction, ReconcileReport } from '../../contract/operation-types';
import type { BatchKey } from '../../outbound/result-store';
import type { Submission } from '../../service/submission';
import { parseBatchArgument } from '../batch-argument';
import { createFailureReport, createReport } from '../command-report';
import type { CliFailure, CommandReport } from '../command-report';
import { JSON_FLAG, TENANT_FLAG, withService } from '../command-shell';
import type { CommandShell, OutputOptions } from '../command-shell';
import { findConfirmationProblem } from '../confirmation';
import { EXIT } from '../exit-code';
import { addNoteFlags, toActionNote } from '../note-flags';
import type { NoteOptions } from '../note-flags';
import { readSubmission } from '../read-submission';
import { toReconcileLines, toReconcileNextStep } from '../views/human/reconcile-lines';

interface ReconcileOptions extends OutputOptions, NoteOptions {
  readonly tenant?: string;
  readonly adopt?: boolean;
  readonly deleteOrphans?: boolean;
  readonly writeMissing?: boolean;
  readonly yes?: string;
  readonly file?: string;
}

/** Adds `reconcile`: the cloud against the result of an ended batch. */
export function addReconcileCommand(program: Command, shell: CommandShell): void {
  const command = program
    .command('reconcile')
    .description('compare the cloud with the result of an ended batch; exits with 2 if they differ')
    .argument('<batch>', 'tenant/batchId')
    .option('--adopt', 'take orphans that fit a free slot into the result')
    .option('--delete-orphans', 'delete PostPaid instances with its name that it does not list')
    .option(
      '--write-missing',
      'write down that what it misses is gone, so that it no longer counts',
    )
    .option('--yes <tenant/batchId>', 'confirms --delete-orphans; the id is typed again')
    .option('--file <file>', 'the request, for a batch that Temporal has forgotten')
    .option(...TENANT_FLAG)
    .option(...JSON_FLAG);
  addNoteFlags(command).action(async (batch: string, options: ReconcileOptions) => {
    const named = parseBatchArgument(batch, options.tenant);
    const report = named.ok
      ? await reconcile(shell, named.key, options)
      : createFailureReport(named.failure);
    shell.finish(report, options);
  });
}

async function reconcile(
  { context }: CommandShell,
  key: BatchKey,
  options: ReconcileOptions,
): Promise<CommandReport> {
  const problem = findUsageProblem(key, options);
  if (problem !== undefined) return createFailureReport(problem);
  const read = options.file === undefined ? undefined : await readSubmission([options.file]);
  if (read?.ok === false) return createFailureReport(read.failure);
  const submission: { submission?: Submission } = read === undefined ? {} : { submission: read };
  return withService(context, async (service) => {
    const order = { action: toAction(options), note: toActionNote(options), ...submission };
    const report = await service.reconcile(key, order);
    if (!report.ok) return createFailureReport(report);
    return createReport({ ...key, ...report.value }, toReconcileLines(report.value), {
      exitCode: isEqual(report.value) ? EXIT.done : EXIT.differences,
      next: toReconcileNextStep(key, report.value),
    });
  });
}

function findUsageProblem(
  key: BatchKey,
  { adopt, deleteOrphans, writeMissing, yes }: ReconcileOptions,
): CliFailure | undefined {
  if ([adopt, deleteOrphans, writeMissing].filter((flag) => flag === true).length > 1) {
    const message =
      '--adopt, --delete-orphans and --write-missing go one by one. Adopt first, then look again.';
    return { code: 'usage', message };
  }
  if (deleteOrphans !== true) return undefined;
  return findConfirmationProblem(`${key.tenant}/${key.batchId}`, yes ?? '');
}

function toAction({ adopt, deleteOrphans, writeMissing }: ReconcileOptions): ReconcileAction {
  if (adopt === true) return 'adopt';
  if (writeMissing === true) return 'writeMissing';
  return deleteOrphans === true ? 'deleteOrphans' : 'report';
}

/** After an adoption or a deletion what is left counts. */
function isEqual({ counts, adopted, deleted, gone = [] }: ReconcileReport): boolean {
  const orphans = counts.orphans - adopted.length - deleted.length;
  return counts.missing - gone.length + counts.changed + orphans === 0;
}
