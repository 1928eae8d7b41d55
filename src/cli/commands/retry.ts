import type { Command } from 'commander';
import type { BatchKey } from '../../outbound/result-store';
import type { RetryInput } from '../../service/retry-batch';
import { parseBatchArgument } from '../batch-argument';
import { createFailureReport, createReport } from '../command-report';
import type { CommandReport } from '../command-report';
import { JSON_FLAG, TENANT_FLAG, withService } from '../command-shell';
import type { CommandShell, OutputOptions } from '../command-shell';
import { createSubmissionFailureReport } from '../conflict-report';
import { toChunkPaths } from '../chunk-paths';
import { followBatch, toFollowReport } from '../follow-batch';
import { addNoteFlags, toActionNote } from '../note-flags';
import type { NoteOptions } from '../note-flags';
import { readSubmission } from '../read-submission';

interface RetryOptions extends OutputOptions, NoteOptions {
  readonly tenant?: string;
  readonly chunks?: string;
  readonly file?: string;
  readonly detach?: boolean;
}

/** Adds `retry`: parked chunks of an open batch, or the next run of an ended one. */
export function addRetryCommand(program: Command, shell: CommandShell): void {
  const command = program
    .command('retry')
    .description('go on with what is parked, or buy what an ended batch is missing')
    .argument('<batch>', 'tenant/batchId')
    .option('--chunks <paths>', 'only these parked chunks, such as sessions/0-89,sessions/90-179')
    .option('--file <file>', 'the request, for a batch that Temporal has forgotten')
    .option('-d, --detach', 'do not follow the next run of an ended batch')
    .option(...TENANT_FLAG)
    .option(...JSON_FLAG);
  addNoteFlags(command).action(async (batch: string, options: RetryOptions) => {
    shell.finish(await retry(shell, batch, options), options);
  });
}

async function retry(
  shell: CommandShell,
  batch: string,
  options: RetryOptions,
): Promise<CommandReport> {
  const named = parseBatchArgument(batch, options.tenant);
  if (!named.ok) return createFailureReport(named.failure);
  const read = options.file === undefined ? undefined : await readSubmission(options.file);
  if (read?.ok === false) return createFailureReport(read.failure);
  const input: RetryInput = {
    ...toActionNote(options),
    ...(options.chunks === undefined ? {} : { chunks: toChunkPaths(options.chunks) }),
    ...(read === undefined ? {} : { submission: read }),
  };
  return retryAndFollow(shell, named.key, { input, isDetached: options.detach === true });
}

function retryAndFollow(
  { context }: CommandShell,
  key: BatchKey,
  how: { readonly input: RetryInput; readonly isDetached: boolean },
): Promise<CommandReport> {
  const name = `${key.tenant}/${key.batchId}`;
  const next = `"tairfleet watch ${name}" follows it.`;
  return withService(context, async (service) => {
    const retried = await service.retry(key, how.input);
    if (!retried.ok) return createSubmissionFailureReport(retried);
    const { value } = retried;
    if (value.kind === 'resumed') {
      return createReport({ kind: value.kind, ...key, ...value.answer }, [value.answer.message], {
        next,
      });
    }
    if (how.isDetached)
      return createReport({ ...value, ...key }, [`started ${name} again`], { next });
    const end = await followBatch(context, { service, key, signal: context.catchInterrupt() });
    return toFollowReport(context, key, end);
  });
}
