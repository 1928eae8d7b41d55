import type { Account } from '../accounts';
import type { EmulatorState } from '../emulator-state';
import type { Parameters } from '../protocol/parameters';
import type { Refusal } from '../refusal';

/** One authenticated call, as an action sees it. */
export interface ActionCall {
  readonly account: Account;
  readonly parameters: Parameters;
  /** The host the client called, with its port. */
  readonly hostId: string;
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

/** A product of the cloud, as far as its gateway tells it from others. */
export interface Product {
  /** The API version of all its operations: how a call says which product it means. */
  readonly version: string;
  /** What its permissions begin with. */
  readonly ramPrefix: string;
}

/** Tair and Redis. */
export const KVSTORE: Product = { version: '2015-01-01', ramPrefix: 'kvstore' };

/** Networks, served besides: an order needs them. */
export const VPC: Product = { version: '2016-04-28', ramPrefix: 'vpc' };

/** One operation of the API. */
export interface Action {
  readonly name: string;
  readonly product: Product;
  run(call: ActionCall): ActionResult | Promise<ActionResult>;
}

/** An answer that stands for no creation and no deletion: of a read, or of a change to what exists. */
export function createPlainAnswer(body: Readonly<Record<string, unknown>> = {}): ActionAnswer {
  return { kind: 'answer', body, ids: [], committedIds: [] };
}
