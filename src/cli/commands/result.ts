import type { Command } from 'commander';
import { parseBatchArgument } from '../batch-argument';
import { createFailureReport } from '../command-report';
import { JSON_FLAG, TENANT_FLAG, withService } from '../command-shell';
import type { CommandShell, OutputOptions } from '../command-shell';
import { toFinishedReport } from '../follow-batch';

interface ResultOptions extends OutputOptions {
  readonly tenant?: string;
}

/** Adds `result`: the final document of a batch. */
export function addResultCommand(program: Command, shell: CommandShell): void {
  program
    .command('result')
    .description('the final document of a batch; the exit code is that of its outcome')
    .argument('<batch>', 'tenant/batchId')
    .option(...TENANT_FLAG)
    .option(...JSON_FLAG)
    .action(async (batch: string, options: ResultOptions) => {
      const named = parseBatchArgument(batch, options.tenant);
      const report = named.ok
        ? await withService(shell.context, async (service) => {
            const result = await service.result(named.key);
            return result.ok
              ? toFinishedReport(shell.context, result.value)
              : createFailureReport(result);
          })
        : createFailureReport(named.failure);
      shell.finish(report, options);
    });
}
