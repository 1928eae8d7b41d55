import type { PreflightCheck, PreflightVerdict } from './preflight-check';
import type { Offer, PriceFact } from './preflight-facts';
import type { PriceTotal } from './price-total';

/** How a batch looks before it is submitted. */
export interface PreflightReport {
  /** The worst of its groups and its names. */
  readonly verdict: PreflightVerdict;
  readonly groups: readonly GroupVerdict[];
  /** Whether somebody bears the names of the batch already. */
  readonly names: readonly PreflightCheck[];
  /** What the batch costs when all slots end up in their first placement that is possible. */
  readonly totals: readonly PriceTotal[];
}

/** How one group looks. */
export interface GroupVerdict {
  readonly group: string;
  readonly slots: number;
  readonly verdict: PreflightVerdict;
  /** In the order of their rank. */
  readonly placements: readonly PlacementVerdict[];
  /** What concerns its placements together. */
  readonly checks: readonly PreflightCheck[];
}

/** How one placement of a group looks. */
export interface PlacementVerdict {
  readonly offer: Offer;
  readonly vSwitchId: string;
  /** Slots that begin here; 0 for a placement that only follows others. */
  readonly slots: number;
  readonly verdict: PreflightVerdict;
  readonly checks: readonly PreflightCheck[];
  /** Of one instance; null when it is not known. */
  readonly price: PriceFact | null;
}
