import { createGate, isGateFor, toBackOffMs, toGateKey } from '../../../src/domain/gate';
import { createRefusal } from '../../support/domain-samples';

test('quota closes one gate for all groups, capacity one for its group', () => {
  const quota = createGate(createRefusal('quota'), { group: 1, count: 90 }, 0);
  const capacity = createGate(createRefusal('capacity'), { group: 1, count: 90 }, 0);
  expect([isGateFor(quota, 0), isGateFor(quota, 1)]).toEqual([true, true]);
  expect([isGateFor(capacity, 0), isGateFor(capacity, 1)]).toEqual([false, true]);
});

test('gates of different causes and groups have different keys', () => {
  const keys = [
    toGateKey({ cause: 'quota', group: null }),
    toGateKey({ cause: 'capacity', group: 0 }),
    toGateKey({ cause: 'capacity', group: 1 }),
  ];
  expect(new Set(keys).size).toBe(3);
});

test('the pause doubles from its minimum to its maximum and stays there', () => {
  const pauses = [0, 1, 2, 3, 4, 2_000].map((tries) => toBackOffMs(tries, 1_000, 10_000));
  expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
});
