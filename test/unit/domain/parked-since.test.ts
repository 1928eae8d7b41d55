import { withParkedSince } from '../../../src/domain/parked-since';
import type { Refusal } from '../../../src/domain/refusal';
import { applyAll, createProvenHome, createRefusal, pathOf } from '../../support/domain-samples';

const DENIED = createRefusal('denied');
const SCHEDULE = { type: 'schedule', path: 'g/0-1' } as const;
const toRefused = (refusal: Refusal) => ({ type: 'refused', path: 'g/0-1', refusal }) as const;
const PARKED = applyAll(createProvenHome(2), SCHEDULE, toRefused(DENIED)).home;

it('notes the moment in which a path parks', () => {
  expect(pathOf(PARKED, 'g/0-1').phase).toBe('parked');
  expect(pathOf(withParkedSince(PARKED, 1_000), 'g/0-1').refusal).toEqual({
    ...DENIED,
    parkedAtMs: 1_000,
  });
});

it('leaves the moment alone while the path stays parked', () => {
  const once = withParkedSince(PARKED, 1_000);
  expect(withParkedSince(once, 2_000)).toBe(once);
});

it('counts anew when the path is tried again and refused again', () => {
  const once = withParkedSince(PARKED, 1_000);
  const again = applyAll(
    once,
    { type: 'retry', path: 'g/0-1' },
    SCHEDULE,
    toRefused(createRefusal('account')),
  ).home;
  expect(pathOf(withParkedSince(again, 2_000), 'g/0-1').refusal).toMatchObject({
    class: 'account',
    parkedAtMs: 2_000,
  });
});

it('touches nothing that is not parked', () => {
  const home = createProvenHome(2);
  expect(withParkedSince(home, 1_000)).toBe(home);
});
