import type { InstancePage } from './answer-mapping';
import type { Answer, SeenInstance } from './port';
import { PAGE_SIZE_MAX } from './request-mapping';

/** Reads one page of a search, counted from 1. */
export type ReadPage = (pageNumber: number) => Promise<Answer<InstancePage>>;

/** What all pages together say; `null` when they contradict each other. */
type ReadThrough = Answer<ReadonlyMap<string, SeenInstance> | null>;

/** How often a list may change under our hands before it is given up. */
const READS_MAX = 3;

/**
 * Reads all pages of a search and keeps the names that contain the tag. An instance that goes away
 * between two pages moves the rest up, so that one of them is on neither page, and would be bought
 * again. Hence the pages count only if they hold exactly as many instances as each of them announces.
 *
 * @returns null as the value when the list kept changing
 */
export async function searchAllPages(
  nameTag: string,
  readPage: ReadPage,
): Promise<Answer<readonly SeenInstance[] | null>> {
  let calls = 0;
  for (let read = 0; read < READS_MAX; read += 1) {
    const found = await readThrough(readPage);
    calls += found.calls;
    if (found.kind === 'failed') return { ...found, calls };
    if (found.value !== null) {
      const instances = [...found.value.values()].filter(({ name }) => name.includes(nameTag));
      return { kind: 'ok', value: instances, calls };
    }
  }
  return { kind: 'ok', value: null, calls };
}

async function readThrough(readPage: ReadPage): Promise<ReadThrough> {
  const found = new Map<string, SeenInstance>();
  let calls = 0;
  let totalCount: number | null = null;
  for (let pageNumber = 1; ; pageNumber += 1) {
    const page = await readPage(pageNumber);
    calls += page.calls;
    if (page.kind === 'failed') return { ...page, calls };
    totalCount ??= page.value.totalCount;
    if (page.value.totalCount !== totalCount) return { kind: 'ok', value: null, calls };
    const sizeBefore = found.size;
    for (const instance of page.value.instances) found.set(instance.id, instance);
    // Without the second a list that repeats itself would be read for ever.
    if (pageNumber * PAGE_SIZE_MAX >= totalCount || found.size === sizeBefore) {
      return { kind: 'ok', value: found.size === totalCount ? found : null, calls };
    }
  }
}
