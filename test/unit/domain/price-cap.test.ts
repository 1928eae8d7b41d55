import { createPendingApproval } from '../../../src/domain/approval';
import { withBars } from '../../../src/domain/barred-placements';
import { checkBatchRequest } from '../../../src/domain/check-batch-request';
import type { BatchRequest } from '../../../src/domain/batch-request';
import type { PriceFact } from '../../../src/domain/preflight-facts';
import {
  listPriceBars,
  listPricedOffers,
  type PlacementBar,
  type PriceAnswers,
} from '../../../src/domain/price-cap';
import { applyToShard } from '../../../src/domain/shard';
import { listPaths } from '../../../src/domain/shard-state';
import { createFrozen } from '../../support/batch-requests';
import { createProvenShard, SHARD_RULES } from '../../support/shard-samples';
import { createTestRequest, PLACEMENT, SPEC } from '../../support/test-request';

const OTHER = { ...PLACEMENT, zone: 'cn-hangzhou-i', vSwitchId: 'vsw-2' };

function check(group: object = {}, policy: object = {}): BatchRequest {
  const request = createTestRequest(10, { placements: [PLACEMENT, OTHER], ...group });
  const checked = checkBatchRequest({
    ...{ apiVersion: 'tairfleet/v1', batchId: 'b', policy },
    ...request,
  });
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return checked.request;
}

/** The same price everywhere but in the second zone. */
function answer(request: BatchRequest, first: string, second = first): PriceAnswers {
  return listPricedOffers(request).map((question) => {
    const amount = question.zone === OTHER.zone ? second : first;
    const value: PriceFact = { amount, currency: 'CNY' };
    return { question, fact: { kind: 'known', value } };
  });
}

describe('a price cap', () => {
  const request = check({ maxPrice: '0.25 CNY' });

  it('bars a placement that costs more, and none that costs as much', () => {
    expect(listPriceBars(request, answer(request, '0.2501', '0.25'))).toMatchObject([
      { group: 0, placement: 0, refusal: { code: 'price-above-cap' } },
    ]);
  });

  it('of a placement wins over that of its group', () => {
    const own = check({ maxPrice: '0.25 CNY', placements: [{ ...PLACEMENT, maxPrice: '9 CNY' }] });
    expect(listPriceBars(own, answer(own, '1.00'))).toEqual([]);
  });

  it('bars a placement whose price is unknown, unreadable or in another currency', () => {
    const [question] = listPricedOffers(request);
    const unknown = { kind: 'unknown', code: 'Forbidden.RAM', message: 'not allowed' } as const;
    const facts = [
      ...[unknown, { kind: 'known', value: { amount: '1e-3', currency: 'CNY' } } as const],
      { kind: 'known', value: { amount: '0.01', currency: 'USD' } } as const,
    ];
    for (const fact of facts) {
      const [bar] = listPriceBars(request, [{ question: question!, fact }]);
      expect(bar).toMatchObject({ placement: 0, refusal: { code: 'price-unknown' } });
    }
    expect(listPriceBars(request, [])).toHaveLength(2);
  });

  it('is asked for where it stands, and nowhere else', () => {
    expect(listPricedOffers(check())).toEqual([]);
    const one = check({ placements: [PLACEMENT, { ...OTHER, maxPrice: '1 CNY' }] });
    expect(listPricedOffers(one).map(({ zone }) => zone)).toEqual([OTHER.zone]);
  });

  it('must name its currency', () => {
    for (const maxPrice of ['0.25', '0.25 cny', '-1 CNY', '1e3 CNY', 0.25]) {
      expect(() => check({ maxPrice })).toThrow('maxPrice');
    }
  });
});

