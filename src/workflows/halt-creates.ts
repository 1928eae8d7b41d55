import { condition, defineUpdate, setCurrentDetails, setHandler } from '@temporalio/workflow';
import type { ActionAnswer, ActionNote } from '../contract/messages';
import { UNHALT_UPDATE } from '../contract/operations';
import { checkNote } from './action-note';

const unhaltUpdate = defineUpdate<ActionAnswer, [ActionNote | undefined]>(UNHALT_UPDATE);

/**
 * The bad night's switch: while it runs, no worker of the namespace sends a new create. It has no
 * deadline, since only a person knows when the night is over.
 *
 * @returns who ended it, and why
 */
export async function haltCreates(input?: ActionNote | null): Promise<ActionNote> {
  const halted = toNote(input);
  let ended: ActionNote | null = null;
  setHandler(
    unhaltUpdate,
    (note) => {
      ended = note ?? {};
      return { message: 'unhalted: workers send new creates again', chunks: [] };
    },
    {
      validator: checkNote,
      description:
        'Let all workers send new creates again. Input: {"by": "…", "why": "…"}, optional. ' +
        'Batches that wait go on by themselves, or at once by retryFailed.',
    },
  );
  setCurrentDetails(
    `**No new creates**${halted.by === undefined ? '' : `, ordered by ${halted.by}`}` +
      `${halted.why === undefined ? '' : `: ${halted.why}`}. Send the update \`${UNHALT_UPDATE}\` to go on.`,
  );
  await condition(() => ended !== null);
  return ended ?? {};
}

/** A slip in the reason must not keep the switch from being thrown. */
function toNote(input: ActionNote | null | undefined): ActionNote {
  try {
    checkNote(input);
    return input ?? {};
  } catch {
    return {};
  }
}
