import type { Account } from '../accounts';
import type { EmulatorState } from '../emulator-state';
import type { Parameters } from '../protocol/parameters';
import type { Refusal } from '../refusal';

/** One authenticated call, as an action sees it. */
export interface ActionCall {
  readonly account: Account;
  readonly parameters: Parameters;
  readonly state: EmulatorState;
  /** Set by a `partial` fault: so many fewer instances are created than were asked for. */
  readonly commitFewerBy: number;
}

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

/** One operation of the API. */
export interface Action {
  readonly name: string;
  /** The API version it belongs to; another product has another version. */
  readonly version: string;
  run(call: ActionCall): ActionResult | Promise<ActionResult>;
}

/** The answer of an operation that changes nothing. */
export function createReadAnswer(body: Readonly<Record<string, unknown>>): ActionAnswer {
  return { kind: 'answer', body, ids: [], committedIds: [] };
}
