import { CommanderError, type Command } from 'commander';
import type { CliContext } from './cli-context';
import { createFailureReport } from './command-report';
import { printReport } from './command-shell';
import { runProgramCommand } from './commands/programs';
import { EXIT } from './exit-code';
import { createProgram } from './program';

/**
 * Runs one command line.
 *
 * @param argv - arguments without the program's name
 * @param context - what commands work with
 * @returns the exit code
 */
export async function runCli(argv: readonly string[], context: CliContext): Promise<number> {
  const programExitCode = await runProgramCommand(argv, context);
  if (programExitCode !== undefined) return programExitCode;
  let exitCode: number = EXIT.done;
  const program = createProgram(context, (report, { json = false, output }) => {
    exitCode = report.exitCode;
    printReport(context.io, report, json || output === 'json');
  });
  try {
    await program.parseAsync(toCommandLine(program, argv), { from: 'user' });
    return exitCode;
  } catch (error) {
    return explain(error, { argv, context });
  }
}

/** Without a command there is the help; of an unknown one there is none, and it is refused. */
function toCommandLine(program: Command, argv: readonly string[]): string[] {
  const asked = toAsked(argv);
  let command: Command | undefined = program;
  const { operands, unknown } = program.parseOptions([...asked]);
  for (const word of operands) {
    if (command.commands.length === 0 || word === 'help') return [...asked];
    command = command.commands.find((one) => one.name() === word);
    if (command === undefined) return asked.filter((one) => one !== '--help' && one !== '-h');
  }
  return isOnlyGroup(command, program) && unknown.length === 0 ? [...asked, '--help'] : [...asked];
}

/** A group with flags of its own does something without a further word. */
function isOnlyGroup(command: Command, program: Command): boolean {
  return command.commands.length > 0 && (command === program || command.options.length === 0);
}

/** `help schedule plan` asks for the help of `plan`, as Commander does not. */
function toAsked(argv: readonly string[]): readonly string[] {
  const [first, ...words] = argv;
  return first === 'help' && words.length > 1 ? [...words, '--help'] : argv;
}

/** Help and version end by an exception too; they are no failure. */
function explain(
  error: unknown,
  { argv, context }: { readonly argv: readonly string[]; readonly context: CliContext },
): number {
  const isJson = argv.includes('--json');
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.done;
    // Commander has told people on stderr; a script still gets its one object.
    const message = error.message.replace(/^error: /, '');
    if (isJson) printReport(context.io, createFailureReport({ code: 'usage', message }), true);
    return EXIT.usage;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const message = `Something went wrong that should not: ${text}`;
  const report = createFailureReport({ code: 'unexpected', message });
  printReport(context.io, report, isJson);
  return report.exitCode;
}
