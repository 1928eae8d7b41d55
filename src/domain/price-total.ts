import type { ChargeType } from './batch-request';

/** What all groups with one way of paying cost together. */
export interface PriceTotal {
  readonly chargeType: ChargeType;
  /** Null: the amount is for an hour. */
  readonly periodMonths: number | null;
  /** Null when no price is known. */
  readonly currency: string | null;
  /** Decimal number, of the slots whose price is known. */
  readonly amount: string;
  readonly slots: number;
  /** Slots without a known price: the amount lacks theirs. */
  readonly unpricedSlots: number;
}
