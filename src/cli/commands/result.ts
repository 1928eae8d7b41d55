import { Option } from 'commander';
import type { Command } from 'commander';
import type { BatchFacade } from '../../service/batch-facade';
import type { FinishedBatch } from '../../service/read-result';
import { parseBatchArgument } from '../batch-argument';
import type { CliContext } from '../cli-context';
import { createFailureReport, createReport } from '../command-report';
import type { CommandReport } from '../command-report';
import { JSON_FLAG, TENANT_FLAG } from '../command-shell';
import type { CommandContext, CommandShell, OutputOptions } from '../command-shell';
import { toOutcomeExitCode } from '../exit-code';
import { toFinishedReport } from '../follow-batch';
import { withNamed } from '../own-tenant';
import { RESULT_FORMATS, toResultPieces } from '../../output/result-pieces';
import type { ResultFormat } from '../../output/result-pieces';
import { writeOutFile } from '../write-file';

interface ResultOptions extends OutputOptions {
  readonly tenant?: string;
  readonly format?: ResultFormat;
  readonly out?: string;
}

/** Adds `result`: the final document of a batch, and its instances. */
export function addResultCommand(program: Command, shell: CommandShell): void {
  program
    .command('result')
    .description('the final document of a batch; the exit code is that of its outcome')
    .argument('<batch>', 'tenant/batchId')
    .addOption(
      new Option('--format <format>', 'give all instances, one by one').choices(RESULT_FORMATS),
    )
    .option('--out <file>', 'write them to a file instead of stdout (default format: json)')
    .option(...TENANT_FLAG)
    .option(...JSON_FLAG)
    .action(async (batch: string, options: ResultOptions) => {
      shell.finish(await result(shell.context, batch, options), options);
    });
}

async function result(
  context: CommandContext,
  batch: string,
  options: ResultOptions,
): Promise<CommandReport> {
  const named = parseBatchArgument(batch, options.tenant);
  const { format, out, json } = options;
  if (format !== undefined && format !== 'json' && json === true && out === undefined) {
    const message = `--json prints one JSON object, and ${format} is none: leave it out, or add --out.`;
    return createFailureReport({ code: 'usage', message });
  }
  return withNamed(context, named, async ({ batches }, key) => {
    const finished = await batches.result(key);
    if (!finished.ok) return createFailureReport(finished);
    if (format === undefined && out === undefined) return toFinishedReport(context, finished.value);
    return exportResult(context, batches, { finished: finished.value, format, out });
  });
}

async function exportResult(
  context: CliContext,
  batches: BatchFacade,
  how: {
    readonly finished: FinishedBatch;
    readonly format: ResultFormat | undefined;
    readonly out: string | undefined;
  },
): Promise<CommandReport> {
  const { finished, format = 'json', out } = how;
  const { document } = finished;
  const instances = await batches.instances(finished);
  if (!instances.ok) return createFailureReport(instances);
  const pieces = toResultPieces(format, document, instances.value);
  const exitCode = toOutcomeExitCode(document.outcome);
  if (out === undefined) {
    await context.io.writePieces(pieces);
    return { ...createReport({}, [], { exitCode }), isSilent: true };
  }
  const failure = await writeOutFile(out, pieces);
  if (failure !== undefined) return createFailureReport(failure);
  const { tenant, batchId, outcome, counts } = document;
  return createReport({ tenant, batchId, outcome, counts, format, out }, [`wrote ${out}`], {
    exitCode,
  });
}