describe('a shard with barred placements', () => {
  const bar = (placement: number): PlacementBar => ({
    ...{ group: 0, placement },
    refusal: { class: 'invalid', code: 'price-above-cap', message: `placement ${placement}` },
  });
  const plain = createProvenShard([0]);
  const shard = {
    ...plain,
    groups: plain.groups.map((group) => ({ ...group, placementCount: 3 })),
  };
  const apply = (from: typeof shard, ...events: Parameters<typeof applyToShard>[1][]) =>
    events.reduce(
      (state, event) => applyToShard(state, event, { rules: SHARD_RULES, nowMs: 1 }).shard,
      from as ReturnType<typeof withBars>,
    );
  const listPlaces = (state: ReturnType<typeof withBars>) =>
    listPaths(state).map(({ path }) => [path.phase, path.placement]);

  it('begins in the first one that is not barred, and goes on past those that are', () => {
    const begun = apply(withBars(shard, [bar(0)]) as typeof shard, { type: 'start' });
    expect(listPlaces(begun)).toEqual([['creating', 1]]);
    const refusal = { class: 'capacity', code: 'Code.capacity' } as const;
    const refused = { type: 'refused', path: 'g0/0-1', refusal } as const;
    const next = apply(begun as typeof shard, { type: 'home', home: 0, event: refused });
    expect(listPlaces(next)).toEqual([['creating', 2]]);
    // Never the barred one, not even as the probe of a gate.
    const last = apply(next as typeof shard, { type: 'home', home: 0, event: refused });
    const probed = apply(last as typeof shard, { type: 'retry', paths: null });
    expect(listPlaces(probed)).toEqual([
      ['creating', 1],
      ['gated', 1],
    ]);
  });

  it('parks what has no placement left, also after a retry, until a price has fallen', () => {
    const barred = apply(withBars(shard, [bar(0), bar(1), bar(2)]) as typeof shard, {
      type: 'start',
    });
    expect(listPlaces(barred)).toEqual([['parked', 0]]);
    expect(listPaths(barred)[0]?.path.refusal).toMatchObject({
      ...{ code: 'price-above-cap', message: 'placement 0; placement 1; placement 2' },
    });
    const retried = apply(barred as typeof shard, { type: 'retry', paths: null });
    expect(listPlaces(retried)).toEqual([['parked', 0]]);
    const fallen = apply(retried as typeof shard, { type: 'bars', bars: [bar(0), bar(2)] });
    expect(listPlaces(fallen)).toEqual([['creating', 1]]);
  });

  it('leaves one whose price rises, also after a doubt, unless its token may have been sent', () => {
    const [home] = shard.homes;
    const [path] = home!.paths;
    const toPlacement = (change: object): number => {
      const open = { ...home!, wasOpen: true, paths: [{ ...path!, ...change }] };
      const paused = apply({ ...shard, homes: [open] }, { type: 'pause' });
      const risen = apply(paused as typeof shard, { type: 'bars', bars: [bar(0)] });
      return listPaths(risen)[0]!.path.placement;
    };
    expect(toPlacement({})).toBe(1);
    expect(toPlacement({ rounds: 1 })).toBe(0);
    expect(toPlacement({ settles: 1 })).toBe(0);
  });

  it('does not wait at one whose price rose while a call for it was under way', () => {
    const begun = apply(shard, { type: 'start' }, { type: 'bars', bars: [bar(0)] });
    const refusal = { class: 'quota', code: 'Code.quota' } as const;
    const event = { type: 'refused', path: 'g0/0-1', refusal } as const;
    const refused = apply(begun as typeof shard, { type: 'home', home: 0, event });
    expect(listPlaces(refused).every(([, placement]) => placement === 1)).toBe(true);
  });

  it('stays stopped when the control of its group passes after all prices have risen', () => {
    const all = { type: 'bars', bars: [bar(0), bar(1), bar(2)] } as const;
    const risen = apply(shard, all, { type: 'controlled', group: 0, refusal: null });
    expect(risen.groups[0]).toMatchObject({ control: 'passed', stopped: { class: 'invalid' } });
  });
});

describe('an approval by price', () => {
  const FROZEN = createFrozen(check());
  const pend = (request: BatchRequest, prices: PriceAnswers) =>
    createPendingApproval(request, FROZEN, { prices, nowMs: 0 });
  const limited = (limit: string, group: object = {}) =>
    check(group, { approvalAbovePrice: limit });

  it('counts every instance in its dearest placement', () => {
    const request = limited('2.99 CNY');
    expect(pend(request, answer(request, '0.10', '0.30'))).toMatchObject({ price: '3.00 CNY' });
    expect(pend(limited('3 CNY'), answer(request, '0.10', '0.30'))).toBeNull();
  });

  it('counts a placement under a cap with its cap, since more is never paid there', () => {
    const request = limited('1.99 CNY', { maxPrice: '0.20 CNY' });
    expect(pend(request, answer(request, '0.10', '0.30'))).toMatchObject({ price: '2.00 CNY' });
  });

  it('is wanted when a price is unknown, or in another currency', () => {
    expect(pend(limited('999 CNY'), [])).toMatchObject({ price: 'unknown' });
    const request = limited('999 USD');
    expect(pend(request, answer(request, '0.10'))).toMatchObject({ price: 'unknown' });
  });

  it('names another plan for another price, and the same as ever where no price is asked', () => {
    const request = limited('1 CNY');
    const plans = ['0.30', '0.40'].map((amount) => pend(request, answer(request, amount))?.plan);
    expect(new Set(plans).size).toBe(2);
    expect(pend(check({}, { approvalAbove: 1 }), [])).toMatchObject({ price: null });
    expect(pend(check({ spec: SPEC }), [])).toBeNull();
  });
});
