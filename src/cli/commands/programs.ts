import type { Command } from 'commander';
import type { CliContext } from '../cli-context';

/** The programs that run until they are told to stop, and take no arguments. */
const PROGRAMS = {
  worker: 'run a worker until it is told to stop',
  serve: 'run the HTTP API until it is told to stop (docs/api.md)',
} as const;

/** Adds `worker` and `serve` to the help; {@link runProgramCommand} runs them. */
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
  if (name === 'worker' && rest.length === 0) return context.runWorker();
  if (name === 'serve' && rest.length === 0) return context.runServer();
  return undefined;
}
