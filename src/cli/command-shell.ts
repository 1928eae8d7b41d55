import type { CliContext, ServicePlace } from './cli-context';
import type { CliIo } from './cli-io';
import { createFailureReport } from './command-report';
import type { CommandReport } from './command-report';
import type { BatchService } from '../service/batch-service';
import type { ConnectedService } from '../service/connect-service';

/** What a command's file needs to hook itself into the program. */
export interface CommandShell {
  readonly context: CliContext;
  /** Prints what a command gave back, and keeps its exit code. */
  readonly finish: (report: CommandReport, options: OutputOptions) => void;
}

/** The flag that every command has. */
export interface OutputOptions {
  readonly json?: boolean;
}

/** Text of the flag `--json`, the same everywhere. */
export const JSON_FLAG = ['--json', 'print exactly one JSON object on stdout'] as const;

/** Text of the flag `--tenant`, the same everywhere. */
export const TENANT_FLAG = ['--tenant <name>', 'tenant of a batch given by its id alone'] as const;

/**
 * Prints a report: with `--json` exactly one object on stdout, else lines for people.
 *
 * @param io - where to write
 * @param report - what the command gave back
 * @param isJson - whether `--json` was given
 */
export function printReport(io: CliIo, report: CommandReport, isJson: boolean): void {
  if (report.isSilent) return;
  if (isJson) return io.writeOut(`${JSON.stringify(report.data)}\n`);
  const text = report.lines.map((line) => `${line}\n`).join('');
  if (report.isFailure) io.writeError(text);
  else io.writeOut(text);
  if (report.next !== undefined) io.writeError(`${io.errorColors.dim(report.next)}\n`);
}

/**
 * Runs a part of a command with a connected service, and closes the connection afterwards.
 *
 * @param context - how to connect
 * @param work - the part; its report is passed on
 * @param place - where to connect instead of where the environment says
 */
export function withService(
  context: CliContext,
  work: (service: BatchService) => Promise<CommandReport>,
  place?: ServicePlace,
): Promise<CommandReport> {
  return withConnection(context, ({ service }) => work(service), place);
}

/**
 * As {@link withService}, for a part that also wants to know where it is connected to.
 *
 * @param context - how to connect
 * @param work - the part; its report is passed on
 * @param place - where to connect instead of where the environment says
 */
export async function withConnection(
  context: CliContext,
  work: (connected: ConnectedService) => Promise<CommandReport>,
  place?: ServicePlace,
): Promise<CommandReport> {
  const opened = await context.openService(place);
  if (!opened.ok) return createFailureReport(opened);
  try {
    return await work(opened.value);
  } finally {
    await opened.value.close();
  }
}
