import type { Command } from 'commander';
import { countSlots } from '../../domain/batch-request';
import type { BatchRequest, Group } from '../../domain/batch-request';
import { formatDuration } from '../../domain/duration';
import { hashRequest } from '../../domain/request-hash';
import { createFailureReport, createReport } from '../command-report';
import type { CommandReport } from '../command-report';
import { JSON_FLAG } from '../command-shell';
import type { CommandShell, OutputOptions } from '../command-shell';
import { addInputFlags, FILES_ARGUMENT, formatInputArguments } from '../input-flags';
import type { InputOptions } from '../input-flags';
import { readSubmission } from '../read-submission';
import { formatCountOf } from '../views/human/numbers';
import { toTable } from '../views/human/table';

type ValidateOptions = OutputOptions & InputOptions;

/** Adds `validate`: checks request files without sending anything. */
export function addValidateCommand(program: Command, shell: CommandShell): void {
  const command = program
    .command('validate')
    .description('check a request, without sending anything')
    .argument(...FILES_ARGUMENT);
  addInputFlags(command)
    .option(...JSON_FLAG)
    .action(async (files: string[], options: ValidateOptions) => {
      shell.finish(await validate(files, options), options);
    });
}

async function validate(
  files: readonly string[],
  options: ValidateOptions,
): Promise<CommandReport> {
  const read = await readSubmission(files, options);
  if (!read.ok) return createFailureReport(read.failure);
  const { request } = read;
  const slots = countSlots(request);
  return createReport(
    {
      valid: true,
      batchId: request.batchId,
      tenant: request.tenant,
      slots,
      requestHash: hashRequest(request),
      request,
    },
    toRequestLines(request, slots),
    {
      next: `Valid. Nothing was sent; submit it with "tairfleet apply ${formatInputArguments(files, options)}".`,
    },
  );
}

function toRequestLines(request: BatchRequest, slots: number): string[] {
  const { minReadyShare, readyDeadlineMs, deadlineMs } = request.policy;
  const share = `${Math.round(minReadyShare * 1_000) / 10}%`;
  return [
    `${request.tenant}/${request.batchId}  ${formatCountOf(slots, 'instance')}`,
    '',
    ...toTable([['group', 'count', 'class', 'charge', 'placements'], ...request.groups.map(toRow)]),
    '',
    `succeeds with ${share} ready, each within ${formatDuration(readyDeadlineMs)}; ends after ${formatDuration(deadlineMs)}`,
  ];
}

function toRow({ name, count, spec, placements }: Group): (string | number)[] {
  const size = spec.instanceClass ?? `${spec.capacityMb ?? 0} MB`;
  const where = placements.map(({ zone, instanceClass }) =>
    instanceClass === undefined ? zone : `${zone} (${instanceClass})`,
  );
  return [name, count, size, spec.chargeType, where.join(', then ')];
}
