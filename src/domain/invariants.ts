import type { ChunkPath, HomeChunk } from './home-chunk-state';
import { isBalanced } from './progress';
import { countHome } from './shard-progress';

/**
 * What must hold in every state of a shard, whatever has happened: named once. The simulator checks it
 * after every step, and so does the workflow, which then fails its task instead of buying on
 * (docs/decisions/0012).
 */
export type StateInvariant =
  /** An instance stands for one slot. */
  | 'one-owner'
  /** A path owns as many instances as it has slots, or none. */
  | 'full-path'
  /** Every slot of a home chunk belongs to exactly one path that still counts. */
  | 'slots-covered-once'
  /** One path of a home chunk at a time has a call in flight or an outcome in doubt (rule R8). */
  | 'one-turn'
  /** Every slot is in exactly one state of the progress. */
  | 'counts-balanced'
  /** The service would refuse it, or worse, answer for the other body (rule R1). */
  | 'one-body-per-token';

/** What must hold between a batch and the cloud: only who sees both can tell, such as the simulator. */
export type WorldInvariant =
  /** At no moment are there more healthy instances than were ever asked for. */
  | 'never-too-many'
  /** Every instance that lives at the end is in the result: owned, or listed as an orphan. */
  | 'all-accounted-for'
  /** What the end lists as an orphan is owned by nobody, and could not have been owned. */
  | 'no-needless-orphan'
  /** A slot is bought again no more often than the request allows. */
  | 'replaced-as-allowed'
  /** Nothing is ordered in a placement that is not used for its price. */
  | 'bars-hold'
  /** Unless somebody gives slots up, all of them are filled at the end. */
  | 'all-slots-filled'
  /** A batch comes to its end when its faults do. */
  | 'batch-ends';

/** Any of them. */
export type InvariantName = StateInvariant | WorldInvariant;

/** A broken invariant, and where. */
export interface Violation {
  readonly invariant: InvariantName;
  /** What is wrong with what, as a clause. */
  readonly detail: string;
}

/** A call that was sent, as far as its token matters. */
export interface SentToken {
  readonly token: string;
  readonly bodyHash: string;
}

/** Everything that is wrong within a home chunk; ids that other home chunks own too are not seen. */
export function findHomeViolations(home: HomeChunk): readonly Violation[] {
  return [
    ...home.paths.flatMap(findMiscount),
    ...findMiscoveredSlots(home),
    ...findSharedTurn(home),
    ...findImbalance(home),
  ];
}

/** The bodies that tokens were sent with. */
export class TokenBook {
  private readonly bodies = new Map<string, string>();

  /** Notes a call; says what is wrong when its token was sent with another body before. */
  note({ token, bodyHash }: SentToken): readonly Violation[] {
    const first = this.bodies.get(token);
    if (first === undefined) this.bodies.set(token, bodyHash);
    if (first === undefined || first === bodyHash) return [];
    return [{ invariant: 'one-body-per-token', detail: `${token} was sent with two bodies` }];
  }
}

/** Tokens that were sent with more than one body. */
export function findReusedTokens(sent: readonly SentToken[]): readonly Violation[] {
  const book = new TokenBook();
  return sent.flatMap((call) => book.note(call));
}

/** A path that owns more or fewer instances than its phase and its slots allow. */
function findMiscount(path: ChunkPath): readonly Violation[] {
  const expected = path.phase === 'owned' ? path.count : 0;
  if (path.ids.length === expected) return [];
  const detail = `${path.name} is ${path.phase} with ${path.ids.length} of ${path.count} ids`;
  return [{ invariant: 'full-path', detail }];
}

/**
 * Slots of a home chunk that no path or more than one path stands for. A slot whose instance was
 * replaced belongs to its replacement alone.
 */
function findMiscoveredSlots(home: HomeChunk): readonly Violation[] {
  const holders = new Array<number>(home.count).fill(0);
  const strays: number[] = [];
  for (const path of home.paths) {
    for (let offset = 0; offset < path.count; offset += 1) {
      const id = path.ids[offset];
      if (id !== undefined && home.replacedIds.includes(id)) continue;
      const slot = path.from + offset - home.from;
      const found = holders[slot];
      if (found === undefined) strays.push(slot);
      else holders[slot] = found + 1;
    }
  }
  const wrong = holders.flatMap((found, slot) =>
    found === 1 ? [] : [`slot ${home.from + slot} of ${home.name} belongs to ${found} paths`],
  );
  const beyond = strays.map((slot) => `slot ${home.from + slot} is not one of ${home.name}`);
  return [...wrong, ...beyond].map((detail) => ({ invariant: 'slots-covered-once', detail }));
}

function findSharedTurn(home: HomeChunk): readonly Violation[] {
  const creating = home.paths.filter(({ phase }) => phase === 'creating').length;
  if (creating + Number(home.isSettling) <= 1) return [];
  const others = home.isSettling ? 'a settle' : 'each other';
  return [
    { invariant: 'one-turn', detail: `${creating} creates of ${home.name} run beside ${others}` },
  ];
}

function findImbalance(home: HomeChunk): readonly Violation[] {
  if (isBalanced(countHome(home))) return [];
  return [{ invariant: 'counts-balanced', detail: `the states of ${home.name} do not add up` }];
}
