import { hashValue, toCanonicalJson } from '../../../src/domain/canonical-json';

test('keys are sorted at every depth, and lists keep their order', () => {
  const value = { b: [{ z: 1, a: 2, m: 3 }, null, 'x'], c: null, a: { d: true, b: 0.5, c: '' } };
  expect(toCanonicalJson(value)).toBe(
    '{"a":{"b":0.5,"c":"","d":true},"b":[{"a":2,"m":3,"z":1},null,"x"],"c":null}',
  );
});

test('a key without a value is as absent as one that is not there', () => {
  expect(toCanonicalJson({ b: undefined, a: 1 })).toBe('{"a":1}');
});

test('equal values have one hash, however their keys are ordered, and other values another one', () => {
  const hash = hashValue({ zone: 'h', count: 2, name: 'a' });
  expect(hashValue({ name: 'a', zone: 'h', count: 2 })).toBe(hash);
  expect(hashValue({ name: 'a', zone: 'h', count: 3 })).not.toBe(hash);
  // Every token that was ever made depends on it.
  expect(hash).toBe('ca2aff3a355514711c857306e18f3260c7d4cedf2a9794fcab3a890c4f1ca36b');
});
