import { dealFound } from '../../../src/domain/settle-deal';
import type { HomeChunk } from '../../../src/domain/home-chunk-state';
import {
  applyAll,
  createFound,
  createProvenHome,
  createRefusal,
  OLD_PROOF,
  PROOF,
} from '../../support/domain-samples';

const NEW_PROOF = { runId: 'newer-run' };

/** Slots 0 and 1: the first half settles, the second half is planned. */
function createHalves(): HomeChunk {
  return applyAll(
    createProvenHome(2),
    { type: 'split', path: 'g/0-1' },
    { type: 'schedule', path: 'g/0-0' },
    { type: 'lost', path: 'g/0-0' },
  ).home;
}

test('instances are dealt in slot order to all unfinished paths, not only to those in doubt', () => {
  const deal = dealFound(createHalves(), [createFound('r-1'), createFound('r-2')], NEW_PROOF);
  expect(deal.paths.map(({ name, ids }) => [name, ids])).toEqual([
    ['g/0-0', ['r-1']],
    ['g/1-1', ['r-2']],
  ]);
  expect(deal.owned).toEqual(['g/0-0', 'g/1-1']);
});

test('the order is that of the slots, however the paths came to stand', () => {
  const halves = createHalves();
  const reversed = { ...halves, paths: [...halves.paths].reverse() };
  const deal = dealFound(reversed, [createFound('r-1')], NEW_PROOF);
  expect(deal.paths.map(({ name, ids }) => [name, ids])).toEqual([
    ['g/0-0', ['r-1']],
    ['g/1-1', []],
  ]);
  expect(deal.owned).toStrictEqual(['g/0-0']);
  expect(deal.empty).toStrictEqual([]);
});

test('a replaced path stands before the one that replaces it', () => {
  const [first] = createProvenHome(1).paths;
  const replaced = { ...first!, phase: 'owned' as const, ids: ['r-0'] };
  const later = { ...first!, name: 'g/0-0r1', replacement: 1 };
  const home = { ...createProvenHome(1), paths: [later, replaced] };
  const deal = dealFound(home, [createFound('r-1')], NEW_PROOF);
  expect(deal.paths.map(({ replacement }) => replacement)).toEqual([0, 1]);
});

test('what is found for a path that was to be skipped is owned, and not skipped any more', () => {
  const halves = createHalves();
  const home = { ...halves, paths: halves.paths.map((path) => ({ ...path, isToSkip: true })) };
  const deal = dealFound(home, [createFound('r-1')], NEW_PROOF);
  expect(deal.paths.map(({ isToSkip }) => isToSkip)).toEqual([false, true]);
});

test('healthy ones are dealt before failed ones', () => {
  const found = [createFound('r-1', { isHealthy: false }), createFound('r-2'), createFound('r-3')];
  const deal = dealFound(createHalves(), found, NEW_PROOF);
  expect(deal.paths.flatMap(({ ids }) => ids)).toEqual(['r-2', 'r-3']);
});

test('a failed one is dealt when there is nothing better', () => {
  const found = [createFound('r-1', { isHealthy: false })];
  expect(dealFound(createHalves(), found, NEW_PROOF).owned).toEqual(['g/0-0']);
});

test('all unfinished paths get the proof when nothing is left over', () => {
  const deal = dealFound(createHalves(), [createFound('r-1')], NEW_PROOF);
  expect(deal.paths.map(({ proof }) => proof)).toEqual([NEW_PROOF, NEW_PROOF]);
});

test.each([true, false])(
  'nobody gets the proof when one is left over (healthy: %s)',
  (isHealthy) => {
    const found = [createFound('r-1'), createFound('r-2'), createFound('r-3', { isHealthy })];
    const deal = dealFound(createHalves(), found, NEW_PROOF);
    expect(deal.paths.map(({ proof }) => proof)).toEqual([null, null]);
  },
);

test('owned slots keep the proof they have', () => {
  const halves = createHalves();
  const owned = { phase: 'owned', ids: ['r-1'], proof: OLD_PROOF } as const;
  const home = {
    ...halves,
    paths: halves.paths.map((path) => (path.name === 'g/1-1' ? { ...path, ...owned } : path)),
  };
  const deal = dealFound(home, [createFound('r-1')], NEW_PROOF);
  expect(deal.paths.map(({ name, proof }) => [name, proof])).toEqual([
    ['g/0-0', NEW_PROOF],
    ['g/1-1', OLD_PROOF],
  ]);
});

test('what is owned or was replaced is not dealt again', () => {
  const home = { ...createHalves(), replacedIds: ['r-1'] };
  const deal = dealFound(home, [createFound('r-1')], NEW_PROOF);
  expect(deal).toMatchObject({ owned: [], empty: ['g/0-0'] });
});

test('only a path that was in doubt is told that nothing was found', () => {
  expect(dealFound(createHalves(), [], NEW_PROOF).empty).toEqual(['g/0-0']);
});

test('a parked path stays parked with the rest of a partial find', () => {
  const parked = applyAll(createProvenHome(2), {
    type: 'park',
    path: 'g/0-1',
    refusal: createRefusal('invalid'),
  }).home;
  const deal = dealFound(parked, [createFound('r-1')], PROOF);
  expect(deal.paths.map(({ name, phase }) => [name, phase])).toEqual([
    ['g/0-0', 'owned'],
    ['g/1-1', 'parked'],
  ]);
});

test('an instance that fits no slot is foreign and is never dealt', () => {
  const deal = dealFound(createHalves(), [createFound('r-1', { isOurs: false })], NEW_PROOF);
  expect(deal).toMatchObject({ hasForeign: true, owned: [] });
});
