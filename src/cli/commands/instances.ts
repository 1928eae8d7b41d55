import type { Command } from 'commander';
import type { ResultInstance } from '../../domain/result';
import { parseBatchArgument } from '../batch-argument';
import { createFailureReport, createReport } from '../command-report';
import type { CommandReport } from '../command-report';
import { JSON_FLAG, TENANT_FLAG } from '../command-shell';
import type { CommandContext, CommandShell, OutputOptions } from '../command-shell';
import { createLimitParser } from '../limit-flag';
import { withNamed } from '../own-tenant';
import { addRowFlags, isRowWanted } from '../rows/row-flags';
import type { RowOptions } from '../rows/row-flags';
import { toRowLines } from '../rows/row-lines';
import { INSTANCE_ROWS } from '../views/human/instance-rows';

interface InstancesOptions extends Omit<OutputOptions, 'output'>, RowOptions {
  readonly tenant?: string;
  readonly limit: number;
}

const LIMIT_DEFAULT = 1_000;
const LIMIT_MAX = 100_000;

/** Adds `instances`: those of an ended batch, to look through; `result` gives all of them away. */
export function addInstancesCommand(program: Command, shell: CommandShell): void {
  const command = program
    .command('instances')
    .description('look through the instances of an ended batch; "result" gives all of them away')
    .argument('<batch>', 'tenant/batchId')
    .option(
      '--limit <n>',
      `most rows, 1 to ${LIMIT_MAX}`,
      createLimitParser(LIMIT_MAX),
      LIMIT_DEFAULT,
    );
  addRowFlags(command, INSTANCE_ROWS)
    .option(...TENANT_FLAG)
    .option(...JSON_FLAG)
    .action(async (batch: string, options: InstancesOptions) => {
      shell.finish(await listInstances(shell.context, batch, options), options);
    });
}

async function listInstances(
  context: CommandContext,
  batch: string,
  options: InstancesOptions,
): Promise<CommandReport> {
  const named = parseBatchArgument(batch, options.tenant);
  return withNamed(context, named, async ({ batches }, key) => {
    const finished = await batches.result(key);
    if (!finished.ok) return createFailureReport(finished);
    const opened = await batches.instances(finished.value);
    if (!opened.ok) return createFailureReport(opened);
    const { instances, isCut } = await gather(opened.value, options);
    const { tenant, batchId, generation } = finished.value.document;
    const colors = context.io.outColors;
    const isMarked = ({ state }: ResultInstance): boolean => state !== 'ready';
    return createReport(
      { tenant, batchId, generation, instances, isCut },
      toRowLines(instances, INSTANCE_ROWS, { options, colors, isMarked }),
      isCut ? { next: `There are more; "tairfleet result ${batch} --format csv" has all.` } : {},
    );
  });
}

/** No more than asked for is held, however many the batch has. */
async function gather(
  all: AsyncIterable<ResultInstance>,
  { filter, limit }: InstancesOptions,
): Promise<{ readonly instances: readonly ResultInstance[]; readonly isCut: boolean }> {
  const instances: ResultInstance[] = [];
  for await (const instance of all) {
    if (!isRowWanted(instance, INSTANCE_ROWS.columns, filter)) continue;
    if (instances.length === limit) return { instances, isCut: true };
    instances.push(instance);
  }
  return { instances, isCut: false };
}
