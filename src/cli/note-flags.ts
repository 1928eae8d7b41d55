import type { Command } from 'commander';
import type { ActionNote } from '../contract/messages';

/** Who acts, why, and under which ticket; it lands in the batch's log. */
export interface NoteOptions {
  readonly by?: string;
  readonly why?: string;
  readonly ticket?: string;
}

/**
 * Adds the flags of a note to a command.
 *
 * @param command - an operator action
 * @param place - where the note lands
 */
export function addNoteFlags(command: Command, place = 'the log of the batch'): Command {
  return command
    .option('--by <person>', `who acts, for ${place}`)
    .option('--why <reason>', `why, for ${place}`)
    .option('--ticket <id>', `ticket, for ${place}`);
}

/**
 * The note of an action.
 *
 * @param options - the command's flags
 */
export function toActionNote({ by, why, ticket }: NoteOptions): ActionNote {
  return {
    ...(by === undefined ? {} : { by }),
    ...(why === undefined ? {} : { why }),
    ...(ticket === undefined ? {} : { ticket }),
  };
}
