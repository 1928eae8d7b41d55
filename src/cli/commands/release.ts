import type { Command } from 'commander';
import type { BatchKey } from '../../outbound/result-store';
import type { BatchService } from '../../service/batch-service';
import { parseBatchArgument } from '../batch-argument';
import { createFailureReport, createReport } from '../command-report';
import type { CommandReport } from '../command-report';
import { JSON_FLAG, TENANT_FLAG, withService } from '../command-shell';
import type { CommandShell, OutputOptions } from '../command-shell';
import { findConfirmationProblem } from '../confirmation';
import { EXIT } from '../exit-code';
import { addNoteFlags, toActionNote } from '../note-flags';
import type { NoteOptions } from '../note-flags';
import { toReleaseLines, toReleasePlanLines } from '../views/human/release-lines';

interface ReleaseOptions extends OutputOptions, NoteOptions {
  readonly tenant?: string;
  readonly yes?: string;
}

/** Adds `release`: undoes an ended batch. */
export function addReleaseCommand(program: Command, shell: CommandShell): void {
  const command = program
    .command('release')
    .description('undo an ended batch: shows what would go, and releases it with --yes')
    .argument('<batch>', 'tenant/batchId')
    .option('--yes <tenant/batchId>', 'release it; the id is typed again, so that it is meant')
    .option(...TENANT_FLAG)
    .option(...JSON_FLAG);
  addNoteFlags(command).action(async (batch: string, options: ReleaseOptions) => {
    const named = parseBatchArgument(batch, options.tenant);
    const report = named.ok
      ? await withService(shell.context, (service) => release(service, named.key, options))
      : createFailureReport(named.failure);
    shell.finish(report, options);
  });
}

async function release(
  service: BatchService,
  key: BatchKey,
  options: ReleaseOptions,
): Promise<CommandReport> {
  const plan = await service.planRelease(key);
  if (!plan.ok) return createFailureReport(plan);
  const name = `${key.tenant}/${key.batchId}`;
  if (options.yes === undefined) {
    return createReport({ released: false, plan: plan.value }, toReleasePlanLines(plan.value), {
      next:
        plan.value.instances === 0
          ? 'There is nothing to release.'
          : `Nothing was released. "tairfleet release ${name} --yes ${name}" does it for good.`,
    });
  }
  const problem = findConfirmationProblem(name, options.yes);
  if (problem !== undefined) return createFailureReport(problem);
  const released = await service.release(plan.value, toActionNote(options));
  if (!released.ok) return createFailureReport(released);
  const { kept, isCancelled } = released.value;
  return createReport({ ...released.value }, toReleaseLines(released.value), {
    exitCode: kept > 0 || isCancelled ? EXIT.partial : EXIT.done,
    next: `"tairfleet reconcile ${name}" compares the result with the cloud.`,
  });
}
