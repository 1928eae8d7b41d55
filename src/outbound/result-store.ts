import type { ResultDocument, ResultInstance } from '../domain/result';

/** Which batch, and which of its runs. */
export interface BatchKey {
  readonly tenant: string;
  readonly batchId: string;
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
  /** Adds what one wave of readiness learned; idempotent by instance id. */
  addInstances(
    key: BatchKey & { readonly generation: number; readonly wave: string },
    instances: readonly WaveInstance[],
  ): Promise<void>;
  /** What waves have learned so far, by instance id. */
  readInstances(
    key: BatchKey & { readonly generation: number },
  ): Promise<ReadonlyMap<string, WaveInstance>>;
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
