import type { Proof, Since } from './proof';
import type { Refusal } from './refusal';

/**
 * A home chunk: the slots that share one instance name. It starts as one path, the set of slots that
 * becomes one API call, and may become several by splits, partial finds and replacements.
 */
export interface HomeChunk {
  /** Position in its shard. */
  readonly index: number;
  /** Index of the group in the request. */
  readonly group: number;
  readonly groupName: string;
  /** Name that all its instances share. */
  readonly name: string;
  /** First slot, within the group. */
  readonly from: number;
  readonly count: number;
  /** Index of the placement that it begins with; the others follow in their order, round and round. */
  readonly firstPlacement: number;
  /** In slot order. */
  readonly paths: readonly ChunkPath[];
  /** Whether a settle is under way: its timer or its look. Nothing is sent meanwhile. */
  readonly isSettling: boolean;
  /** From when the settle counts; null when no activity of a run has said so yet. */
  readonly since: Since | null;
  /** Instances that were replaced: never adopted again (rule R8). */
  readonly replacedIds: readonly string[];
  /** Whether an outcome was ever in doubt: the closing audit then compares sets (rule R9). */
  readonly wasOpen: boolean;
  /** What unfinished paths become when they are settled, once the batch is ending. */
  readonly ending: Ending | null;
  /** How many of the owned instances are ready. */
  readonly readyCount: number;
  /** Owned instances that will not become ready, or did not in time. */
  readonly failed: readonly FailedInstance[];
}

/** An owned instance that is not ready, and never will be as far as we wait. */
export interface FailedInstance {
  readonly id: string;
  /** Raw status, or `notReadyInTime`. */
  readonly status: string;
}

/** How an unfinished path ends. */
export interface Ending {
  readonly as: 'skipped' | 'parked';
  readonly refusal: Refusal;
}

/**
 * Where a path is in its life:
 *
 * - `planned`, `backingOff`, `gated`: closed; nothing in flight; may be sent at once, after a pause,
 *   or when the gate lets it;
 * - `creating`: a create activity is in flight;
 * - `settling`: the outcome is in doubt until a settle;
 * - `parked`: closed, and waits for a person;
 * - `owned`: has all its ids;
 * - `skipped`: closed for good.
 */
export type PathPhase =
  'planned' | 'backingOff' | 'gated' | 'creating' | 'settling' | 'parked' | 'owned' | 'skipped';

/** The slots of one API call, and how far they are. */
export interface ChunkPath {
  /** Such as `sessions/0-89`: derives from the slot range, and is part of the token. */
  readonly name: string;
  readonly from: number;
  readonly count: number;
  /** 0, or the how-manieth replacement of its slot. */
  readonly replacement: number;
  readonly phase: PathPhase;
  /** Moves only from a settled state (rule R7). */
  readonly epoch: number;
  /** Index of its placement. */
  readonly placement: number;
  /** Carried, never looked into; null: nothing is proven. */
  readonly proof: Proof | null;
  readonly ids: readonly string[];
  /** Rounds refused before execution with this token. */
  readonly rounds: number;
  /** Settles since the last step forward. */
  readonly settles: number;
  /** The last refusal: why it waits, is parked, or what the settle is to apply. */
  readonly refusal: Refusal | null;
  /** A skip that waits for the settle. */
  readonly isToSkip: boolean;
}

/** Phases in which nothing of the path can be in flight. */
const CLOSED: ReadonlySet<PathPhase> = new Set(['planned', 'backingOff', 'gated', 'parked']);

/** Whether the path is closed and unfinished. */
export function isClosed(path: ChunkPath): boolean {
  return CLOSED.has(path.phase);
}

/** Whether a settle may still give instances to this path (rule R5). */
export function isUnfinished(path: ChunkPath): boolean {
  return isClosed(path) || path.phase === 'settling';
}

/** Whether a path of the home chunk has a call in flight or an outcome in doubt (rule R8). */
export function isOpen(home: HomeChunk): boolean {
  return home.isSettling || home.paths.some((path) => path.phase === 'creating');
}

/** All ids that a create of this home chunk must not take for its own (rule R8). */
export function listIgnoredIds(home: HomeChunk): readonly string[] {
  return [...new Set([...home.paths.flatMap((path) => path.ids), ...home.replacedIds])];
}

/** The ids that the home chunk stands for: owned and not replaced. */
export function listOwnedIds(home: HomeChunk): readonly string[] {
  const replaced = new Set(home.replacedIds);
  return home.paths.flatMap((path) => path.ids).filter((id) => !replaced.has(id));
}

/** Builds a home chunk with its one path. */
export function createHomeChunk(
  place: Pick<HomeChunk, 'index' | 'group' | 'groupName' | 'name' | 'from' | 'count'> &
    Partial<Pick<HomeChunk, 'firstPlacement'>>,
): HomeChunk {
  const { groupName, from, count, firstPlacement = 0 } = place;
  return {
    ...place,
    firstPlacement,
    paths: [createPath(groupName, { from, count, placement: firstPlacement })],
    isSettling: false,
    since: null,
    replacedIds: [],
    wasOpen: false,
    ending: null,
    readyCount: 0,
    failed: [],
  };
}

/** Builds a planned path of epoch 0; its name derives from its slots. */
export function createPath(
  groupName: string,
  part: Pick<ChunkPath, 'from' | 'count'> & Partial<ChunkPath>,
): ChunkPath {
  const replacement = part.replacement ?? 0;
  const suffix = replacement > 0 ? `r${replacement}` : '';
  return {
    name: `${groupName}/${part.from}-${part.from + part.count - 1}${suffix}`,
    replacement,
    phase: 'planned',
    epoch: 0,
    placement: 0,
    proof: null,
    ids: [],
    rounds: 0,
    settles: 0,
    refusal: null,
    isToSkip: false,
    ...part,
  };
}
