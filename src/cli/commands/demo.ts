import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import type { CliContext } from '../cli-context';
import { createFailureReport, createReport } from '../command-report';
import type { CommandReport } from '../command-report';
import { JSON_FLAG, printReport } from '../command-shell';
import type { CommandShell, OutputOptions } from '../command-shell';
import { isExact } from '../demo/demo-account';
import { runDemo } from '../demo/run-demo';
import type { DemoRun } from '../demo/run-demo';
import { EXIT } from '../exit-code';
import { announceStack, withdrawStack } from '../stack/running-stack';
import { untilAborted } from '../stack/until-aborted';
import { toDemoLines } from '../views/human/demo-lines';

interface DemoCommandOptions extends OutputOptions {
  readonly keep?: boolean;
  readonly slots?: number;
  readonly crash: boolean;
}

/** Adds `demo`: a difficult batch on parts of its own, and an account of it. */
export function addDemoCommand(program: Command, shell: CommandShell): void {
  program
    .command('demo')
    .description('order 1,000 instances from a difficult emulated cloud, and count what came of it')
    .option('--keep', 'leave everything running afterwards, until Ctrl-C')
    .option('--slots <count>', 'another number of instances', toSlotCount)
    .option('--no-crash', 'do not kill the worker in the middle')
    .option(...JSON_FLAG)
    .action(async (options: DemoCommandOptions) => {
      shell.finish(await demo(shell.context, options), options);
    });
}

async function demo(context: CliContext, options: DemoCommandOptions): Promise<CommandReport> {
  const result = await runDemo(context, {
    isCrashShown: options.crash,
    ...(options.slots === undefined ? {} : { slots: options.slots }),
  });
  if (!result.ok) return createFailureReport(result);
  const { stack } = result.value;
  const report = toDemoReport(context, result.value);
  try {
    if (options.keep !== true) return report;
    printReport(context.io, report, options.json === true);
    await keepRunning(context, result.value);
    return { ...report, isSilent: true };
  } finally {
    await stack.stop();
  }
}

async function keepRunning(context: CliContext, { stack }: DemoRun): Promise<void> {
  const { temporal, emulator, resultsFolder } = stack;
  announceStack(context.cwd, {
    pid: process.pid,
    address: temporal.address,
    isOwnServer: temporal.isOwnServer,
    emulatorUrl: emulator.url,
    resultsFolder,
  });
  context.io.writeError(
    `Everything keeps running (Temporal UI ${temporal.uiUrl ?? 'as before'}, Temporal pid ${temporal.pid}, emulator pid ${emulator.pid}). ` +
      `Ctrl-C, or "kill ${process.pid}", stops it.\n`,
  );
  await untilAborted(context.catchInterrupt());
  withdrawStack(context.cwd);
}

function toDemoReport(context: CliContext, run: DemoRun): CommandReport {
  const { account, finished, historyEvents, seconds, stack } = run;
  const isGood = isExact(account);
  const data = {
    ...account,
    historyEvents,
    seconds,
    outcome: finished.document.outcome,
    resultFile: finished.location,
    temporalUi: stack.temporal.uiUrl ?? null,
  };
  return createReport(data, toDemoLines(run, context.io.outColors), {
    exitCode: isGood ? EXIT.done : EXIT.failure,
    next: isGood
      ? 'To look inside, run it with --keep; to order your own, "tairfleet up".'
      : `This is not what was promised. The logs are in ${stack.folder}.`,
  });
}

function toSlotCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1) return count;
  throw new InvalidArgumentError('It must be a whole number of 1 or more.');
}
