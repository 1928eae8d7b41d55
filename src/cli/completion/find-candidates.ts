import type { Argument, Command, Option } from 'commander';

/** A word that may stand at the cursor. */
export interface Candidate {
  readonly name: string;
  readonly description: string;
}

/** What may stand at the cursor: one of these words, or the name of a file. */
export type Candidates =
  { readonly kind: 'words'; readonly words: readonly Candidate[] } | { readonly kind: 'files' };

/** Where in the tree of commands the words before the cursor lead to. */
interface Place {
  readonly command: Command;
  /** Operands of the command so far. */
  readonly operands: number;
  /** The flag whose value stands at the cursor. */
  readonly flag: Option | null;
}

/**
 * Finds what may stand at the cursor.
 *
 * @param program - the command line
 * @param before - whole words before the cursor, without the program's name
 * @param current - what is typed of the word at the cursor
 */
export function findCandidates(
  program: Command,
  before: readonly string[],
  current: string,
): Candidates {
  const { command, operands, flag } = findPlace(program, before);
  if (flag !== null) return toValues(flag.argChoices, flag.flags);
  if (current.startsWith('-')) return toWords(listFlags(command));
  const commands = command.createHelp().visibleCommands(command);
  if (commands.length > 0) return toWords(commands.map(toCandidate));
  const argument = findArgument(command, operands);
  return argument === undefined ? toWords([]) : toValues(argument.argChoices, argument.name());
}

function findPlace(program: Command, before: readonly string[]): Place {
  let place: Place = { command: program, operands: 0, flag: null };
  for (const word of before) place = follow(place, word);
  return place;
}

function follow({ command, operands, flag }: Place, word: string): Place {
  if (flag !== null) return { command, operands, flag: null };
  if (word.startsWith('-')) {
    const known = command.options.find(({ long, short }) => word === long || word === short);
    const takesValue = known !== undefined && (known.required || known.optional);
    return { command, operands, flag: takesValue ? known : null };
  }
  const next = command.commands.find((each) => each.name() === word);
  if (next !== undefined) return { command: next, operands: 0, flag: null };
  return { command, operands: operands + 1, flag: null };
}

function findArgument({ registeredArguments }: Command, at: number): Argument | undefined {
  const last = registeredArguments.at(-1);
  return registeredArguments[at] ?? (last?.variadic === true ? last : undefined);
}

/** By the placeholder, which all commands write alike. */
function toValues(choices: readonly string[] | undefined, placeholder: string): Candidates {
  if (choices !== undefined) return toWords(choices.map((name) => ({ name, description: '' })));
  return /\bfile\b/.test(placeholder) ? { kind: 'files' } : toWords([]);
}

function listFlags(command: Command): readonly Candidate[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .flatMap(({ long, description }) => (long == null ? [] : [{ name: long, description }]));
}

function toCandidate(command: Command): Candidate {
  return { name: command.name(), description: command.summary() || command.description() };
}

function toWords(words: readonly Candidate[]): Candidates {
  return { kind: 'words', words };
}
