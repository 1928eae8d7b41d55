import { timingSafeEqual } from 'node:crypto';
import type { Refusal } from '../refusal';

/** How one call is signed. Each signature version makes its own. */
export interface CallSignature {
  /** The common parameters that this version demands, in the order in which they are missed. */
  readonly requiredParameters: readonly string[];
  /** What is wrong with the form of the signature, before any key is looked at. */
  readonly malformed: Refusal | undefined;
  readonly stringToSign: string;
  /** What the server tells about its own calculation when the signature is wrong. */
  readonly explanation: string;
  /** The signature as it should be. */
  sign(secret: string): string;
}

/** Compares in constant time, so that a wrong signature does not tell how far it was right. */
export function isSameSignature(expected: string, given: string): boolean {
  const expectedBytes = Buffer.from(expected);
  const givenBytes = Buffer.from(given);
  return expectedBytes.length === givenBytes.length && timingSafeEqual(expectedBytes, givenBytes);
}
