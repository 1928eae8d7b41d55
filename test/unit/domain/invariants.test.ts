import { findViolations, InvariantWatch } from '../../../src/domain/invariant-watch';
import { findReusedTokens } from '../../../src/domain/invariants';
import type { ChunkPath, HomeChunk } from '../../../src/domain/home-chunk-state';
import { applyAll, createProvenHome } from '../../support/domain-samples';

function createOwned(): HomeChunk {
  return applyAll(
    createProvenHome(2),
    { type: 'schedule', path: 'g/0-1' },
    { type: 'created', path: 'g/0-1', ids: ['r-1', 'r-2'] },
  ).home;
}

function withPath(home: HomeChunk, change: Partial<ChunkPath>): HomeChunk {
  return { ...home, paths: home.paths.map((path) => ({ ...path, ...change })) };
}

function listDetails(...homes: HomeChunk[]): string[] {
  return findViolations(homes).map(({ detail }) => detail);
}

function listBroken(...homes: HomeChunk[]): string[] {
  return findViolations(homes).map(({ invariant }) => invariant);
}

test('legal states break nothing', () => {
  const replaced = applyAll(createOwned(), { type: 'replace', id: 'r-1' }).home;
  expect(listBroken(createProvenHome(2))).toEqual([]);
  expect(listBroken(replaced)).toEqual([]);
});

test('an instance in two slots is found, also across home chunks', () => {
  const twice = withPath(createOwned(), { ids: ['r-1', 'r-1'] });
  expect(listBroken(twice)).toContain('one-owner');
  expect(listBroken(createOwned(), { ...createOwned(), index: 1 })).toContain('one-owner');
});

test('a path that owns too few is found, and one that owns something too early', () => {
  expect(listBroken(withPath(createOwned(), { ids: ['r-1'] }))).toContain('full-path');
  expect(listBroken(withPath(createOwned(), { phase: 'planned' }))).toContain('full-path');
});

test('a slot without a path and one with two are found', () => {
  expect(listBroken({ ...createOwned(), paths: [] })).toContain('slots-covered-once');
  const twice = createProvenHome(2);
  const paths = [...twice.paths, ...twice.paths];
  expect(listBroken({ ...twice, paths })).toContain('slots-covered-once');
});

test('a slot that is not of the home chunk is found', () => {
  expect(listBroken(withPath(createProvenHome(2), { from: 1 }))).toEqual([
    'slots-covered-once',
    'slots-covered-once',
  ]);
});

test('two calls in flight for one name are found, and a call beside a settle', () => {
  const creating = withPath(createProvenHome(2), { phase: 'creating' });
  const halves = [0, 1].map((from) => ({ ...creating.paths[0]!, from, count: 1 }));
  expect(listBroken({ ...creating, paths: halves })).toEqual(['one-turn']);
  expect(listBroken({ ...creating, isSettling: true })).toEqual(['one-turn']);
});

test('states that count more or fewer slots than there are do not add up', () => {
  const twice = withPath(createOwned(), { ids: ['r-1', 'r-1'] });
  expect(listBroken(twice)).toContain('counts-balanced');
});

test('what is wrong is said with its place', () => {
  const { name } = createProvenHome(2);
  const creating = withPath(createProvenHome(2), { phase: 'creating' });
  const halves = [0, 1].map((from) => ({ ...creating.paths[0]!, from, count: 1 }));
  expect(listDetails({ ...creating, paths: halves })).toEqual([
    `2 creates of ${name} run beside each other`,
  ]);
  expect(listDetails({ ...creating, isSettling: true })).toEqual([
    `1 creates of ${name} run beside a settle`,
  ]);
  const beside = withPath({ ...createProvenHome(2), from: 4 }, { from: 6 });
  expect(listDetails(beside)).toEqual([
    `slot 4 of ${name} belongs to 0 paths`,
    `slot 5 of ${name} belongs to 0 paths`,
    `slot 6 is not one of ${name}`,
    `slot 7 is not one of ${name}`,
  ]);
  expect(listDetails(withPath(createOwned(), { ids: ['r-1', 'r-1'] }))).toEqual([
    `the states of ${name} do not add up`,
    'r-1 is owned by g/0-1 and by a path of home chunk 0',
  ]);
  expect(listDetails(withPath(createOwned(), { phase: 'planned' }))).toContain(
    'g/0-1 is planned with 2 of 2 ids',
  );
});

describe('from step to step', () => {
  it('an id that another home chunk has owned for long is found', () => {
    const [first, second] = [createOwned(), { ...createProvenHome(2), index: 1 }];
    const watch = new InvariantWatch();
    expect(watch.check([first, second])).toEqual([]);
    const taken = { ...createOwned(), index: 1 };
    expect(watch.check([first, taken])).toMatchObject([
      { invariant: 'one-owner' },
      { invariant: 'one-owner' },
    ]);
  });

  it('what did not change is not looked at again', () => {
    const first = createOwned();
    const watch = new InvariantWatch();
    watch.check([first, { ...createProvenHome(2), index: 1 }]);
    const look = jest.fn(() => []);
    Object.defineProperty(first, 'paths', { get: look });
    watch.check([first, { ...createProvenHome(2), index: 1 }]);
    expect(look).not.toHaveBeenCalled();
  });

  it('an id that is owned no more may be owned by another one', () => {
    const watch = new InvariantWatch();
    watch.check([createOwned(), { ...createProvenHome(2), index: 1 }]);
    expect(watch.check([createProvenHome(2), { ...createOwned(), index: 1 }])).toEqual([]);
  });
});

test('a token that was sent with two bodies is found, as often as it was', () => {
  const sent = (token: string, bodyHash: string) => ({ token, bodyHash });
  expect(findReusedTokens([sent('a', '1'), sent('b', '2'), sent('a', '1')])).toEqual([]);
  const wrong = { invariant: 'one-body-per-token', detail: 'a was sent with two bodies' };
  expect(findReusedTokens([sent('a', '1'), sent('a', '2'), sent('a', '2')])).toEqual([
    wrong,
    wrong,
  ]);
});
