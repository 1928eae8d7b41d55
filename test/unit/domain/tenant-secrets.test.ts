import { isSecretOpen } from '../../../src/domain/tenant-secrets';

const TABLE = {
  payments: ['TAIRFLEET_SECRET_PAYMENTS_', '/run/secrets/payments'],
  shop: ['TAIRFLEET_SECRET_PAY', '/run/secrets/shop.key'],
};

describe('the secrets of a tenant', () => {
  it('are all that are open for the tenant default, and none for any other, without a table', () => {
    const reference = { env: 'TAIRFLEET_SECRET_HOOK' };
    expect(isSecretOpen({}, 'default', reference)).toBe(true);
    for (const tenant of ['payments', 'Default', '', null]) {
      expect(isSecretOpen({}, tenant, reference)).toBe(false);
    }
  });

  it.each([
    ['payments', 'TAIRFLEET_SECRET_PAYMENTS_HOOK', true],
    ['payments', 'TAIRFLEET_SECRET_PAYMENTS', false],
    ['payments', 'TAIRFLEET_SECRET_PAY', false],
    // A whole name is no beginning.
    ['shop', 'TAIRFLEET_SECRET_PAY', true],
    ['shop', 'TAIRFLEET_SECRET_PAYMENTS_HOOK', false],
    ['default', 'TAIRFLEET_SECRET_PAY', false],
    [null, 'TAIRFLEET_SECRET_PAY', false],
    ['__proto__', 'TAIRFLEET_SECRET_PAY', false],
  ])('of %s hold the variable %s: %s', (tenant, env, isOpen) => {
    expect(isSecretOpen(TABLE, tenant, { env })).toBe(isOpen);
  });

  it.each([
    ['payments', '/run/secrets/payments/hook', true],
    ['payments', '/run/secrets/payments', true],
    ['payments', '/run/secrets/payments-2/hook', false],
    ['payments', '/run/secrets/shop.key', false],
    ['shop', '/run/secrets/shop.key', true],
    ['shop', '/run/secrets/shop.key2', false],
  ])('of %s hold the file %s: %s', (tenant, file, isOpen) => {
    expect(isSecretOpen(TABLE, tenant, { file })).toBe(isOpen);
  });

  it('are those of * for a tenant without an entry, and only for such a one', () => {
    const table = { ...TABLE, '*': ['TAIRFLEET_SECRET_SHARED'] };
    const reference = { env: 'TAIRFLEET_SECRET_SHARED' };
    expect(isSecretOpen(table, 'anybody', reference)).toBe(true);
    expect(isSecretOpen(table, 'payments', reference)).toBe(false);
    expect(isSecretOpen(table, null, reference)).toBe(false);
  });
});
