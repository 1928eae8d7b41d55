import type { FoundApi } from './api-place';
import type { CliContext } from './cli-context';
import type { CliIo } from './cli-io';
import { createFailureReport } from './command-report';
import type { CliFailure, CommandReport } from './command-report';
import type { BatchFacade } from '../service/batch-facade';
import type { BatchService } from '../service/batch-service';
import type { ConnectedService } from '../service/connect-service';
import type { ScheduleFacade } from '../service/schedules/schedule-facade';
import { createSuccess } from '../service/service-result';
import type { ServiceResult } from '../service/service-result';

/** What comes from outside, and what the command line says for every command. */
export interface CommandContext extends CliContext {
  /** The HTTP API that the command line names, if it does. */
  readonly findApi: () => FoundApi;
}

/** What a command's file needs to hook itself into the program. */
export interface CommandShell {
  readonly context: CommandContext;
  /** Prints what a command gave back, and keeps its exit code. */
  readonly finish: (report: CommandReport, options: OutputOptions) => void;
}

/** The flags that say how a command prints what it has. */
export interface OutputOptions {
  readonly json?: boolean;
  /** Of a list; `json` is the same as `--json`. */
  readonly output?: string;
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

/** What a command works with that can be next to Temporal or over the HTTP API. */
export interface OpenedFacade {
  readonly batches: BatchFacade;
  readonly schedules: ScheduleFacade;
  /** Whose things are meant where no tenant is named; null where nobody but the command can say. */
  readonly ownTenant: () => Promise<ServiceResult<string | null>>;
  /** What there is besides next to Temporal; null over the HTTP API. */
  readonly local: ConnectedService | null;
}

/**
 * Runs a part of a command with the facade of the place that the command line names: the HTTP API of
 * `--server`, else Temporal.
 *
 * @param context - how to reach it
 * @param work - the part; its report is passed on
 */
export async function withFacade(
  context: CommandContext,
  work: (opened: OpenedFacade) => Promise<CommandReport>,
): Promise<CommandReport> {
  const found = context.findApi();
  if (!found.ok) return createFailureReport(found.failure);
  if (found.place !== null) {
    const remote = await context.openApi(found.place);
    const { ownTenant } = remote;
    return work({ batches: remote, schedules: remote, ownTenant, local: null });
  }
  return withConnection(context, (local) =>
    work({ batches: local.service, schedules: local.service, ownTenant: knowNone, local }),
  );
}

/** Next to Temporal there is no key whose tenant could be meant. */
const knowNone = () => Promise.resolve(createSuccess(null));

/**
 * Runs a part of a command that works next to Temporal only, and closes the connection afterwards.
 *
 * @param context - how to connect
 * @param work - the part; its report is passed on
 */
export async function withService(
  context: CommandContext,
  work: (service: BatchService) => Promise<CommandReport>,
): Promise<CommandReport> {
  const failure = findApiProblem(context, 'This command works');
  if (failure !== undefined) return createFailureReport(failure);
  return withConnection(context, ({ service }) => work(service));
}

/**
 * Refuses what cannot be done over the HTTP API.
 *
 * @param context - knows whether a server was named
 * @param subject - what is asked for, as the beginning of a sentence
 * @returns undefined next to Temporal
 */
export function findApiProblem(context: CommandContext, subject: string): CliFailure | undefined {
  const found = context.findApi();
  if (!found.ok) return found.failure;
  if (found.place === null) return undefined;
  const message =
    `${subject} next to Temporal only, not over the HTTP API at ${found.place.url}: leave out ` +
    '--server (TAIRFLEET_SERVER) and set TEMPORAL_ADDRESS, or ask whoever runs the server.';
  return { code: 'needs-temporal', message };
}

async function withConnection(
  context: CliContext,
  work: (connected: ConnectedService) => Promise<CommandReport>,
): Promise<CommandReport> {
  const opened = await context.openService();
  if (!opened.ok) return createFailureReport(opened);
  try {
    return await work(opened.value);
  } finally {
    await opened.value.close();
  }
}
