import type { Command } from 'commander';
import { parseBatchArgument } from '../batch-argument';
import { JSON_FLAG, TENANT_FLAG } from '../command-shell';
import type { CommandShell, OutputOptions } from '../command-shell';
import { followBatch, toFollowReport } from '../follow-batch';
import { withNamed } from '../own-tenant';

interface WatchOptions extends OutputOptions {
  readonly tenant?: string;
}

/** Adds `watch`: follows a batch to its end. */
export function addWatchCommand(program: Command, shell: CommandShell): void {
  program
    .command('watch')
    .description('follow a batch to its end; Ctrl-C leaves it running')
    .argument('<batch>', 'tenant/batchId')
    .option(...TENANT_FLAG)
    .option(...JSON_FLAG)
    .action(async (batch: string, options: WatchOptions) => {
      const { context } = shell;
      const named = parseBatchArgument(batch, options.tenant);
      const report = await withNamed(context, named, async ({ batches }, key) => {
        const signal = context.catchInterrupt();
        const end = await followBatch(context, { batches, key, signal });
        return toFollowReport(context, key, end);
      });
      shell.finish(report, options);
    });
}
