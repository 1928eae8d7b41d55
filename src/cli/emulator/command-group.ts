import type { Command } from 'commander';

/** A word with words below it that does something without one, too: `faults` is `faults list`. */
export interface CommandGroup {
  readonly name: string;
  readonly description: string;
  /** What it does without a further word. */
  readonly unasked: {
    readonly name: string;
    readonly description: string;
    /** Adds flags and action; called for both ways of calling it. */
    readonly describe: (command: Command) => void;
  };
}

/**
 * Adds a group with the command that it is without a further word.
 *
 * @param parent - where it goes
 * @param group - its names, and the command
 * @returns the group, for its other commands
 */
export function addCommandGroup(
  parent: Command,
  { name, description, unasked }: CommandGroup,
): Command {
  const group = parent
    .command(name)
    .description(description)
    .helpCommand(false)
    .allowExcessArguments()
    .hook('preAction', (_group, called) => {
      if (called === group) refuseUnknownWord(group);
    })
    .hook('preSubcommand', (_group, called) => {
      // A command takes that over from its group, and would pass over a word that narrows it down.
      if (called.commands.length === 0) called.allowExcessArguments(false);
      passFlagsOn(group, called);
    });
  unasked.describe(group);
  unasked.describe(group.command(unasked.name).description(unasked.description));
  return group;
}

function refuseUnknownWord(group: Command): void {
  const [word] = group.args;
  if (word === undefined) return;
  const known = group.commands.map((command) => command.name()).join(', ');
  group.error(`error: unknown command '${word}'; there are ${known}.`);
}

/**
 * The library gives a group each flag that it knows, wherever that stands. With a word it is meant for
 * the command of that word; what that does not know is refused, never passed over.
 */
function passFlagsOn(group: Command, called: Command): void {
  for (const option of group.options) {
    const name = option.attributeName();
    if (group.getOptionValueSource(name) !== 'cli') continue;
    if (!called.options.some((each) => each.attributeName() === name)) {
      called.error(`error: '${called.name()}' has no ${option.long ?? option.flags}.`);
    }
    called.setOptionValueWithSource(name, group.getOptionValue(name), 'cli');
  }
}
