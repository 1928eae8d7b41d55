import { appendFileSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ResultDocument, ResultInstance } from '../../../src/domain/result';
import { encodeName } from '../../../src/outbound/folder-layout';
import { createFolderResultStore } from '../../../src/outbound/folder-result-store';
import { createResultDocument } from '../../support/result-document';
import { createTempFolder } from '../../support/temp-folder';
import type { TempFolder } from '../../support/temp-folder';

const KEY = { tenant: 'payments', batchId: 'sessions-2026-11' };

describe('the folder result store', () => {
  let folder: TempFolder;
  beforeEach(() => (folder = createTempFolder()));
  afterEach(() => folder.remove());

  it('lists nothing for a batch it has never seen', async () => {
    expect(await createFolderResultStore(folder.path).list(KEY)).toEqual([]);
  });

  it('gives back the document and the instances it was given', async () => {
    const store = createFolderResultStore(folder.path);
    const written = await store.write(createResultDocument(), [
      createInstance(0),
      createInstance(1),
    ]);
    expect(await store.list(KEY)).toEqual([written]);
    expect(written.location).toBe(
      join(folder.path, 'payments', 'sessions-2026-11', 'g0', 'document.json'),
    );
    expect(await toArray(store.streamInstances({ ...KEY, generation: 0 }))).toEqual([
      createInstance(0),
      createInstance(1),
    ]);
  });

  it('lists generations in order of their number, not of their name', async () => {
    const store = createFolderResultStore(folder.path);
    for (const generation of [10, 2, 0])
      await store.write(createResultDocument({ generation }), []);
    const generations = (await store.list(KEY)).map(({ document }) => document.generation);
    expect(generations).toEqual([0, 2, 10]);
  });

  it('does not take a generation for finished that only has waves', async () => {
    const store = createFolderResultStore(folder.path);
    await store.addInstances({ ...KEY, generation: 1, shard: 0, wave: 'w0' }, [
      createWaveInstance('r-1'),
    ]);
    expect(await store.list(KEY)).toEqual([]);
  });

  it('keeps the last word on an instance, however often a wave is told', async () => {
    const store = createFolderResultStore(folder.path);
    const wave = { ...KEY, generation: 0, shard: 0, wave: 'sessions/0-89' };
    await store.addInstances(wave, [createWaveInstance('r-1'), createWaveInstance('r-2')]);
    await store.addInstances(wave, [{ ...createWaveInstance('r-2'), status: 'Normal' }]);
    await store.addInstances(wave, [{ ...createWaveInstance('r-2'), status: 'Normal' }]);
    const known = await store.readInstances({ ...KEY, generation: 0, shard: 0 });
    expect([...known.keys()].sort()).toEqual(['r-1', 'r-2']);
    expect(known.get('r-2')?.status).toBe('Normal');
  });

  it('reads a wave of which a crash has cut a line, and what was told after it', async () => {
    const store = createFolderResultStore(folder.path);
    const wave = { ...KEY, generation: 0, shard: 0, wave: 'w0' };
    await store.addInstances(wave, [createWaveInstance('r-1')]);
    const files = readdirSync(folder.path, { recursive: true, encoding: 'utf8' });
    const file = files.find((name) => name.endsWith('w0.ndjson'));
    appendFileSync(join(folder.path, file ?? ''), '{"id":"r-2","sta');
    await store.addInstances(wave, [createWaveInstance('r-3')]);
    expect([...(await store.readInstances(wave)).keys()]).toEqual(['r-1', 'r-3']);
  });

  it('keeps the earlier revision of a document beside the latest one', async () => {
    const store = createFolderResultStore(folder.path);
    await store.write(createResultDocument(), []);
    await store.write(createResultDocument({ revision: 1, outcome: 'partial' }), []);
    expect((await store.list(KEY)).map(({ document }) => document.revision)).toEqual([1]);
    const kept = join(folder.path, 'payments', 'sessions-2026-11', 'g0', 'document.r0.json');
    const earlier = JSON.parse(readFileSync(kept, 'utf8')) as ResultDocument;
    expect(earlier.outcome).toBe('succeeded');
  });

  it('says where the instances are when the document does not hold them', async () => {
    const store = createFolderResultStore(folder.path);
    const { document } = await store.write(createResultDocument(), [createInstance(0)]);
    expect(document.instancesUrl).toMatch(/^file:\/\/.*instances\.ndjson$/);
  });

  it('leaves the old result and no draft when a stream of instances breaks', async () => {
    const store = createFolderResultStore(folder.path);
    await store.write(createResultDocument(), [createInstance(0)]);
    await expect(store.write(createResultDocument(), breakingStream())).rejects.toThrow('broke');
    const kept = await toArray(store.streamInstances({ ...KEY, generation: 0 }));
    expect(kept).toEqual([createInstance(0)]);
    const files = readdirSync(join(folder.path, 'payments', 'sessions-2026-11', 'g0'));
    expect(files.filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('reports a document that cannot be read instead of taking it for missing', async () => {
    const store = createFolderResultStore(folder.path);
    const { location } = await store.write(createResultDocument(), []);
    writeFileSync(location, '{');
    await expect(store.list(KEY)).rejects.toMatchObject({ code: 'ERR_BROKEN_FILE' });
  });

  it.each(['null', '[]', '{}', '{"schema":"tairfleet/result/v1","counts":{}}'])(
    'does not take %s for a document',
    async (text) => {
      const store = createFolderResultStore(folder.path);
      const { location } = await store.write(createResultDocument(), []);
      writeFileSync(location, text);
      await expect(store.list(KEY)).rejects.toThrow(`${location} is cut`);
    },
  );

  it('names the line of a list that is cut, and gives what stands before it', async () => {
    const store = createFolderResultStore(folder.path);
    const { instancesLocation } = await store.write(createResultDocument(), [createInstance(0)]);
    appendFileSync(instancesLocation, '{"slot":1,"group":"sess');
    const reading = toArray(store.streamInstances({ ...KEY, generation: 0 }));
    await expect(reading).rejects.toThrow(`${instancesLocation}:2 is cut`);
  });

  it('does not take a line of a wave for an instance that is none', async () => {
    const store = createFolderResultStore(folder.path);
    const wave = { ...KEY, generation: 0, shard: 0, wave: 'w0' };
    await store.addInstances(wave, [createWaveInstance('r-1')]);
    const files = readdirSync(folder.path, { recursive: true, encoding: 'utf8' });
    const file = files.find((name) => name.endsWith('w0.ndjson'));
    appendFileSync(join(folder.path, file ?? ''), 'null\n7\n{"id":3}\n');
    expect([...(await store.readInstances(wave)).keys()]).toEqual(['r-1']);
  });
});

describe('the name of a file', () => {
  it.each([
    ['sessions-2026_11.a', 'sessions-2026_11.a'],
    ['Blue', '+blue'],
    ['..', '%2e.'],
    ['a/b', 'a%2fb'],
    ['é', '%c3%a9'],
  ])('of %s is %s', (name, encoded) => {
    expect(encodeName(name)).toBe(encoded);
  });
});

function createInstance(slot: number): ResultInstance {
  const id = `r-${slot}`;
  const place = { region: 'cn-hangzhou', zone: 'cn-hangzhou-h' };
  return { slot, group: 'sessions', id, name: 'sessions-x', ...place, state: 'ready' };
}

function createWaveInstance(id: string) {
  return { id, status: 'Creating', zone: 'cn-hangzhou-h', endpoint: null };
}

async function* breakingStream(): AsyncGenerator<ResultInstance> {
  yield createInstance(7);
  await Promise.resolve();
  throw new Error('broke');
}

async function toArray<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
