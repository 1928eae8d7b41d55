import { listOwnedIds, type HomeChunk } from '../../../src/domain/home-chunk-state';
import {
  applyAll,
  createProvenHome,
  createRefusal,
  pathOf,
  PROOF,
} from '../../support/domain-samples';

describe('an owned path', () => {
  const owned = (): HomeChunk =>
    applyAll(
      createProvenHome(2),
      { type: 'schedule', path: 'g/0-1' },
      { type: 'created', path: 'g/0-1', ids: ['r-1', 'r-2'] },
    ).home;
  const END = {
    type: 'end',
    ending: { as: 'parked', refusal: createRefusal('unknown') },
  } as const;
  const REPLACE = { type: 'replace', id: 'r-2' } as const;

  test('gets a new path for the slot of a failed instance, which inherits the proof', () => {
    const { home } = applyAll(owned(), REPLACE);
    expect(pathOf(home, 'g/1-1r1')).toMatchObject({ phase: 'planned', count: 1, proof: PROOF });
    expect(home.replacedIds).toEqual(['r-2']);
    expect(listOwnedIds(home)).toEqual(['r-1']);
  });

  test('keeps the replaced instance among the ignored ones', () => {
    const { commands } = applyAll(owned(), REPLACE, { type: 'schedule', path: 'g/1-1r1' });
    expect(commands).toEqual([{ type: 'create', path: 'g/1-1r1', ignoreIds: ['r-1', 'r-2'] }]);
  });

  test('counts the replacements of a slot', () => {
    const { home } = applyAll(
      owned(),
      REPLACE,
      { type: 'schedule', path: 'g/1-1r1' },
      { type: 'created', path: 'g/1-1r1', ids: ['r-3'] },
      { type: 'replace', id: 'r-3' },
    );
    expect(pathOf(home, 'g/1-1r2').phase).toBe('planned');
  });

  test('replaces an instance once, and nothing once the batch has ended', () => {
    expect(applyAll(owned(), REPLACE, REPLACE).home.paths).toHaveLength(2);
    const ended = applyAll(owned(), END, REPLACE).home;
    expect(ended.paths).toHaveLength(1);
  });

  test('is not touched by skip, retry or end', () => {
    const { home } = applyAll(
      owned(),
      { type: 'skip', path: 'g/0-1' },
      { type: 'retry', path: 'g/0-1' },
      END,
    );
    expect(pathOf(home, 'g/0-1').phase).toBe('owned');
  });
});
