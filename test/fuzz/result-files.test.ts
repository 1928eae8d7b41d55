import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { createFolderReleaseBook } from '../../src/outbound/folder-release-book';
import { createFolderResultStore } from '../../src/outbound/folder-result-store';
import { BROKEN_FILE } from '../../src/outbound/stored-json';
import { createResultDocument } from '../support/result-document';
import { createTempFolder, type TempFolder } from '../support/temp-folder';
import { anyJson, fuzz } from './fuzz';

const KEY = { tenant: 'payments', batchId: 'sessions-2026-11', generation: 0 };
const SHARD = { ...KEY, shard: 0 };
const IDS = ['r-0', 'r-1', 'r-2'];

let folder: TempFolder;
let root: string;

beforeAll(() => {
  folder = createTempFolder();
});

afterAll(() => folder.remove());

/** Each case has a store of its own. */
function tryDamages(property: (damage: Damage) => Promise<void>): Promise<void> {
  const fresh = fc.asyncProperty(anyDamage(), property).beforeEach(() => {
    root = mkdtempSync(join(folder.path, 'case-'));
  });
  return fuzz(fresh, 25);
}

interface Damage {
  readonly share: number;
  readonly text: string;
}

/** Cuts a file somewhere, and may write something else behind the cut. */
function anyDamage(): fc.Arbitrary<Damage> {
  const garbage = fc.oneof(
    fc.constant(''),
    anyJson().map((value) => `\n${JSON.stringify(value)}\n`),
    fc.string({ unit: 'binary', maxLength: 20 }),
  );
  return fc.record({ share: fc.double({ min: 0, max: 1, noNaN: true }), text: garbage });
}

/** Whatever has become of the files, readers see what was written, or a typed failure. */
describe('a file of the result store that is cut or holds garbage', () => {
  it('gives the true document, or says which file is broken', () =>
    tryDamages(async (damage) => {
      const store = await writeResult();
      damageFile('document.json', damage);
      const read = await settle(store.list(KEY));
      if (read !== 'broken') expect(read).toMatchObject([{ document: { ...KEY, revision: 0 } }]);
    }));

  it('gives a true part of the list of instances, and then says which line is broken', () =>
    tryDamages(async (damage) => {
      const store = await writeResult();
      damageFile('instances.ndjson', damage);
      const ids: string[] = [];
      const reading = async (): Promise<void> => {
        for await (const { id } of store.streamInstances(KEY)) ids.push(id);
      };
      await settle(reading());
      expect(ids).toEqual(IDS.slice(0, ids.length));
    }));

  it('gives of a wave what was told whole, and never an instance without an id', () =>
    tryDamages(async (damage) => {
      const store = createFolderResultStore(root);
      await store.addInstances(
        { ...SHARD, wave: 'w0' },
        IDS.map((id) => ({ id, status: 'Normal', zone: 'h', endpoint: null })),
      );
      damageFile('w0.ndjson', damage);
      const known = await store.readInstances(SHARD);
      expect(IDS).toEqual(expect.arrayContaining([...known.keys()]));
    }));

  it('gives true entries of a release book, or says which line is broken', () =>
    tryDamages(async (damage) => {
      const book = createFolderReleaseBook(root);
      await book.note(
        { ...KEY, part: 'p0' },
        IDS.map((id) => ({ id, state: 'released' })),
      );
      damageFile('p0.ndjson', damage);
      const read = await settle(book.read(KEY));
      if (read !== 'broken') {
        expect(IDS).toEqual(expect.arrayContaining([...read.keys()]));
        expect([...read.values()].every((state) => state === 'released')).toBe(true);
      }
    }));
});

async function writeResult() {
  const store = createFolderResultStore(root);
  const place = { name: 'n', region: 'r', zone: 'z', state: 'ready' };
  const instances = IDS.map((id, slot) => ({ slot, group: 'g', id, ...place }));
  await store.write(createResultDocument(), instances);
  return store;
}

function damageFile(name: string, { share, text }: Damage): void {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
  const path = join(root, files.find((file) => file.endsWith(name)) ?? name);
  const bytes = readFileSync(path);
  const kept = bytes.subarray(0, Math.round(bytes.length * share));
  writeFileSync(path, Buffer.concat([kept, Buffer.from(text)]));
}

async function settle<T>(reading: Promise<T>): Promise<T | 'broken'> {
  try {
    return await reading;
  } catch (error) {
    expect(error).toMatchObject({ code: BROKEN_FILE, message: expect.stringContaining('backup') });
    return 'broken';
  }
}
