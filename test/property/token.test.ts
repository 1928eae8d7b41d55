import fc from 'fast-check';
import { toToken, type TokenInput } from '../../src/domain/token';

const parts = fc.string({ maxLength: 12 });

const inputs: fc.Arbitrary<TokenInput> = fc.record({
  identity: fc.record({ installationId: parts, account: parts, tenant: parts, batchId: parts }),
  generation: fc.nat(3),
  path: fc.oneof(fc.constantFrom('g/0-1', 'g/0-0', 'g/0-0r1'), parts),
  epoch: fc.nat(3),
  bodyHash: fc.oneof(fc.constantFrom('a', 'b'), parts),
});

test('a token has at most 64 ASCII characters (CreateInstances page, 2025-03-27)', () => {
  fc.assert(
    fc.property(inputs, (input) => {
      expect(toToken(input)).toMatch(/^[\x21-\x7e]{1,64}$/);
    }),
  );
});

test('equal inputs have one token, and inputs that differ anywhere have two', () => {
  fc.assert(
    fc.property(inputs, inputs, (left, right) => {
      const isEqual = JSON.stringify(left) === JSON.stringify(right);
      expect(toToken(left) === toToken(right)).toBe(isEqual);
    }),
  );
});

test('a token never has two bodies, whatever else is equal', () => {
  fc.assert(
    fc.property(inputs, parts, (input, bodyHash) => {
      fc.pre(bodyHash !== input.bodyHash);
      expect(toToken({ ...input, bodyHash })).not.toBe(toToken(input));
    }),
  );
});
