import type { GroupPrice } from '../../../src/domain/batch-price';
import {
  findSpendProblem,
  toAskedHoldings,
  toHeldHoldings,
  type Holding,
} from '../../../src/domain/tenant-spend';
import { createCheckedRequest, createSubmittedGroup } from '../../support/batch-requests';
import { createResultDocument } from '../../support/result-document';

const HOURLY: GroupPrice = { group: 'sessions', chargeType: 'PostPaid', each: '0.25 CNY' };
const MONTHLY: GroupPrice = { group: 'store', chargeType: 'PrePaid', each: '100.00 CNY' };
const CAP = { perHour: '2 CNY', prepaid: '500 CNY' };

function hold(instances: number, ...prices: readonly GroupPrice[]): Holding {
  return { batchId: 'other', instances, prices };
}

describe('what a batch would cost its tenant', () => {
  it('may reach the cap and not go beyond, with what the tenant has', () => {
    expect(findSpendProblem(CAP, [hold(3, HOURLY)], [hold(5, HOURLY)])).toBeNull();
    expect(findSpendProblem(CAP, [hold(4, HOURLY)], [hold(5, HOURLY)])).toEqual({
      kind: 'above',
      asked: '1.00 CNY an hour',
      held: '1.25 CNY an hour',
      max: '2.00 CNY an hour',
    });
  });

  it('is bounded for each kind of charge alone, and only for those that it asks for', () => {
    const held = [hold(9, HOURLY), hold(3, MONTHLY)];
    expect(findSpendProblem(CAP, [hold(2, MONTHLY)], held)).toBeNull();
    expect(findSpendProblem(CAP, [hold(3, MONTHLY)], held)).toMatchObject({
      asked: '300.00 CNY prepaid',
      held: '300.00 CNY prepaid',
    });
    expect(findSpendProblem({ perHour: '9 CNY' }, [hold(99, MONTHLY)], held)).toBeNull();
  });

  it('counts what may be of several groups with the dearest, in each kind of charge', () => {
    const mixed = hold(2, HOURLY, { ...HOURLY, each: '0.90 CNY' }, MONTHLY);
    expect(findSpendProblem(CAP, [hold(1, HOURLY)], [mixed])).toMatchObject({
      held: '1.80 CNY an hour',
    });
    expect(findSpendProblem(CAP, [hold(4, MONTHLY)], [mixed])).toMatchObject({
      held: '200.00 CNY prepaid',
    });
  });

  it('refuses when a price is in another currency, or is no price', () => {
    for (const each of ['0.01 USD', 'little']) {
      const held = [hold(1, { ...HOURLY, each })];
      expect(findSpendProblem(CAP, [hold(1, HOURLY)], held)).toMatchObject({ kind: 'unknown' });
    }
  });

  it('refuses when nobody recorded what another batch costs, unless something is assumed', () => {
    const unpriced = { ...hold(4), batchId: 'old' };
    expect(findSpendProblem(CAP, [hold(1, HOURLY)], [unpriced])).toEqual({
      kind: 'unknown',
      batchId: 'old',
      setting: 'assumedPerHour',
    });
    const cap = { ...CAP, assumedPerHour: '0.40 CNY' };
    expect(findSpendProblem(cap, [hold(1, HOURLY)], [unpriced])).toBeNull();
    expect(findSpendProblem(cap, [hold(2, HOURLY)], [unpriced])).toMatchObject({
      held: '1.60 CNY an hour',
    });
    expect(findSpendProblem(cap, [hold(1, MONTHLY)], [unpriced])).toMatchObject({
      setting: 'assumedPrepaid',
    });
  });
});

describe('what a batch holds', () => {
  it('is all that it asks for while it runs', () => {
    const groups = [createSubmittedGroup(), createSubmittedGroup({ name: 'new', count: 9 })];
    expect(toAskedHoldings(createCheckedRequest({ groups }), [HOURLY])).toEqual([
      { batchId: 'b', instances: 3, prices: [HOURLY] },
      { batchId: 'b', instances: 9, prices: [] },
    ]);
  });

  it('is what its result says once it has ended: orphans too, and nothing that is gone', () => {
    const document = createResultDocument({
      batchId: 'ended',
      groups: [
        { name: 'sessions', slots: 9, ready: 4, failed: 3, gone: 2 },
        { name: 'store', slots: 9, ready: 0, failed: 0 },
      ],
      counts: { slots: 18, ready: 4, failed: 1, parked: 4, skipped: 4, released: 5, orphans: 2 },
      prices: [HOURLY, MONTHLY],
    });
    expect(toHeldHoldings(document)).toEqual([
      { batchId: 'ended', instances: 5, prices: [HOURLY] },
      { batchId: 'ended', instances: 2, prices: [HOURLY, MONTHLY] },
    ]);
  });
});
