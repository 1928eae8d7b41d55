import type { Command } from 'commander';
import type { BatchRequest } from '../../domain/batch-request';
import type { FrozenPlan } from '../../domain/frozen-plan';
import { hashRequest } from '../../domain/request-hash';
import type { ResultDocument } from '../../domain/result';
import { toTerraformPieces } from '../../output/terraform-pieces';
import type { BatchKey } from '../../outbound/result-store';
import { parseBatchArgument } from '../batch-argument';
import type { CliContext } from '../cli-context';
import { createFailureReport, createReport } from '../command-report';
import type { CliFailure, CommandReport } from '../command-report';
import { JSON_FLAG, TENANT_FLAG, findApiProblem } from '../command-shell';
import type { CommandContext, CommandShell, OpenedFacade, OutputOptions } from '../command-shell';
import { settleSubmission, withNamed } from '../own-tenant';
import { readSubmission } from '../read-submission';
import type { PricedSubmission } from '../read-submission';
import { formatCountOf } from '../views/human/numbers';
import { writeOutFile } from '../write-file';

interface ExportOptions extends OutputOptions {
  readonly terraform?: boolean;
  readonly tenant?: string;
  readonly out?: string;
  readonly file?: string;
}

type KnownRequest =
  { readonly ok: true; readonly value: BatchRequest } | ({ readonly ok: false } & CliFailure);

/** Adds `export`: hands the instances of a batch to another tool. */
export function addExportCommand(program: Command, shell: CommandShell): void {
  program
    .command('export')
    .description('hand the ready instances of an ended batch to another tool')
    .argument('<batch>', 'tenant/batchId')
    .option('--terraform', 'import blocks and resources for Terraform 1.5 or later')
    .option('--out <file>', 'write them to a file, such as fleet.tf, instead of stdout')
    .option(
      '--file <file>',
      'the request, for a batch that Temporal has forgotten, or with --server',
    )
    .option(...TENANT_FLAG)
    .option(...JSON_FLAG)
    .action(async (batch: string, options: ExportOptions) => {
      shell.finish(await exportBatch(shell.context, batch, options), options);
    });
}

async function exportBatch(
  context: CommandContext,
  batch: string,
  options: ExportOptions,
): Promise<CommandReport> {
  const named = parseBatchArgument(batch, options.tenant);
  if (!named.ok) return createFailureReport(named.failure);
  const misuse = findMisuse(options);
  if (misuse !== undefined) return createFailureReport({ code: 'usage', message: misuse });
  const read = options.file === undefined ? undefined : await readSubmission([options.file]);
  if (read?.ok === false) return createFailureReport(read.failure);
  // The HTTP API gives a result away, and not the request.
  const unknown =
    read === undefined ? findApiProblem(context, 'export without --file works') : undefined;
  if (unknown !== undefined) return createFailureReport(unknown);
  return withNamed(context, named, async (opened, key) => {
    const { batches } = opened;
    const finished = await batches.result(key);
    if (!finished.ok) return createFailureReport(finished);
    const { document } = finished.value;
    const request = await findRequest(opened, document, read);
    if (!request.ok) return createFailureReport(request);
    const instances = await batches.instances(finished.value);
    if (!instances.ok) return createFailureReport(instances);
    const { installationId } = document.frozen as FrozenPlan;
    const exported = { request: request.value, document, installationId };
    return write(context, toTerraformPieces(exported, instances.value), { document, options });
  });
}

function findMisuse({ terraform, json, out }: ExportOptions): string | undefined {
  if (terraform !== true) return 'Say for which tool: --terraform.';
  if (json !== true || out !== undefined) return undefined;
  return '--json prints one JSON object, and this is none: leave it out, or add --out.';
}

/** Another request than the batch's would describe what is not there. */
async function findRequest(
  opened: OpenedFacade,
  document: ResultDocument,
  given: PricedSubmission | undefined,
): Promise<KnownRequest> {
  const { tenant, batchId } = document;
  const found = await readRequest(opened, { tenant, batchId }, given);
  if (!found.ok) return found;
  const { requestHash } = document.frozen as FrozenPlan;
  if (hashRequest(found.value) === requestHash) return found;
  const message = `The request is not the one that ${tenant}/${batchId} was submitted with, so nothing was written.`;
  return { ok: false, code: 'conflict', message };
}

async function readRequest(
  { ownTenant, local }: OpenedFacade,
  key: BatchKey,
  given: PricedSubmission | undefined,
): Promise<KnownRequest> {
  if (given !== undefined) {
    const settled = await settleSubmission({ ownTenant }, given);
    return settled.ok
      ? { ok: true, value: settled.value.request }
      : { ok: false, ...settled.failure };
  }
  // Over the HTTP API it was refused without a file.
  return local!.service.request(key);
}

async function write(
  { io }: CliContext,
  pieces: AsyncIterable<string>,
  { document, options }: { readonly document: ResultDocument; readonly options: ExportOptions },
): Promise<CommandReport> {
  const { out } = options;
  if (out === undefined) {
    await io.writePieces(pieces);
    return { ...createReport({}, []), isSilent: true };
  }
  const failure = await writeOutFile(out, pieces);
  if (failure !== undefined) return createFailureReport(failure);
  const { tenant, batchId, counts } = document;
  const what = formatCountOf(counts.ready, 'instance');
  return createReport(
    { tenant, batchId, instances: counts.ready, out },
    [`wrote ${what} to ${out}`],
    {
      next: '"terraform plan" must say 0 to add, 0 to change, 0 to destroy before you apply it.',
    },
  );
}
