import { sha256 } from '@noble/hashes/sha256';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';

/** Letters and digits without the ones that people confuse (Crockford), in lower case. */
const BASE32 = '0123456789abcdefghjkmnpqrstvwxyz';

/** SHA-256 of a text's UTF-8 bytes, as 64 hex digits. */
export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/**
 * The first characters of a text's SHA-256 in base 32: five bits each.
 *
 * @param text - what to hash
 * @param length - number of characters, at most 51
 */
export function sha256Base32(text: string, length: number): string {
  let bits = BigInt(`0x${sha256Hex(text)}`) >> BigInt(256 - 5 * length);
  let code = '';
  for (let index = 0; index < length; index += 1) {
    code = BASE32.charAt(Number(bits & 31n)) + code;
    bits >>= 5n;
  }
  return code;
}
