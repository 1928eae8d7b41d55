import { createHash } from 'node:crypto';
import { sha256Base32, sha256Hex } from '../../../src/domain/hash';

test.each(['', 'abc', 'ä €'])('the hash of %j is that of its UTF-8 bytes', (text) => {
  expect(sha256Hex(text)).toBe(createHash('sha256').update(text, 'utf8').digest('hex'));
});

test('base 32 spells the first bits, five in each character', () => {
  // ba7816bf... = 10111 01001 11100 00001
  expect(sha256Base32('abc', 4)).toBe('q9w1');
});

test('a shorter code is the start of a longer one', () => {
  expect(sha256Base32('abc', 51).startsWith(sha256Base32('abc', 10))).toBe(true);
});
