import type { AddressDemand } from '../domain/address-deal';
import type { Answered, NetworkQuestion, Offer, PriceFact } from '../domain/preflight-facts';
import type { CallCounts } from './activity-types';

/** What a batch wants to know of its placements before it buys anything. */
export interface SurveyInput {
  readonly account: string;
  /** Whose addresses are reserved: the workflow id. */
  readonly batch: string;
  readonly prices: readonly Offer[];
  readonly networks: readonly NetworkQuestion[];
  /** What will be taken from the vSwitches of these networks. */
  readonly demands: readonly AddressDemand[];
}

/** What the cloud said; what it did not say is no failure. */
export interface SurveyAnswer {
  readonly calls: CallCounts;
  readonly prices: readonly Answered<Offer, PriceFact>[];
  /** Only of the vSwitches that are known: what is free, and not reserved for another batch. */
  readonly addresses: readonly VSwitchAddresses[];
}

/** Free addresses of one vSwitch. */
export interface VSwitchAddresses {
  readonly vSwitchId: string;
  readonly free: number;
}

/** The survey of a batch, on the cloud queue. */
export interface SurveyActivities {
  survey(input: SurveyInput): Promise<SurveyAnswer>;
}
