import type { Command } from 'commander';
import { hashRequest } from '../../domain/request-hash';
import { sealPlan } from '../../input/saved-plan';
import type { Submission } from '../../service/submission';
import type { CliContext } from '../cli-context';
import { createFailureReport, createReport } from '../command-report';
import type { CliFailure, CommandReport } from '../command-report';
import { JSON_FLAG } from '../command-shell';
import type { CommandContext, CommandShell, OutputOptions } from '../command-shell';
import { EXIT } from '../exit-code';
import { addInputFlags, FILES_ARGUMENT, formatInputArguments } from '../input-flags';
import type { InputOptions } from '../input-flags';
import { isOrdering } from '../../service/batch-preview';
import type { BatchPreview } from '../../service/batch-preview';
import type { AskServer } from '../plan/known-batch';
import { previewBatch } from '../plan/preview-batch';
import { settleSubmission } from '../own-tenant';
import type { Settled } from '../own-tenant';
import { askPreflight } from '../plan/plan-preflight';
import type { PlanPreflight } from '../plan/plan-preflight';
import { readSubmission } from '../read-submission';
import { toPlanLines, toPlanNextStep } from '../views/human/plan-lines';
import { toPreflightLines } from '../views/human/preflight-lines';
import { writeOutFile } from '../write-file';

interface PlanOptions extends OutputOptions, InputOptions {
  readonly all?: boolean;
  readonly offline?: boolean;
  readonly preflight?: boolean;
  readonly out?: string;
  readonly detailedExitcode?: boolean;
}

const CHUNKS_SHOWN_MAX = 10;

/** Adds `plan`: what `apply` would order. */
export function addPlanCommand(program: Command, shell: CommandShell): void {
  const command = program
    .command('plan')
    .description('show what apply would order, call by call, without ordering it')
    .argument(...FILES_ARGUMENT);
  addInputFlags(command)
    .option('--all', 'list every call, not only the first ones')
    .option('--out <file>', 'save the plan; "tairfleet apply <file>" then orders exactly this')
    .option(
      '--preflight',
      'ask the cloud, by a worker, what is open, on sale, free, and what it costs',
    )
    .option('--offline', 'ask no server whether the batch exists')
    .option('--detailed-exitcode', '0: nothing to do, 2: would order, 1: any error')
    .option(...JSON_FLAG)
    .action(async (files: string[], options: PlanOptions) => {
      const report = await plan(shell.context, files, options);
      shell.finish(options.detailedExitcode === true ? toDetailed(report) : report, options);
    });
}

async function plan(
  context: CommandContext,
  files: readonly string[],
  options: PlanOptions,
): Promise<CommandReport> {
  const problem = findProblem(options);
  if (problem !== undefined) return createFailureReport(problem);
  const read = await readSettled(context, files, options);
  if (!read.ok) return createFailureReport(read.failure);
  const submission = read.value;
  const chunksMax = options.all === true ? Infinity : CHUNKS_SHOWN_MAX;
  const previewed = await previewBatch(context, submission, { ask: toAsk(options), chunksMax });
  if (!previewed.ok) return previewed.report;
  const { preview } = previewed;
  const asked =
    options.preflight === true ? await askPreflight(context, submission, preview) : null;
  if (asked?.ok === false) return createFailureReport(asked.failure);
  const planned = { preview, preflight: asked?.value ?? null };
  if (options.out !== undefined) {
    const failure = await savePlan(options.out, planned, submission);
    if (failure !== undefined) return createFailureReport(failure);
  }
  return createPlanReport(context, planned, {
    out: options.out ?? null,
    input: formatInputArguments(files, options),
  });
}

/** Over the HTTP API the key may say whose the batch is, and the plan that is saved says it too. */
async function readSettled(
  context: CommandContext,
  files: readonly string[],
  options: PlanOptions,
): Promise<Settled<Submission>> {
  const read = await readSubmission(files, options);
  if (!read.ok) return read;
  const api = context.findApi();
  if (!api.ok) return api;
  if (api.place === null) return { ok: true, value: read };
  if (options.offline === true) {
    sayTenant(context, read);
    return { ok: true, value: read };
  }
  return settleSubmission(await context.openApi(api.place), read);
}

/** Applied over the HTTP API it may become another one's. */
function sayTenant({ io }: CliContext, { document, request: { tenant } }: Submission): void {
  if (Object.hasOwn(document as object, 'tenant')) return;
  io.writeError(
    `Planned for the tenant ${tenant}: nothing names one, and --offline asks no server whose the key is.\n`,
  );
}

function findProblem({ preflight, offline }: PlanOptions): CliFailure | undefined {
  if (preflight !== true || offline !== true) return undefined;
  const message = '--preflight asks a worker, which --offline forbids: leave one of them out.';
  return { code: 'usage', message };
}

/** A plan, and what the cloud says about it when it was asked. */
interface Planned {
  readonly preview: BatchPreview;
  readonly preflight: PlanPreflight | null;
}

function createPlanReport(
  { io }: CliContext,
  planned: Planned,
  { out, input }: { readonly out: string | null; readonly input: string },
): CommandReport {
  const { preview, preflight } = planned;
  const lines = toPlanLines(preview, io.outColors);
  const asked = preflight === null ? [] : ['', ...toPreflightLines(preflight.report, io.outColors)];
  const isImpossible = preflight?.report.verdict === 'impossible';
  return createReport(toPlanData(planned, out), [...lines, ...asked], {
    exitCode: isImpossible ? EXIT.refused : EXIT.done,
    next: toPlanNextStep(preview, out ?? input),
  });
}

function toAsk({ offline, detailedExitcode, preflight }: PlanOptions): AskServer {
  if (offline === true) return 'never';
  return detailedExitcode === true || preflight === true ? 'always' : 'when-named';
}

function savePlan(out: string, { preview, preflight }: Planned, { document }: Submission) {
  const { request, frozen, plan: counted } = preview;
  const { tenant, batchId } = request;
  const { slots, chunks } = counted;
  const asked = preflight === null ? {} : { preflight: preflight.saved };
  const saved = sealPlan({ tenant, batchId, slots, chunks, frozen, ...asked, request: document });
  return writeOutFile(out, [`${JSON.stringify(saved, null, 2)}\n`]);
}

function toPlanData({ preview, preflight }: Planned, savedTo: string | null): object {
  const { request, frozen, plan: counted, chunks, warnings, known } = preview;
  return {
    tenant: request.tenant,
    batchId: request.batchId,
    isOrdering: isOrdering(preview),
    known: known.kind,
    ...counted,
    chunkList: chunks,
    chunksUnlisted: counted.chunks - chunks.length,
    warnings,
    frozen,
    requestHash: hashRequest(request),
    preflight: preflight?.report ?? null,
    savedTo,
  };
}

/** The exit codes of `terraform plan -detailed-exitcode`. */
function toDetailed(report: CommandReport): CommandReport {
  if (report.isFailure || report.exitCode === EXIT.refused)
    return { ...report, exitCode: EXIT.failure };
  const { isOrdering: isChange } = report.data as { readonly isOrdering: boolean };
  return { ...report, exitCode: isChange ? EXIT.planChanges : EXIT.done };
}
