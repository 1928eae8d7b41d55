import { classify } from './classify';
import type { ChunkPath, HomeChunk, PathPhase } from './home-chunk-state';
import { addCounts, NO_SLOTS, type ParkedChunk, type SlotCounts } from './progress';
import type { Refusal } from './refusal';
import { listPaths, type Shard } from './shard-state';

/** How far the slots of one group are, as far as a shard has them. */
export interface GroupCounts {
  /** Index in the request. */
  readonly group: number;
  readonly counts: SlotCounts;
}

const UNRESOLVED: Refusal = { class: 'unknown', code: 'unresolved' };

/** What the slots of an unfinished or skipped path count as. */
const COUNTED_AS: Readonly<Record<Exclude<PathPhase, 'owned'>, keyof SlotCounts>> = {
  planned: 'planned',
  backingOff: 'planned',
  gated: 'gated',
  creating: 'creating',
  settling: 'creating',
  parked: 'parked',
  skipped: 'skipped',
};

/** Counts the slots of a shard by group and state. */
export function countGroups(shard: Shard): readonly GroupCounts[] {
  return shard.groups.map(({ group }) => ({
    group,
    counts: shard.homes
      .filter((home) => home.group === group)
      .map(countHome)
      .reduce(addCounts, NO_SLOTS),
  }));
}

/** What waits for a person in this shard, each with the step that helps. */
export function listParked(shard: Shard): readonly ParkedChunk[] {
  return listPaths(shard)
    .filter(({ path }) => path.phase === 'parked')
    .map(({ path }) => toParkedRow(path, path.refusal ?? UNRESOLVED));
}

/** One row of what waits for a person: slots, why, and the step that helps. */
export function toParkedRow(
  { name, count }: Pick<ChunkPath, 'name' | 'count'>,
  refusal: Refusal,
): ParkedChunk {
  const { message, requestId, parkedAtMs } = refusal;
  return {
    chunk: name,
    slots: count,
    class: refusal.class,
    code: refusal.code,
    ...(message === undefined ? {} : { message }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(parkedAtMs === undefined ? {} : { sinceMs: parkedAtMs }),
    nextStep: toNextStep(refusal),
  };
}

/** Counts the slots of a home chunk by state. */
export function countHome(home: HomeChunk): SlotCounts {
  const counts = { ...NO_SLOTS, slots: home.count };
  const replaced = new Set(home.replacedIds);
  const owned = new Set<string>();
  for (const path of home.paths) {
    if (path.phase !== 'owned') counts[COUNTED_AS[path.phase]] += path.count;
    else path.ids.filter((id) => !replaced.has(id)).forEach((id) => owned.add(id));
  }
  // A replaced instance had failed: its slot counts as what its replacement is.
  counts.failed = new Set(home.failed.map(({ id }) => id).filter((id) => owned.has(id))).size;
  counts.ready = Math.min(home.readyCount, owned.size - counts.failed);
  counts.starting = owned.size - counts.failed - counts.ready;
  return counts;
}

/** What parks came as a refusal, so a code that nobody listed is read as one. */
function toNextStep({ code }: Refusal): string {
  return classify({ code, httpStatus: 400 }).nextStep;
}
