import type { Refusal } from './refusal';

/** A success. */
export interface ActionAnswer {
  readonly kind: 'answer';
  /** The answer's members besides `RequestId`. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Ids of creations and deletions that the answer stands for. */
  readonly ids: readonly string[];
  /** Ids that this very call created or deleted; empty for a replay and for reads. */
  readonly committedIds: readonly string[];
}

/** What an action gives back: an answer, or a definite no. */
export type ActionResult = ActionAnswer | Refusal;

/** An answer that stands for no creation and no deletion: of a read, or of a change to what exists. */
export function createPlainAnswer(body: Readonly<Record<string, unknown>> = {}): ActionAnswer {
  return { kind: 'answer', body, ids: [], committedIds: [] };
}
