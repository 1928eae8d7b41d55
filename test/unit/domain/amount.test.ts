import fc from 'fast-check';
import { formatAmount, parseAmount } from '../../../src/domain/amount';

describe('an amount of money', () => {
  it.each([
    ['0', 0n],
    ['1', 10_000n],
    ['0.1625', 1_625n],
    ['12.3', 123_000n],
    ['0.16250', 1_625n],
  ])('reads %s exactly', (text, amount) => {
    expect(parseAmount(text)).toBe(amount);
  });

  it('rounds what is finer than a ten-thousandth up, so that nothing looks cheaper than it is', () => {
    expect(parseAmount('0.16251')).toBe(1_626n);
    expect(parseAmount('0.99999')).toBe(10_000n);
  });

  it.each(['', '-1', '1e3', '1.', '.5', 'NaN', '1,5', ' 1'])('does not guess at %j', (text) => {
    expect(parseAmount(text)).toBeNull();
  });

  it('is written so that it is read again as it was, with two decimals at least', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), (amount) => {
        expect(parseAmount(formatAmount(amount))).toBe(amount);
        expect(formatAmount(amount)).toMatch(/^\d+\.\d{2}(\d{2})?$/);
      }),
    );
  });
});
