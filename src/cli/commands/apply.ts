import type { Command } from 'commander';
import type { Applied } from '../../service/apply-batch';
import type { BatchService } from '../../service/batch-service';
import type { CliContext } from '../cli-context';
import { createFailureReport, createReport } from '../command-report';
import type { CommandReport } from '../command-report';
import { JSON_FLAG, withService } from '../command-shell';
import type { CommandShell, OutputOptions } from '../command-shell';
import { createSubmissionFailureReport } from '../conflict-report';
import { followBatch, toFinishedReport, toFollowReport } from '../follow-batch';
import { addInputFlags, FILES_ARGUMENT } from '../input-flags';
import type { InputOptions } from '../input-flags';
import { checkPrices } from '../plan/check-prices';
import { checkSavedPlan } from '../plan/check-saved-plan';
import { readSubmission } from '../read-submission';
import type { PricedSubmission } from '../read-submission';

interface ApplyOptions extends OutputOptions, InputOptions {
  readonly detach?: boolean;
  readonly acceptPrice?: boolean;
}

/** Adds `apply`: submits a request and follows it to its end. */
export function addApplyCommand(program: Command, shell: CommandShell): void {
  const command = program
    .command('apply')
    .description(
      'submit a request, or a saved plan, and follow it; the same request again finds the same batch',
    )
    .argument(...FILES_ARGUMENT);
  addInputFlags(command)
    .option('-d, --detach', 'return as soon as the batch is started')
    .option('--accept-price', 'order a saved plan also when its prices have changed')
    .option(...JSON_FLAG)
    .action(async (files: string[], options: ApplyOptions) => {
      shell.finish(await readAndApply(shell.context, files, options), options);
    });
}

async function readAndApply(
  context: CliContext,
  files: readonly string[],
  options: ApplyOptions,
): Promise<CommandReport> {
  const read = await readSubmission(files, options);
  if (!read.ok) return createFailureReport(read.failure);
  const failure = checkSavedPlan(context, read);
  if (failure !== undefined) return createFailureReport(failure);
  return withService(context, (service) => apply(context, service, { submission: read, options }));
}

async function apply(
  context: CliContext,
  service: BatchService,
  {
    submission,
    options,
  }: { readonly submission: PricedSubmission; readonly options: ApplyOptions },
): Promise<CommandReport> {
  const { tenant, batchId } = submission.request;
  const key = { tenant, batchId };
  const failure = options.acceptPrice ? undefined : await checkPrices(service, submission);
  if (failure !== undefined) return createFailureReport(failure);
  const applied = await service.apply(submission);
  if (!applied.ok) return createSubmissionFailureReport(applied);
  if (applied.value.kind === 'attached-to-result') {
    context.io.writeError(`The batch ${tenant}/${batchId} has ended before; this is its result.\n`);
    return toFinishedReport(context, applied.value.stored);
  }
  if (options.detach === true) return toDetachedReport(applied.value, `${tenant}/${batchId}`);
  if (applied.value.kind === 'attached') {
    const what = applied.value.run.status === 'running' ? 'following it' : 'this is how it ended';
    context.io.writeError(`The batch ${tenant}/${batchId} was submitted before; ${what}.\n`);
  }
  const end = await followBatch(context, { service, key, signal: context.catchInterrupt() });
  return toFollowReport(context, key, end);
}

function toDetachedReport(
  applied: Exclude<Applied, { kind: 'attached-to-result' }>,
  name: string,
): CommandReport {
  const isStarted = applied.kind === 'started';
  const { workflowId, runId } = isStarted ? applied : applied.run;
  const [tenant, batchId] = name.split('/');
  return createReport(
    { kind: applied.kind, tenant, batchId, workflowId, runId },
    [isStarted ? `started ${name}` : `${name} was submitted before (${applied.run.status})`],
    { next: `"tairfleet watch ${name}" follows it.` },
  );
}
