import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Parameters } from './parameters';

/**
 * Percent-encodes per RFC 3986: only letters, digits and `- _ . ~` stay.
 *
 * `encodeURIComponent` leaves `! ' ( ) *` alone, which the signature does not.
 */
export function encodeRfc3986(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/**
 * The text that signature version 1.0 signs (API signature page of the RPC style).
 *
 * @param method - the HTTP method actually used, upper case
 * @param parameters - all parameters; `Signature` itself is left out
 */
export function createStringToSign(method: string, parameters: Parameters): string {
  const canonical = [...parameters.keys()]
    .filter((name) => name !== 'Signature')
    .sort()
    .map((name) => `${encodeRfc3986(name)}=${encodeRfc3986(parameters.get(name) ?? '')}`)
    .join('&');
  return `${method}&%2F&${encodeRfc3986(canonical)}`;
}

/** Base64 of HMAC-SHA1 with the secret and an ampersand as its key. */
export function signV1(stringToSign: string, secret: string): string {
  return createHmac('sha1', `${secret}&`).update(stringToSign).digest('base64');
}

/** Compares in constant time, so that a wrong signature does not tell how far it was right. */
export function isSameSignature(expected: string, given: string): boolean {
  const expectedBytes = Buffer.from(expected);
  const givenBytes = Buffer.from(given);
  return expectedBytes.length === givenBytes.length && timingSafeEqual(expectedBytes, givenBytes);
}
