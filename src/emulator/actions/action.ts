import type { Account } from '../accounts';
import type { ActionResult } from '../action-result';
import type { EmulatorState } from '../emulator-state';
import type { Parameters } from '../protocol/parameters';
import type { ActionParameter } from './action-parameters';

/** One authenticated call, as an action sees it. */
export interface ActionCall {
  readonly account: Account;
  /** Those that the action declares. */
  readonly parameters: Parameters;
  /** All that the client sent: a token belongs to the whole of a call. */
  readonly received: Parameters;
  /** The host the client called, with its port. */
  readonly hostId: string;
  readonly state: EmulatorState;
  /** Set by a `partial` fault: so many fewer instances are created than were asked for. */
  readonly commitFewerBy: number;
}

/** A product of the cloud, as far as its gateway tells it from others. */
export interface Product {
  /** As people call it. */
  readonly name: string;
  /** The API version of all its operations: how a call says which product it means. */
  readonly version: string;
  /** What its permissions begin with. */
  readonly ramPrefix: string;
}

/** Tair and Redis. */
export const KVSTORE: Product = {
  name: 'r-kvstore',
  version: '2015-01-01',
  ramPrefix: 'kvstore',
};

/** Networks, served besides: an order needs them. */
export const VPC: Product = { name: 'Vpc', version: '2016-04-28', ramPrefix: 'vpc' };

/**
 * What is known of the form of an operation: `page` is its official page, `sdk` the models and
 * comments of the official SDK 6.4.0, `client` what public clients send and read.
 */
export type ActionSource = 'page' | 'sdk' | 'client';

/** One operation of the API. */
export interface Action {
  readonly name: string;
  readonly product: Product;
  readonly source: ActionSource;
  /** Checked before `run`; whatever else a call carries is ignored. */
  readonly parameters: readonly ActionParameter[];
  run(call: ActionCall): ActionResult | Promise<ActionResult>;
}
