import type { Command } from 'commander';
import { fromWorkflowId } from '../../contract/workflow-id';
import type { BatchKey } from '../../outbound/result-store';
import type { Applied } from '../../service/apply-batch';
import { createFailureReport, createReport } from '../command-report';
import type { CliFailure, CommandReport } from '../command-report';
import { JSON_FLAG, findApiProblem, withFacade } from '../command-shell';
import type { CommandContext, CommandShell, OpenedFacade, OutputOptions } from '../command-shell';
import { createSubmissionFailureReport } from '../conflict-report';
import { followBatch, toFinishedReport, toFollowReport } from '../follow-batch';
import { addInputFlags, FILES_ARGUMENT } from '../input-flags';
import type { InputOptions } from '../input-flags';
import { settleSubmission } from '../own-tenant';
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
  context: CommandContext,
  files: readonly string[],
  options: ApplyOptions,
): Promise<CommandReport> {
  const read = await readSubmission(files, options);
  if (!read.ok) return createFailureReport(read.failure);
  const failure = findPlanProblem(context, read);
  if (failure !== undefined) return createFailureReport(failure);
  return withFacade(context, async (opened) => {
    const settled = await settleSubmission(opened, read);
    if (!settled.ok) return createFailureReport(settled.failure);
    sayTenant(context, read, settled.value);
    return apply(context, opened, { submission: settled.value, options });
  });
}

/** Before anything is bought: nobody has named the tenant, and it is not the one of every other place. */
function sayTenant(
  { io }: CommandContext,
  { request }: PricedSubmission,
  { request: { tenant, batchId } }: PricedSubmission,
): void {
  if (tenant === request.tenant) return;
  io.writeError(
    `Ordering ${tenant}/${batchId}: the request names no tenant, and the key is of ${tenant}.\n`,
  );
}

/** The server plans by its own settings, and takes no plan from elsewhere. */
function findPlanProblem(
  context: CommandContext,
  submission: PricedSubmission,
): CliFailure | undefined {
  if (submission.frozen === undefined) return undefined;
  return findApiProblem(context, 'A saved plan is applied') ?? checkSavedPlan(context, submission);
}

async function apply(
  context: CommandContext,
  { batches, local }: OpenedFacade,
  {
    submission,
    options,
  }: { readonly submission: PricedSubmission; readonly options: ApplyOptions },
): Promise<CommandReport> {
  const isPriced = local !== null && options.acceptPrice !== true;
  const failure = isPriced ? await checkPrices(local.service, submission) : undefined;
  if (failure !== undefined) return createFailureReport(failure);
  const applied = await batches.apply(submission);
  if (!applied.ok) return createSubmissionFailureReport(applied);
  const key = toAppliedKey(applied.value, submission);
  const { tenant, batchId } = key;
  if (applied.value.kind === 'attached-to-result') {
    context.io.writeError(`The batch ${tenant}/${batchId} has ended before; this is its result.\n`);
    return toFinishedReport(context, applied.value.stored);
  }
  if (options.detach === true) return toDetachedReport(applied.value, `${tenant}/${batchId}`);
  if (applied.value.kind === 'attached') {
    const what = applied.value.run.status === 'running' ? 'following it' : 'this is how it ended';
    context.io.writeError(`The batch ${tenant}/${batchId} was submitted before; ${what}.\n`);
  }
  const end = await followBatch(context, { batches, key, signal: context.catchInterrupt() });
  return toFollowReport(context, key, end);
}

/** Over the HTTP API the key may say whose the batch is. */
function toAppliedKey(applied: Applied, { request }: PricedSubmission): BatchKey {
  if (applied.kind === 'attached-to-result') return applied.stored.document;
  const { workflowId } = applied.kind === 'started' ? applied : applied.run;
  return fromWorkflowId(workflowId) ?? request;
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
