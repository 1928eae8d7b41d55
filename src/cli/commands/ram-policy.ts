import type { Command } from 'commander';
import { CLOUD_ACTIONS, listCloudActions } from '../../domain/cloud-actions';
import { createRamPolicy, toPermission } from '../../domain/ram-policy';
import type { CliContext } from '../cli-context';
import { createFailureReport, createReport } from '../command-report';
import type { CommandReport } from '../command-report';
import { JSON_FLAG } from '../command-shell';
import type { CommandShell, OutputOptions } from '../command-shell';
import { addInputFlags, FILES_ARGUMENT } from '../input-flags';
import type { InputOptions } from '../input-flags';
import { readSubmission } from '../read-submission';
import { toTable } from '../views/human/table';

interface RamPolicyOptions extends OutputOptions, InputOptions {
  readonly preflight?: boolean;
  readonly release?: boolean;
  readonly spendCap?: boolean;
  /** Commander makes it of --no-conditions. */
  readonly conditions: boolean;
}

/** Adds `ram-policy`: what a worker must be allowed for a request. */
export function addRamPolicyCommand(program: Command, shell: CommandShell): void {
  const command = program
    .command('ram-policy')
    .description('print the least RAM policy with which a worker can run a request')
    .argument(...FILES_ARGUMENT);
  addInputFlags(command)
    .option('--preflight', 'for "tairfleet plan --preflight", too')
    .option('--release', 'for "tairfleet release" and "reconcile --delete-orphans", too')
    .option('--spend-cap', 'for a worker with guards.spendMaxByTenant')
    .option('--no-conditions', 'allow any class and engine in the regions of the request')
    .option(...JSON_FLAG)
    .action(async (files: string[], options: RamPolicyOptions) => {
      shell.finish(await ramPolicy(shell.context, files, options), options);
    });
}

async function ramPolicy(
  { io }: CliContext,
  files: readonly string[],
  options: RamPolicyOptions,
): Promise<CommandReport> {
  const read = await readSubmission(files, options);
  if (!read.ok) return createFailureReport(read.failure);
  const wishes = {
    isPreflight: options.preflight === true,
    isRelease: options.release === true,
    isSpendCapped: options.spendCap === true,
    isConditional: options.conditions,
  };
  const policy = createRamPolicy([read.request], wishes);
  if (options.json !== true) {
    const rows = listCloudActions(read.request, wishes).map((action) => [
      toPermission(action),
      CLOUD_ACTIONS[action].use,
    ]);
    io.writeError(
      toTable(rows)
        .map((line) => `${io.errorColors.dim(line)}\n`)
        .join(''),
    );
  }
  return createReport(policy, JSON.stringify(policy, null, 2).split('\n'), {
    next: 'Give it to the RAM user or role of the worker, and to nobody else.',
  });
}
