import { IDENTITY_CODE_LENGTH, toIdentityCode } from '../../../src/domain/identity';

const IDENTITY = { installationId: 'i', account: 'a', tenant: 't', batchId: 'b' };

test('the code has at least 50 bits, five in each character', () => {
  expect(toIdentityCode(IDENTITY)).toMatch(/^[0-9a-hjkmnp-tv-z]+$/);
  expect(toIdentityCode(IDENTITY)).toHaveLength(IDENTITY_CODE_LENGTH);
  expect(5 * IDENTITY_CODE_LENGTH).toBeGreaterThanOrEqual(50);
});

test.each(['installationId', 'account', 'tenant', 'batchId'] as const)(
  'another %s is another identity',
  (part) => {
    expect(toIdentityCode({ ...IDENTITY, [part]: 'x' })).not.toBe(toIdentityCode(IDENTITY));
  },
);

test('the code of an identity never changes: its instances would not be found again', () => {
  expect(toIdentityCode(IDENTITY)).toBe('wpg6njgddm');
});
