import { formatAmount, parseAmount } from './amount';

/** A sum of money in one currency. */
export interface Price {
  /** Ten-thousandths of the currency's unit. */
  readonly amount: bigint;
  /** Such as `CNY`. */
  readonly currency: string;
}

/** How people write a price: `0.25 CNY`. */
export const PRICE_RULE = {
  pattern: /^\d{1,12}(?:\.\d{1,4})? [A-Z]{3}$/,
  description: 'an amount with its currency, such as 0.25 CNY',
} as const;

/**
 * Reads a price as people write it.
 *
 * @param text - such as `0.25 CNY`
 * @returns null for anything else
 */
export function parsePrice(text: string): Price | null {
  if (!PRICE_RULE.pattern.test(text)) return null;
  const [number = '', currency = ''] = text.split(' ');
  const amount = parseAmount(number);
  return amount === null ? null : { amount, currency };
}

/** Writes a price as {@link parsePrice} reads it. */
export function formatPrice({ amount, currency }: Price): string {
  return `${formatAmount(amount)} ${currency}`;
}

/**
 * The price that the service quoted; null when it is no plain number.
 *
 * @param quoted - decimal number, and currency, as the service wrote them
 */
export function toPrice(quoted: {
  readonly amount: string;
  readonly currency: string;
}): Price | null {
  const amount = parseAmount(quoted.amount);
  return amount === null ? null : { amount, currency: quoted.currency };
}
