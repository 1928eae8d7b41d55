import { classify } from './classify';
import type { ChunkPath, HomeChunk, PathPhase } from './home-chunk-state';
import { addCounts, NO_SLOTS, type ParkedChunk, type SlotCounts } from './progress';
import type { Refusal } from './refusal';
import { listPaths, type Shard } from './shard-state';

/** How far a shard is. */
export interface ShardCounts {
  readonly counts: SlotCounts;
  /** One entry for each group of the request, zeros for those with no slot in this shard. */
  readonly groups: readonly SlotCounts[];
}

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

/**
 * Counts the slots of a shard by state.
 *
 * @param shard - the shard's state
 * @param groupCount - how many groups the whole request has
 */
export function countShard(shard: Shard, groupCount: number): ShardCounts {
  const groups = Array.from({ length: groupCount }, () => NO_SLOTS);
  for (const home of shard.homes) {
    groups[home.group] = addCounts(groups[home.group] ?? NO_SLOTS, countHome(home));
  }
  return { counts: groups.reduce(addCounts, NO_SLOTS), groups };
}

/** What waits for a person in this shard, each with the step that helps. */
export function listParked(shard: Shard): readonly ParkedChunk[] {
  return listPaths(shard)
    .filter(({ path }) => path.phase === 'parked')
    .map(({ path }) => toParkedChunk(path));
}

function countHome(home: HomeChunk): SlotCounts {
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

function toParkedChunk(path: ChunkPath): ParkedChunk {
  const refusal: Refusal = path.refusal ?? { class: 'unknown', code: 'unresolved' };
  const { message, requestId } = refusal;
  return {
    chunk: path.name,
    slots: path.count,
    class: refusal.class,
    code: refusal.code,
    ...(message === undefined ? {} : { message }),
    ...(requestId === undefined ? {} : { requestId }),
    nextStep: toNextStep(refusal),
  };
}

/** What parks came as a refusal, so a code that nobody listed is read as one. */
function toNextStep({ code }: Refusal): string {
  return classify({ code, httpStatus: 400 }).nextStep;
}
