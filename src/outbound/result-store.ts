import type { ResultDocument, ResultInstance } from '../domain/result';

/** Which batch. */
export interface BatchKey {
  readonly tenant: string;
  readonly batchId: string;
}

/** Which shard of which of its generations. */
export interface ShardKey extends BatchKey {
  readonly generation: number;
  readonly shard: number;
}

/** Where a stored document lies, and what it says. */
export interface StoredResult {
  /** Address of the document for people: a file path or a URL. */
  readonly location: string;
  /** Address of the streamed list of instances (NDJSON). */
  readonly instancesLocation: string;
  readonly document: ResultDocument;
}

/**
 * Keeps result documents beyond the life of Temporal's history. A folder for one host; an object
 * store by the same port. Writing the same content twice is harmless.
 */
export interface ResultStore {
  /** All documents of a batch, oldest generation first, the latest revision of each. */
  list(key: BatchKey): Promise<readonly StoredResult[]>;
  /** The latest document of each batch of a tenant. */
  listLatest(tenant: string): Promise<readonly StoredResult[]>;
  /** Adds what one wave of readiness learned; idempotent by instance id. */
  addInstances(
    key: ShardKey & { readonly wave: string },
    instances: readonly WaveInstance[],
  ): Promise<void>;
  /** What the waves of a shard have learned so far, by instance id. */
  readInstances(key: ShardKey): Promise<ReadonlyMap<string, WaveInstance>>;
  /** Writes the list of a shard that has ended; a later one of the same shard replaces it. */
  writeShard(key: ShardKey, instances: Iterable<ResultInstance>): Promise<void>;
  /** Streams the list of a shard; nothing when it was never written. */
  streamShard(key: ShardKey): AsyncIterable<ResultInstance>;
  /** Writes the final document and its list of instances. */
  write(
    document: ResultDocument,
    instances: AsyncIterable<ResultInstance> | Iterable<ResultInstance>,
  ): Promise<StoredResult>;
  /** Streams the instances of a stored result. */
  streamInstances(key: BatchKey & { readonly generation: number }): AsyncIterable<ResultInstance>;
}

/** What a wave of readiness knows about one instance. */
export interface WaveInstance {
  readonly id: string;
  readonly status: string;
  readonly zone: string;
  readonly endpoint: string | null;
}
