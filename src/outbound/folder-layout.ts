import { join, resolve } from 'node:path';
import type { BatchKey, ShardKey } from './result-store';

/** Which generation of which batch. */
export type GenerationKey = BatchKey & { readonly generation: number };

/** Where the files of one generation lie. */
export interface GenerationPaths {
  readonly folder: string;
  readonly document: string;
  readonly instances: string;
}

/** Where the files of one shard lie. */
export interface ShardPaths {
  readonly instances: string;
  readonly waves: string;
}

/**
 * The folder of a tenant's batches.
 *
 * @param root - the store's folder
 * @param tenant - whose
 */
export function toTenantFolder(root: string, tenant: string): string {
  return resolve(join(root, encodeName(tenant)));
}

/**
 * The folder of a batch: `<root>/<tenant>/<batchId>`.
 *
 * @param root - the store's folder
 * @param key - which batch
 */
export function toBatchFolder(root: string, key: BatchKey): string {
  return join(toTenantFolder(root, key.tenant), encodeName(key.batchId));
}

/**
 * The paths of one generation: `g<generation>/document.json` and `instances.ndjson`.
 *
 * @param root - the store's folder
 * @param key - which batch and generation
 */
export function toGenerationPaths(root: string, key: GenerationKey): GenerationPaths {
  return toPathsIn(toBatchFolder(root, key), key.generation);
}

/**
 * As {@link toGenerationPaths}, within the folder of the batch.
 *
 * @param batchFolder - the batch's folder
 * @param generation - which
 */
export function toPathsIn(batchFolder: string, generation: number): GenerationPaths {
  const folder = join(batchFolder, `g${generation}`);
  return {
    folder,
    document: join(folder, 'document.json'),
    instances: join(folder, 'instances.ndjson'),
  };
}

/**
 * The paths of one shard: `g<generation>/shards/<shard>/instances.ndjson` and `waves/`.
 *
 * @param root - the store's folder
 * @param key - which shard of which generation
 */
export function toShardPaths(root: string, key: ShardKey): ShardPaths {
  const folder = join(toGenerationPaths(root, key).folder, 'shards', String(key.shard));
  return { instances: join(folder, 'instances.ndjson'), waves: join(folder, 'waves') };
}

/**
 * Makes a name safe as a file name: no way out of the folder, and no two names that differ only by
 * case, since some file systems take those for one. `Blue.1` becomes `+blue.1`.
 *
 * @param name - tenant, batch id or wave
 */
export function encodeName(name: string): string {
  const escapeByte = (byte: number): string => `%${byte.toString(16).padStart(2, '0')}`;
  return name
    .replace(/[^a-zA-Z0-9._-]/gu, (char) => [...Buffer.from(char)].map(escapeByte).join(''))
    .replace(/[A-Z]/g, (letter) => `+${letter.toLowerCase()}`)
    .replace(/^\./, '%2e');
}
