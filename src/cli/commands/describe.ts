import type { Command } from 'commander';
import type { ConnectedService } from '../../service/connect-service';
import type { BatchStatus } from '../../service/read-status';
import { parseBatchArgument } from '../batch-argument';
import type { CliContext } from '../cli-context';
import { createFailureReport, createReport } from '../command-report';
import type { CommandReport } from '../command-report';
import { JSON_FLAG, TENANT_FLAG } from '../command-shell';
import type { CommandShell, OutputOptions } from '../command-shell';
import { withNamed } from '../own-tenant';
import { toStatusData } from '../status-data';
import { toUiLink } from '../ui-link';
import { findFrozen, toDescribeLines } from '../views/human/describe-lines';
import { toStatusNextStep } from '../views/human/status-lines';

interface DescribeCommandOptions extends OutputOptions {
  readonly tenant?: string;
}

/** Adds `describe`: everything that is known about a batch. */
export function addDescribeCommand(program: Command, shell: CommandShell): void {
  program
    .command('describe')
    .description('everything about a batch: each group, all that is parked, log, plan, deadlines')
    .argument('<batch>', 'tenant/batchId')
    .option(...TENANT_FLAG)
    .option(...JSON_FLAG)
    .action(async (batch: string, options: DescribeCommandOptions) => {
      const { context } = shell;
      const named = parseBatchArgument(batch, options.tenant);
      const report = await withNamed(context, named, async ({ batches, local }, key) => {
        const status = await batches.status(key);
        if (!status.ok) return createFailureReport(status);
        return describe(context, local?.server ?? null, status.value);
      });
      shell.finish(report, options);
    });
}

function describe(
  context: CliContext,
  server: ConnectedService['server'] | null,
  status: BatchStatus,
): CommandReport {
  const { run, progress } = status;
  const uiLink = run === null || server === null ? null : toUiLink(context, server, run);
  const view = {
    nowMs: Date.now(),
    colors: context.io.outColors,
    namespace: server?.namespace ?? null,
    uiLink,
  };
  const data = {
    ...toStatusData(status),
    frozen: findFrozen(status),
    startedAtMs: run?.startedAtMs ?? null,
    closedAtMs: run?.closedAtMs ?? null,
    deadlineAtMs: progress?.deadlineAtMs ?? null,
    namespace: server?.namespace ?? null,
    uiUrl: uiLink,
  };
  return createReport(data, toDescribeLines(status, view), { next: toStatusNextStep(status) });
}
