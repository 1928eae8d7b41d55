import type { Refusal } from './refusal';

/** A success. */
export interface ActionAnswer {
  readonly kind: 'answer';
  /** The answer's members besides `RequestId`. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Ids that the answer names: of creations and deletions, and of the instances on a page. */
  readonly ids: readonly string[];
  /** Ids that this very call created or deleted; empty for a replay and for reads. */
  readonly committedIds: readonly string[];
}

/** What an action gives back: an answer, or a definite no. */
export type ActionResult = ActionAnswer | Refusal;

/**
 * An answer that stands for no creation and no deletion: of a read, or of a change to what exists.
 *
 * @param ids - of the instances on a page; the log keeps them, so none of an answer without pages
 */
export function createPlainAnswer(
  body: Readonly<Record<string, unknown>> = {},
  ids: readonly string[] = [],
): ActionAnswer {
  return { kind: 'answer', body, ids, committedIds: [] };
}
