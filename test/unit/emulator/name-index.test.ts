import fc from 'fast-check';
import { NameIndex } from '../../../src/emulator/name-index';

/** Few letters and many dashes: most texts occur in several names, at all kinds of places. */
const TEXT = fc.string({ unit: fc.constantFrom('a', 'b', '-'), minLength: 1, maxLength: 8 });

describe('the name index', () => {
  it('finds exactly the names that contain the text', () => {
    fc.assert(
      fc.property(fc.array(TEXT), TEXT, (names, text) => {
        const index = createIndex(names);
        const expected = [...new Set(names)].filter((name) => name.includes(text));
        expect(index.find(text).sort()).toEqual(expected.sort());
      }),
    );
  });

  it('finds them among many names, added before and after a search', () => {
    const names = Array.from({ length: 5_000 }, (_unused, i) => `batch-${i % 7}-c${i}`);
    const index = createIndex(names);
    expect(index.find('3-c1234').sort()).toEqual(names.filter((n) => n.includes('3-c1234')).sort());
    index.add('late-3-c1234');
    expect(index.find('3-c1234')).toContain('late-3-c1234');
  });
});

function createIndex(names: readonly string[]): NameIndex {
  const index = new NameIndex();
  for (const name of names) index.add(name);
  return index;
}
