import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { CONFIG_DEFAULTS } from '../../src/config/defaults';
import { loadConfig } from '../../src/config/load-config';
import { SETTINGS } from '../../src/config/settings';
import { createTempFolder, type TempFolder } from '../support/temp-folder';
import { anyJson, fuzz, PROTOTYPE_KEYS } from './fuzz';
import { anyYamlText } from './yaml-texts';

let folder: TempFolder;

beforeAll(() => {
  folder = createTempFolder();
});

afterAll(() => folder.remove());

describe('a configuration', () => {
  it('of any text is a whole configuration, or problems that name the file', () =>
    fuzz(
      fc.property(anyYamlText('plan: { chunkSlots: 30 }\naccounts: { a: {} }\n'), (text) => {
        const file = join(folder.path, 'config.yaml');
        writeFileSync(file, text);
        const loaded = loadConfig({ env: {}, file });
        if (loaded.ok) return expectWhole(loaded.config);
        expect(loaded.problems.length).toBeGreaterThan(0);
        for (const problem of loaded.problems) expect(problem).toContain('config.yaml');
      }),
      80,
    ));

  it('with anything in any place is a whole configuration, or problems', () => {
    const keys = [...new Set(SETTINGS.flatMap(({ path }) => path)), ...PROTOTYPE_KEYS];
    const path = fc.oneof(
      fc.constantFrom(...SETTINGS.map(({ path: known }) => [...known])),
      fc.array(fc.constantFrom(...keys), { minLength: 1, maxLength: 3 }),
    );
    return fuzz(
      fc.property(path, anyJson(), (place, value) => {
        const file = join(folder.path, 'config.yaml');
        writeFileSync(file, JSON.stringify(nest(place, value)));
        const loaded = loadConfig({ env: {}, file });
        if (loaded.ok) expectWhole(loaded.config);
        else expect(loaded.problems.length).toBeGreaterThan(0);
      }),
      80,
    );
  });

  it('with anything in its variables is whole, or problems that never repeat a value', () => {
    const variable = fc.constantFrom(...SETTINGS.map((setting) => setting.variable));
    const text = fc.string({ unit: 'binary', minLength: 12, maxLength: 40 });
    return fuzz(
      fc.property(variable, text, (name, value) => {
        const loaded = loadConfig({ env: { [name]: value }, cwd: folder.path });
        if (loaded.ok) return expectWhole(loaded.config);
        expect(loaded.problems.join()).toContain(name);
        expect(loaded.problems.join()).not.toContain(value);
      }),
      80,
    );
  });
});

function nest(path: readonly string[], value: unknown): unknown {
  const [key, ...rest] = path;
  return key === undefined ? value : Object.fromEntries([[key, nest(rest, value)]]);
}

function expectWhole(config: object): void {
  expect(Object.keys(config)).toEqual(expect.arrayContaining(Object.keys(CONFIG_DEFAULTS)));
  expect(Object.isFrozen(config)).toBe(true);
}
