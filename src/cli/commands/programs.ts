import type { Command } from 'commander';
import type { CliContext } from '../cli-context';

/** The programs that run until they are told to stop, and read their own arguments. */
const PROGRAMS = {
  worker: 'run a worker until it is told to stop',
  serve: 'run the HTTP API until it is told to stop (docs/api.md)',
  emulator: 'run the stand-in for the cloud; "tairfleet emulator --help" lists its options',
} as const;

/** Adds `worker`, `serve` and `emulator` to the help; {@link runProgramCommand} runs them. */
export function addProgramCommands(program: Command): void {
  for (const [name, description] of Object.entries(PROGRAMS)) {
    program.command(name).description(description);
  }
}

/**
 * Runs a program when the command line names one.
 *
 * @param argv - arguments without the program's name
 * @param context - how to run them
 * @returns its exit code; undefined when the command line names another command
 */
export async function runProgramCommand(
  argv: readonly string[],
  context: CliContext,
): Promise<number | undefined> {
  const [name, ...rest] = argv;
  if (name === 'emulator') return context.runEmulator(rest);
  if (name === 'worker' && rest.length === 0) return context.runWorker();
  if (name === 'serve' && rest.length === 0) return context.runServer();
  return undefined;
}
