import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { CliContext } from '../cli-context';
import { createFailureReport, createReport } from '../command-report';
import type { CliFailure, CommandReport } from '../command-report';
import { JSON_FLAG } from '../command-shell';
import type { CommandShell, OutputOptions } from '../command-shell';
import { findForeignWorker } from '../stack/foreign-worker';
import { startStackEmulator, startStackTemporal } from '../stack/local-stack';
import type { StackEmulator, StackTemporal } from '../stack/local-stack';
import {
  announceStack,
  findRunningStack,
  toStateFolder,
  withdrawStack,
} from '../stack/running-stack';
import { startStackWorker } from '../stack/stack-worker';
import { untilAborted } from '../stack/until-aborted';

const SEED = 1;

/** Adds `up`: Temporal, emulator and worker on this machine, until Ctrl-C. */
export function addUpCommand(program: Command, shell: CommandShell): void {
  program
    .command('up')
    .description('start Temporal, the emulator and a worker on this machine, until Ctrl-C')
    .option(...JSON_FLAG)
    .action(async (options: OutputOptions) => {
      shell.finish(await up(shell.context, options), options);
    });
}

interface UpParts {
  readonly temporal: StackTemporal;
  readonly emulator: StackEmulator;
}

async function up(context: CliContext, options: OutputOptions): Promise<CommandReport> {
  const running = findRunningStack(context.cwd);
  if (running !== undefined) {
    const message = `It is up already (pid ${running.pid}). End that one first.`;
    return createFailureReport({ code: 'port-in-use', message });
  }
  const folder = toStateFolder(context.cwd, 'up');
  // The emulator forgets everything at its end; what remembered its instances must go with it.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const interrupt = context.catchInterrupt();
  const stops: (() => Promise<unknown>)[] = [];
  try {
    const parts = await startParts(context, folder, stops);
    if (!parts.ok) return createFailureReport(parts);
    return await stayUp(context, { ...parts.value, folder, interrupt, options });
  } finally {
    withdrawStack(context.cwd);
    for (const stop of stops.reverse()) await stop();
  }
}

async function startParts(
  context: CliContext,
  folder: string,
  stops: (() => Promise<unknown>)[],
): Promise<{ readonly ok: true; readonly value: UpParts } | ({ readonly ok: false } & CliFailure)> {
  const temporal = await startStackTemporal(context, folder);
  if (!temporal.ok) return temporal;
  stops.push(temporal.value.stop);
  const foreign = await checkForForeignWorker(context, { temporal: temporal.value, folder });
  if (foreign !== undefined) return foreign;
  const emulator = await startStackEmulator(context, folder, SEED);
  if (!emulator.ok) return emulator;
  stops.push(() => emulator.value.stop());
  const worker = await startStackWorker(context, {
    folder,
    temporal: temporal.value,
    emulatorUrl: emulator.value.url,
    resultsFolder: join(folder, 'results'),
    config: { installationId: 'local' },
  });
  if (!worker.ok) return worker;
  stops.push(() => worker.value.stop());
  return { ok: true, value: { temporal: temporal.value, emulator: emulator.value } };
}

async function checkForForeignWorker(
  context: CliContext,
  { temporal, folder }: { readonly temporal: StackTemporal; readonly folder: string },
): Promise<({ readonly ok: false } & CliFailure) | undefined> {
  const { address, isOwnServer } = temporal;
  if (isOwnServer) return undefined;
  const opened = await context.openService({
    address,
    isOwnServer,
    resultsFolder: join(folder, 'results'),
  });
  if (!opened.ok) return opened;
  try {
    return await findForeignWorker(opened.value.service);
  } finally {
    await opened.value.close();
  }
}

async function stayUp(
  context: CliContext,
  up: UpParts & {
    readonly folder: string;
    readonly interrupt: AbortSignal;
    readonly options: OutputOptions;
  },
): Promise<CommandReport> {
  const { temporal, emulator, folder } = up;
  const place = {
    pid: process.pid,
    address: temporal.address,
    isOwnServer: temporal.isOwnServer,
    emulatorUrl: emulator.url,
    uiUrl: temporal.uiUrl ?? null,
    resultsFolder: join(folder, 'results'),
  };
  announceStack(context.cwd, place);
  const { io } = context;
  if (up.options.json === true) io.writeOut(`${JSON.stringify({ ready: true, ...place })}\n`);
  else
    io.writeOut(
      toUpLines(context, up)
        .map((line) => `${line}\n`)
        .join(''),
    );
  await untilAborted(up.interrupt);
  return { ...createReport({}, ['stopped']), isSilent: true };
}

function toUpLines(context: CliContext, up: UpParts & { readonly folder: string }): string[] {
  const { temporal, emulator, folder } = up;
  const bold = context.io.outColors.bold;
  return [
    temporal.description,
    '',
    `Temporal   ${temporal.address}`,
    `UI         ${temporal.uiUrl ?? 'that of the server named in TEMPORAL_ADDRESS'}`,
    `emulator   ${emulator.url} (seed ${SEED}; control page at ${emulator.url}/_emulator/)`,
    `logs       ${folder}`,
    '',
    'Nothing here reaches a real account. In another terminal of this folder:',
    '',
    `  ${bold('tairfleet apply examples/first-batch.yaml')}`,
    '',
    'Ctrl-C stops everything and forgets it.',
  ];
}
