import type { Command } from 'commander';
import { hashRequest } from '../../domain/request-hash';
import { sealPlan } from '../../input/saved-plan';
import type { Submission } from '../../service/apply-batch';
import type { CliContext } from '../cli-context';
import { createFailureReport, createReport } from '../command-report';
import type { CommandReport } from '../command-report';
import { JSON_FLAG } from '../command-shell';
import type { CommandShell, OutputOptions } from '../command-shell';
import { createSubmissionFailureReport } from '../conflict-report';
import { EXIT } from '../exit-code';
import { createBatchPreview, isOrdering } from '../plan/batch-preview';
import type { BatchPreview } from '../plan/batch-preview';
import { findKnownBatch } from '../plan/known-batch';
import type { AskServer } from '../plan/known-batch';
import { loadPlanConfig } from '../plan/plan-config';
import { readSubmission } from '../read-submission';
import { toPlanLines, toPlanNextStep } from '../views/human/plan-lines';
import { writeOutFile } from '../write-file';

interface PlanOptions extends OutputOptions {
  readonly all?: boolean;
  readonly offline?: boolean;
  readonly out?: string;
  readonly detailedExitcode?: boolean;
}

const CHUNKS_SHOWN_MAX = 10;

/** Adds `plan`: what `apply` would order. */
export function addPlanCommand(program: Command, shell: CommandShell): void {
  program
    .command('plan')
    .description('show what apply would order, call by call, without ordering it')
    .argument('<file>', 'YAML or JSON; - reads stdin')
    .option('--all', 'list every call, not only the first ones')
    .option('--out <file>', 'save the plan; "tairfleet apply <file>" then orders exactly this')
    .option('--offline', 'ask no server whether the batch exists')
    .option('--detailed-exitcode', '0: nothing to do, 2: would order, 1: any error')
    .option(...JSON_FLAG)
    .action(async (file: string, options: PlanOptions) => {
      const report = await plan(shell.context, file, options);
      shell.finish(options.detailedExitcode === true ? toDetailed(report) : report, options);
    });
}

async function plan(
  context: CliContext,
  file: string,
  options: PlanOptions,
): Promise<CommandReport> {
  const read = await readSubmission(file);
  if (!read.ok) return createFailureReport(read.failure);
  const config = loadPlanConfig(context);
  if (!config.ok) return createFailureReport(config.failure);
  const known = await findKnownBatch(context, read, toAsk(options));
  if (known.kind === 'conflict') return createSubmissionFailureReport(known.failure);
  const chunksMax = options.all === true ? Infinity : CHUNKS_SHOWN_MAX;
  const preview = createBatchPreview(read, known, { config: config.value, chunksMax });
  if (!preview.ok) return createFailureReport(preview.failure);
  if (options.out !== undefined) {
    const failure = await savePlan(options.out, preview.value, read);
    if (failure !== undefined) return createFailureReport(failure);
  }
  const lines = toPlanLines(preview.value, context.io.outColors);
  const { out = null } = options;
  return createReport(toPlanData(preview.value, out), lines, {
    exitCode: EXIT.done,
    next: toPlanNextStep(preview.value, out ?? file),
  });
}

function toAsk({ offline, detailedExitcode }: PlanOptions): AskServer {
  if (offline === true) return 'never';
  return detailedExitcode === true ? 'always' : 'when-named';
}

function savePlan(out: string, preview: BatchPreview, { document }: Submission) {
  const { request, frozen, plan: counted } = preview;
  const { tenant, batchId } = request;
  const { slots, chunks } = counted;
  const saved = sealPlan({ tenant, batchId, slots, chunks, frozen, request: document });
  return writeOutFile(out, [`${JSON.stringify(saved, null, 2)}\n`]);
}

function toPlanData(preview: BatchPreview, savedTo: string | null): object {
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
    savedTo,
  };
}

/** The exit codes of `terraform plan -detailed-exitcode`. */
function toDetailed(report: CommandReport): CommandReport {
  if (report.isFailure) return { ...report, exitCode: EXIT.failure };
  const { isOrdering: isChange } = report.data as { readonly isOrdering: boolean };
  return { ...report, exitCode: isChange ? EXIT.planChanges : EXIT.done };
}
