/**
 * Money without rounding errors: whole ten-thousandths of a currency unit, as `bigint`. An hour of the
 * smallest class costs fractions of a cent, and a batch multiplies them by thousands.
 */

const DIGITS = 4;
const SCALE = 10n ** BigInt(DIGITS);
const DECIMAL = /^(\d{1,15})(?:\.(\d{1,20}))?$/;

/**
 * Reads an amount as the service writes it.
 *
 * @param text - such as `1.5`; never negative, never with an exponent
 * @returns ten-thousandths, rounded up, so that a price never looks lower than it is; null for anything else
 */
export function parseAmount(text: string): bigint | null {
  const match = DECIMAL.exec(text);
  if (match === null) return null;
  const [, whole = '0', fraction = ''] = match;
  const kept = BigInt(fraction.slice(0, DIGITS).padEnd(DIGITS, '0'));
  const isRoundedUp = /[1-9]/.test(fraction.slice(DIGITS));
  return BigInt(whole) * SCALE + kept + (isRoundedUp ? 1n : 0n);
}

/**
 * Writes an amount with two decimals, or with four where two would lose something.
 *
 * @param amount - ten-thousandths, not negative
 */
export function formatAmount(amount: bigint): string {
  const fraction = String(amount % SCALE).padStart(DIGITS, '0');
  return `${amount / SCALE}.${fraction.replace(/00$/, '')}`;
}
