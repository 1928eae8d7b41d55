import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import type { CliContext } from '../cli-context';
import { createFailureReport, createReport } from '../command-report';
import type { CommandReport } from '../command-report';
import { JSON_FLAG } from '../command-shell';
import type { CommandShell, OutputOptions } from '../command-shell';
import { isExact } from '../demo/demo-account';
import { runDemo } from '../demo/run-demo';
import type { DemoRun } from '../demo/run-demo';
import { EXIT } from '../exit-code';
import { announceStack } from '../stack/running-stack';
import { releaseChildren } from '../../local/child-process';
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
    .option('--keep', 'leave everything running afterwards, and say how to stop it')
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
  if (options.keep === true) return keepRunning(context, result.value);
  await stack.stop();
  return toDemoReport(context, result.value, []);
}

/** Leaves the stack to the user: it outlives this command, and commands of this folder find it. */
function keepRunning(context: CliContext, run: DemoRun): CommandReport {
  const { temporal, emulator, resultsFolder, listPids } = run.stack;
  const pids = listPids();
  announceStack(context.cwd, {
    pid: emulator.pid ?? process.pid,
    address: temporal.address,
    isOwnServer: temporal.isOwnServer,
    emulatorUrl: emulator.url,
    uiUrl: run.stack.temporal.uiUrl ?? null,
    resultsFolder,
  });
  releaseChildren();
  return toDemoReport(context, run, pids);
}

/** The account; `pids` are those that run on, none when everything was stopped. */
function toDemoReport(context: CliContext, run: DemoRun, pids: readonly number[]): CommandReport {
  const { account, finished, historyEvents, seconds, stack } = run;
  const isGood = isExact(account);
  const isKept = pids.length > 0;
  const data = {
    ...account,
    historyEvents,
    seconds,
    outcome: finished.document.outcome,
    resultFile: finished.location,
    temporalUi: stack.temporal.uiUrl ?? null,
    pids,
  };
  return createReport(data, toDemoLines(run, { colors: context.io.outColors, isKept }), {
    exitCode: isGood ? EXIT.done : EXIT.failure,
    next: isGood ? toNext(pids) : `This is not what was promised. The logs are in ${stack.folder}.`,
  });
}

function toSlotCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1) return count;
  throw new InvalidArgumentError('It must be a whole number of 1 or more.');
}

function toNext(pids: readonly number[]): string {
  return pids.length > 0
    ? `Everything runs on; stop it with: kill ${pids.join(' ')}`
    : 'To look inside, run it with --keep; to order your own, "tairfleet up".';
}
