import type { Command } from 'commander';
import type { BatchKey } from '../../outbound/result-store';
import type { RetryInput } from '../../service/retry-batch';
import { ORDER_FLAGS, findApiFlagProblem } from '../api-flags';
import { parseBatchArgument } from '../batch-argument';
import { addBulkFlags, findBulkProblem, isGiven } from '../bulk/bulk-flags';
import type { BulkKind, BulkOptions } from '../bulk/bulk-flags';
import { runBulk } from '../bulk/run-bulk';
import { createFailureReport, createReport } from '../command-report';
import type { CliFailure, CommandReport } from '../command-report';
import { JSON_FLAG, TENANT_FLAG } from '../command-shell';
import type { CommandShell, OutputOptions } from '../command-shell';
import { createSubmissionFailureReport } from '../conflict-report';
import { toChunkPaths } from '../chunk-paths';
import { followBatch, toFollowReport } from '../follow-batch';
import { addNoteFlags, toActionNote } from '../note-flags';
import type { NoteOptions } from '../note-flags';
import { withNamed } from '../own-tenant';
import type { NamedKey } from '../own-tenant';
import { readSubmission } from '../read-submission';

interface RetryOptions extends OutputOptions, NoteOptions, BulkOptions {
  readonly chunks?: string;
  readonly file?: string;
  readonly detach?: boolean;
}

const ALL_PARKED: BulkKind = {
  flag: 'all-parked',
  about: 'every open batch that waits for a person',
  state: 'parked',
};

/** Adds `retry`: parked chunks of an open batch, or the next run of an ended one. */
export function addRetryCommand(program: Command, shell: CommandShell): void {
  const command = program
    .command('retry')
    .description('go on with what is parked, or buy what an ended batch is missing')
    .argument('[batch]', 'tenant/batchId')
    .option('--chunks <paths>', 'only these parked chunks, such as sessions/0-89,sessions/90-179')
    .option('--file <file>', 'the request, for a batch that Temporal has forgotten')
    .option('-d, --detach', 'do not follow the next run of an ended batch')
    .option(...TENANT_FLAG)
    .option(...JSON_FLAG);
  addBulkFlags(command, ALL_PARKED);
  addNoteFlags(command).action(async (batch: string | undefined, options: RetryOptions) => {
    const problem =
      findProblem(command, batch) ?? findApiFlagProblem(shell.context, command, ORDER_FLAGS);
    const report =
      problem === undefined
        ? await (batch === undefined ? retryAll(shell, options) : retry(shell, batch, options))
        : createFailureReport(problem);
    shell.finish(report, options);
  });
}

function findProblem(command: Command, batch: string | undefined): CliFailure | undefined {
  const problem = findBulkProblem(command, ALL_PARKED, batch);
  if (problem !== undefined || batch !== undefined) return problem;
  const stray = ['chunks', 'file', 'detach'].find((name) => isGiven(command, name));
  return stray === undefined
    ? undefined
    : { code: 'usage', message: `--${stray} goes with one batch only.` };
}

/** Only open batches: none that has ended meanwhile is bought for again. */
function retryAll(shell: CommandShell, options: RetryOptions): Promise<CommandReport> {
  const action = { name: 'retryFailed', input: toActionNote(options) } as const;
  return runBulk(shell, { command: 'retry', kind: ALL_PARKED, action, options });
}

async function retry(
  shell: CommandShell,
  batch: string,
  options: RetryOptions,
): Promise<CommandReport> {
  const named = parseBatchArgument(batch, options.tenant);
  if (!named.ok) return createFailureReport(named.failure);
  const read = options.file === undefined ? undefined : await readSubmission([options.file]);
  if (read?.ok === false) return createFailureReport(read.failure);
  const input: RetryInput = {
    ...toActionNote(options),
    ...(options.chunks === undefined ? {} : { chunks: toChunkPaths(options.chunks) }),
    ...(read === undefined ? {} : { submission: read }),
  };
  return retryAndFollow(shell, named, { input, isDetached: options.detach === true });
}

function retryAndFollow(
  { context }: CommandShell,
  named: NamedKey<BatchKey>,
  how: { readonly input: RetryInput; readonly isDetached: boolean },
): Promise<CommandReport> {
  return withNamed(context, named, async ({ batches }, key) => {
    const name = `${key.tenant}/${key.batchId}`;
    const next = `"tairfleet watch ${name}" follows it.`;
    const retried = await batches.retry(key, how.input);
    if (!retried.ok) return createSubmissionFailureReport(retried);
    const { value } = retried;
    if (value.kind === 'resumed') {
      return createReport({ kind: value.kind, ...key, ...value.answer }, [value.answer.message], {
        next,
      });
    }
    if (how.isDetached)
      return createReport({ ...value, ...key }, [`started ${name} again`], { next });
    const end = await followBatch(context, { batches, key, signal: context.catchInterrupt() });
    return toFollowReport(context, key, end);
  });
}
