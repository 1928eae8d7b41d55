import type { BatchKey } from './result-store';

/** What a release knows about one instance. */
export interface ReleaseEntry {
  readonly id: string;
  /**
   * - `releasing`: written before the call, so that an instance that is gone later was ours to release;
   * - `released`: the service has answered that it is gone, after our call;
   * - `gone`: it was not there when the release looked.
   */
  readonly state: 'releasing' | 'released' | 'gone';
}

/** Which release of which result. */
export type ReleaseKey = BatchKey & { readonly generation: number };

/**
 * Keeps what a release does, instance by instance, beside the result. Whoever deletes writes down
 * first what is about to go: after a crash nobody else can tell a released instance from a lost one.
 */
export interface ReleaseBook {
  /** Adds entries of a part; the later entry of an id counts. Writing again is harmless. */
  note(
    key: ReleaseKey & { readonly part: string },
    entries: readonly ReleaseEntry[],
  ): Promise<void>;
  /** The latest entry of each id. */
  read(key: ReleaseKey): Promise<ReadonlyMap<string, ReleaseEntry['state']>>;
}
