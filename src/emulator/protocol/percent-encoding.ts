/** Most names and values are such, and need no more than this look. */
const UNRESERVED_PATTERN = /^[\w.~-]*$/;

/**
 * Percent-encodes per RFC 3986: only letters, digits and `- _ . ~` stay.
 *
 * `encodeURIComponent` leaves `! ' ( ) *` alone, which the signatures do not.
 */
export function encodeRfc3986(text: string): string {
  if (UNRESERVED_PATTERN.test(text)) return text;
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
