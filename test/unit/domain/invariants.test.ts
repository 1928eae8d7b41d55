import { findReusedTokens, findViolations } from '../../../src/domain/invariants';
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

function listBroken(...homes: HomeChunk[]): string[] {
  return findViolations(homes).map(({ invariant }) => invariant);
}

test('legal states break nothing', () => {
  const replaced = applyAll(createOwned(), { type: 'replace', id: 'r-1' }).home;
  expect(listBroken(createProvenHome(2))).toEqual([]);
  expect(listBroken(replaced)).toEqual([]);
});

test('an instance in two slots is found, also across home chunks', () => {
  expect(listBroken(withPath(createOwned(), { ids: ['r-1', 'r-1'] }))).toEqual(['one-owner']);
  expect(listBroken(createOwned(), createOwned())).toEqual(['one-owner', 'one-owner']);
});

test('a path that owns too few is found, and one that owns something too early', () => {
  expect(listBroken(withPath(createOwned(), { ids: ['r-1'] }))).toContain('full-path');
  expect(listBroken(withPath(createOwned(), { phase: 'planned' }))).toContain('full-path');
});

test('a slot without a path and one with two are found', () => {
  expect(listBroken({ ...createOwned(), paths: [] })).toEqual([
    'slots-covered-once',
    'slots-covered-once',
  ]);
  const twice = createProvenHome(2);
  const paths = [...twice.paths, ...twice.paths];
  expect(listBroken({ ...twice, paths })).toContain('slots-covered-once');
});

test('a token that was sent with two bodies is found', () => {
  const sent = (token: string, bodyHash: string) => ({ token, bodyHash });
  expect(findReusedTokens([sent('a', '1'), sent('b', '2'), sent('a', '1')])).toEqual([]);
  expect(findReusedTokens([sent('a', '1'), sent('a', '2')])).toHaveLength(1);
});
