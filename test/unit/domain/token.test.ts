import { toToken, type TokenInput } from '../../../src/domain/token';

const INPUT: TokenInput = {
  identity: { installationId: 'i', account: 'a', tenant: 't', batchId: 'b' },
  generation: 0,
  path: 'g/0-89',
  epoch: 0,
  bodyHash: 'ab12',
};

test('the token of a call never changes: another one would buy again after an upgrade', () => {
  expect(toToken(INPUT)).toBe('tf-fv83x46r4f7xyv93enht5th07hyvdj4xzvyh0yfycnx7t5j3wyd');
});

test.each<[string, Partial<TokenInput>]>([
  ['batch', { identity: { ...INPUT.identity, batchId: 'c' } }],
  ['generation', { generation: 1 }],
  ['path', { path: 'g/0-44' }],
  ['epoch', { epoch: 1 }],
  ['body', { bodyHash: 'ab13' }],
])('another %s has another token', (_what, change) => {
  expect(toToken({ ...INPUT, ...change })).not.toBe(toToken(INPUT));
});

test('what moves from one part of the identity to the next gives another token', () => {
  const shifted = { ...INPUT.identity, tenant: 'tb', batchId: '' };
  expect(toToken({ ...INPUT, identity: shifted })).not.toBe(toToken(INPUT));
});
