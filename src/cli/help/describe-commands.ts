import type { Command, Help } from 'commander';
import { COMMAND_GUIDES } from './command-guides';
import type { CommandGuide } from './command-guide';

/** Flags of the program that only mean something where a command works over the HTTP API. */
const API_FLAGS: readonly (string | undefined)[] = ['--server', '--api-key-file'];

/** How wide an example may be and still have its purpose beside it. */
const LINE_WIDTH = 54;

/**
 * Makes the help of each command list the flags of the program that work with it. Before any command is
 * added, since they take it over.
 *
 * @param program - the program
 */
export function showGlobalFlags(program: Command): void {
  program.configureHelp({
    showGlobalOptions: true,
    visibleGlobalOptions(this: Help, command: Command) {
      if (COMMAND_GUIDES[toWords(command)]?.isOverApi !== true) return [];
      return program.options.filter(({ long }) => API_FLAGS.includes(long));
    },
  });
}

/**
 * Ends the help of each command with examples, and its exit codes where they are its own.
 *
 * @param program - with all its commands
 */
export function addGuides(program: Command): void {
  for (const command of listCommands(program)) {
    const guide = COMMAND_GUIDES[toWords(command)];
    if (guide !== undefined) command.addHelpText('after', toGuideText(guide));
  }
}

/** All commands that do something themselves; a group does when it has flags of its own. */
export function listCommands(command: Command): readonly Command[] {
  if (command.commands.length === 0) return [command];
  const doesSomething = command.parent !== null && command.options.length > 0;
  return [...(doesSomething ? [command] : []), ...command.commands.flatMap(listCommands)];
}

/** The words by which a command is called: `schedule plan`. */
export function toWords(command: Command): string {
  const { parent } = command;
  return parent?.parent ? `${toWords(parent)} ${command.name()}` : command.name();
}

function toGuideText({ examples, exits }: CommandGuide): string {
  const lines = examples.map(([line, what]) => {
    const called = `  tairfleet ${line}`;
    return called.length > LINE_WIDTH
      ? `${called}\n      ${what}`
      : `${called.padEnd(LINE_WIDTH)}  ${what}`;
  });
  const codes =
    exits === undefined ? [] : ['', `Exit codes: ${exits}.`, '"tairfleet --help" has the others.'];
  return ['', 'Examples:', ...lines, ...codes].join('\n');
}
