import { addCounts, isBalanced, NO_SLOTS } from '../../../src/domain/progress';

test('counts are added state by state', () => {
  const sum = addCounts({ ...NO_SLOTS, slots: 2, ready: 2 }, { ...NO_SLOTS, slots: 1, failed: 1 });
  expect(sum).toEqual({ ...NO_SLOTS, slots: 3, ready: 2, failed: 1 });
});

test('counts are balanced exactly when every slot is in one state', () => {
  expect(isBalanced(NO_SLOTS)).toBe(true);
  expect(isBalanced({ ...NO_SLOTS, slots: 2, parked: 1, gated: 1 })).toBe(true);
  expect(isBalanced({ ...NO_SLOTS, slots: 2, parked: 1 })).toBe(false);
});
