import { mkdir, open, readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ResultDocument, ResultInstance } from '../domain/result';
import { writeFileAtomically } from './atomic-file';
import {
  encodeName,
  toBatchFolder,
  toGenerationPaths,
  toPathsIn,
  toShardPaths,
  toTenantFolder,
} from './folder-layout';
import type { GenerationKey } from './folder-layout';
import type { BatchKey, ResultStore, ShardKey, StoredResult, WaveInstance } from './result-store';
import {
  isResultDocument,
  isResultInstance,
  isWaveInstance,
  parseOrNull,
  parseStored,
} from './stored-json';

/** The port's argument of `addInstances`. */
type WaveKey = ShardKey & { readonly wave: string };

/**
 * A result store in a folder of this host, laid out as `<tenant>/<batchId>/g<generation>/` with
 * `document.json` and `instances.ndjson`, and for each shard `shards/<shard>/instances.ndjson` and
 * `waves/<wave>.ndjson`. Every file but those of waves, which grow, appears whole or not at all. An
 * earlier revision of a document is kept beside it as `document.r<revision>.json`. What is there and
 * cannot be understood rejects with a BrokenFileError.
 *
 * @param folder - the store's root; made when it is first written to
 */
export function createFolderResultStore(folder: string): ResultStore {
  return {
    list: (key) => listResults(folder, key),
    listLatest: (tenant) => listLatest(folder, tenant),
    addInstances: (key, instances) => addInstances(folder, key, instances),
    readInstances: (key) => readInstances(folder, key),
    writeShard: (key, instances) =>
      writeFileAtomically(toShardPaths(folder, key).instances, toLines(instances)),
    streamShard: (key) => readInstanceLines(toShardPaths(folder, key).instances),
    write: (document, instances) => writeResult(folder, document, instances),
    streamInstances: (key) => readInstanceLines(toGenerationPaths(folder, key).instances),
  };
}

async function listResults(root: string, key: BatchKey): Promise<readonly StoredResult[]> {
  const folder = toBatchFolder(root, key);
  const found = await Promise.all(
    (await listGenerations(folder)).map((generation) => readIn(folder, generation)),
  );
  return found.filter((stored) => stored !== undefined);
}

/** One batch after the other: a tenant may have thousands of documents. */
async function listLatest(root: string, tenant: string): Promise<readonly StoredResult[]> {
  const latest: StoredResult[] = [];
  const folder = toTenantFolder(root, tenant);
  for (const name of await readNames(folder)) {
    const batchFolder = join(folder, name);
    for (const generation of (await listGenerations(batchFolder)).reverse()) {
      const stored = await readIn(batchFolder, generation);
      if (stored === undefined) continue;
      latest.push(stored);
      break;
    }
  }
  return latest;
}

async function listGenerations(batchFolder: string): Promise<number[]> {
  return (await readNames(batchFolder))
    .map((name) => /^g(\d+)$/.exec(name)?.[1])
    .filter((digits) => digits !== undefined)
    .map(Number)
    .sort((left, right) => left - right);
}

async function readResult(root: string, key: GenerationKey): Promise<StoredResult | undefined> {
  return readIn(toBatchFolder(root, key), key.generation);
}

async function readIn(batchFolder: string, generation: number): Promise<StoredResult | undefined> {
  const paths = toPathsIn(batchFolder, generation);
  const text = await readIfThere(paths.document);
  if (text === undefined) return undefined;
  const document = parseStored(text, isResultDocument, { path: paths.document, line: null });
  return { location: paths.document, instancesLocation: paths.instances, document };
}

/** By appending, since a wave of hundreds learns of a few at a time; the last word on an id counts. */
async function addInstances(
  root: string,
  key: WaveKey,
  instances: readonly WaveInstance[],
): Promise<void> {
  const path = join(toShardPaths(root, key).waves, `${encodeName(key.wave)}.ndjson`);
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'a');
  try {
    // Begins a line of its own, whatever a crash has left of the one before.
    await file.appendFile(`\n${instances.map((each) => JSON.stringify(each)).join('\n')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function readInstances(
  root: string,
  key: ShardKey,
): Promise<ReadonlyMap<string, WaveInstance>> {
  const { waves } = toShardPaths(root, key);
  const byId = new Map<string, WaveInstance>();
  for (const name of (await readNames(waves)).filter((file) => file.endsWith('.ndjson')).sort()) {
    for await (const known of readWave(join(waves, name))) byId.set(known.id, known);
  }
  return byId;
}

async function writeResult(
  root: string,
  document: ResultDocument,
  instances: AsyncIterable<ResultInstance> | Iterable<ResultInstance>,
): Promise<StoredResult> {
  const paths = toGenerationPaths(root, document);
  const complete = withInstancesUrl(document, paths.instances);
  await keepEarlierRevision(root, complete);
  await writeFileAtomically(paths.instances, toLines(instances));
  // Last, since a document is what makes the generation count as finished.
  await writeFileAtomically(paths.document, [`${JSON.stringify(complete, null, 2)}\n`]);
  return { location: paths.document, instancesLocation: paths.instances, document: complete };
}

function withInstancesUrl(document: ResultDocument, instancesPath: string): ResultDocument {
  if (document.instances !== undefined || document.instancesUrl !== undefined) return document;
  return { ...document, instancesUrl: pathToFileURL(instancesPath).href };
}

async function keepEarlierRevision(root: string, document: ResultDocument): Promise<void> {
  const earlier = await readResult(root, document);
  if (earlier === undefined || earlier.document.revision >= document.revision) return;
  const { folder } = toGenerationPaths(root, document);
  const path = join(folder, `document.r${earlier.document.revision}.json`);
  await writeFileAtomically(path, [`${JSON.stringify(earlier.document, null, 2)}\n`]);
}

async function* toLines<Item>(items: AsyncIterable<Item> | Iterable<Item>): AsyncGenerator<string> {
  for await (const item of items) yield `${JSON.stringify(item)}\n`;
}

/** What a crash has cut in the middle was told to nobody, and comes again. */
async function* readWave(path: string): AsyncGenerator<WaveInstance> {
  for await (const line of readTexts(path)) {
    const instance = parseOrNull(line, isWaveInstance);
    if (instance !== null) yield instance;
  }
}

async function* readInstanceLines(path: string): AsyncGenerator<ResultInstance> {
  let line = 0;
  for await (const text of readTexts(path)) {
    line += 1;
    yield parseStored(text, isResultInstance, { path, line });
  }
}

async function* readTexts(path: string): AsyncGenerator<string> {
  const file = await open(path).catch(ignoreMissing<undefined>(undefined));
  if (file === undefined) return;
  try {
    for await (const line of file.readLines()) if (line !== '') yield line;
  } finally {
    await file.close();
  }
}

async function readNames(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(ignoreMissing<readonly string[]>([]));
}

async function readIfThere(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(ignoreMissing<undefined>(undefined));
}

/** Only "no such file" means nothing is there; every other failure must not look like that. */
function ignoreMissing<Value>(value: Value): (error: NodeJS.ErrnoException) => Value {
  return (error) => {
    if (error.code === 'ENOENT') return value;
    throw error;
  };
}
