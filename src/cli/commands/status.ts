import type { Command } from 'commander';
import { parseBatchArgument } from '../batch-argument';
import { createFailureReport, createReport } from '../command-report';
import { JSON_FLAG, TENANT_FLAG } from '../command-shell';
import type { CommandShell, OutputOptions } from '../command-shell';
import { withNamed } from '../own-tenant';
import { toStatusData } from '../status-data';
import { toStatusLines, toStatusNextStep } from '../views/human/status-lines';

interface StatusOptions extends OutputOptions {
  readonly tenant?: string;
}

/** Adds `status`: one look at a batch. */
export function addStatusCommand(program: Command, shell: CommandShell): void {
  program
    .command('status')
    .description('one look at a batch: how far it is, what it waits for')
    .argument('<batch>', 'tenant/batchId')
    .option(...TENANT_FLAG)
    .option(...JSON_FLAG)
    .action(async (batch: string, options: StatusOptions) => {
      const { context } = shell;
      const named = parseBatchArgument(batch, options.tenant);
      const report = await withNamed(context, named, async ({ batches }, key) => {
        const status = await batches.status(key);
        if (!status.ok) return createFailureReport(status);
        const view = { nowMs: Date.now(), colors: context.io.outColors };
        return createReport(toStatusData(status.value), toStatusLines(status.value, view), {
          next: toStatusNextStep(status.value),
        });
      });
      shell.finish(report, options);
    });
}
