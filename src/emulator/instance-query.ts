import type { Instance } from './instance';
import type { InstanceStore } from './instance-store';

/** Results kept, so that paging through one list does not compute it once a page. */
const CACHE_MAX = 64;

/** One question to the store. */
export interface InstanceQuery {
  /** Equal questions have equal keys. */
  readonly key: string;
  /** False when the answer may change without the clock or the store: never kept. */
  readonly isKept: boolean;
  /** Asked one by one when given, else `searchText`, else all. */
  readonly ids: readonly string[] | undefined;
  readonly searchText: string | undefined;
  /** True when the instance belongs to the answer now. */
  matches(instance: Instance): boolean;
  /** When the answer of `matches` may next change by the clock alone; the past: no more. */
  changesAtMs(instance: Instance): number;
}

interface CachedResult {
  readonly version: number;
  readonly validUntilMs: number;
  readonly instances: readonly Instance[];
}

/** Answers questions to the store, keeping results for as long as nothing can have changed. */
export class InstanceQueries {
  private readonly cache = new Map<string, CachedResult>();

  constructor(private readonly store: InstanceStore) {}

  /** The instances that match, in order of creation. */
  run(query: InstanceQuery, nowMs: number): readonly Instance[] {
    if (query.ids !== undefined) return this.findByIds(query.ids).filter((i) => query.matches(i));
    const cached = this.cache.get(query.key);
    if (cached?.version === this.store.version && nowMs < cached.validUntilMs) {
      return cached.instances;
    }
    const result = this.compute(query, nowMs);
    if (query.isKept) this.keep(query.key, result);
    return result.instances;
  }

  /** Drops what was kept: for changes of the config that alter what instances look like. */
  forget(): void {
    this.cache.clear();
  }

  private findByIds(ids: readonly string[]): Instance[] {
    return [...new Set(ids)].flatMap((id) => this.store.find(id) ?? []);
  }

  private compute(query: InstanceQuery, nowMs: number): CachedResult {
    const { searchText } = query;
    const candidates =
      searchText === undefined ? this.store.listLiving() : this.store.search(searchText);
    const instances: Instance[] = [];
    let validUntilMs = Number.POSITIVE_INFINITY;
    for (const instance of candidates) {
      if (query.matches(instance)) instances.push(instance);
      const changesAtMs = query.changesAtMs(instance);
      if (changesAtMs > nowMs && changesAtMs < validUntilMs) validUntilMs = changesAtMs;
    }
    return { version: this.store.version, validUntilMs, instances };
  }

  private keep(key: string, result: CachedResult): void {
    this.cache.delete(key);
    this.cache.set(key, result);
    const oldest = this.cache.keys().next();
    if (this.cache.size > CACHE_MAX && !oldest.done) this.cache.delete(oldest.value);
  }
}
