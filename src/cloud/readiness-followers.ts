import type { SeenInstance } from './port';
import type { FollowQuery } from './readiness-port';

/** One who waits for instances. */
export interface Follower {
  readonly query: FollowQuery;
  /** Moment of the order by the monotonic clock, ms. */
  readonly orderedAtMs: number;
  readonly pending: Set<string>;
}

/** An instance that has come to its end. */
export interface Ended {
  readonly instance: SeenInstance;
  readonly ageMs: number;
}

/** An id that somebody follows: one as a rule, so a list is kept, which is a fifth of a set. */
interface Followed {
  followers: readonly Follower[];
  readonly orderedAtMs: number;
}

/**
 * Who follows which ids, in the order in which they should be asked for: those that were never asked
 * for by age, then the others by how long ago that was.
 */
export class ReadinessFollowers {
  private readonly byId = new Map<string, Followed>();

  get isEmpty(): boolean {
    return this.byId.size === 0;
  }

  add(follower: Follower): void {
    for (const id of follower.pending) {
      const known = this.byId.get(id);
      if (known !== undefined) known.followers = [...known.followers, follower];
      else {
        const { orderedAtMs } = follower;
        this.byId.set(id, { followers: [follower], orderedAtMs });
      }
    }
  }

  remove(follower: Follower, ids: Iterable<string>): void {
    for (const id of [...ids]) {
      follower.pending.delete(id);
      const followed = this.byId.get(id);
      if (followed === undefined) continue;
      followed.followers = followed.followers.filter((other) => other !== follower);
      if (followed.followers.length === 0) this.byId.delete(id);
    }
  }

  /** Everybody, each once. */
  all(): ReadonlySet<Follower> {
    return new Set([...this.byId.values()].flatMap(({ followers }) => [...followers]));
  }

  /** Moments at which the followed instances were ordered. */
  *orderedAtMs(): Generator<number> {
    for (const followed of this.byId.values()) yield followed.orderedAtMs;
  }

  /**
   * The next ids to ask for, at most so many, of those ordered up to a moment. They move to the end.
   *
   * @param except - ids that had their turn
   */
  take(count: number, { until, except }: { until: number; except: Set<string> }): string[] {
    const ids: string[] = [];
    for (const [id, { orderedAtMs }] of this.byId) {
      if (ids.length === count) break;
      if (orderedAtMs <= until && !except.has(id)) ids.push(id);
    }
    for (const id of ids) {
      const followed = this.byId.get(id);
      if (followed === undefined) continue;
      this.byId.delete(id);
      this.byId.set(id, followed);
      except.add(id);
    }
    return ids;
  }

  /**
   * Tells everybody what a call has shown, and lets go of what has come to its end.
   *
   * @param ids - what was asked for
   * @returns what has come to its end, for whoever
   */
  tell(
    ids: readonly string[],
    answer: { seen: readonly SeenInstance[]; calls: number; nowMs: number },
  ): readonly Ended[] {
    const seenById = new Map(answer.seen.map((each) => [each.id, each]));
    const ended = new Map<string, Ended>();
    let { calls } = answer;
    for (const follower of this.followersOf(ids)) {
      const own = ids.filter((id) => follower.pending.has(id));
      const seen = own.map((id) => seenById.get(id)).filter((each) => each !== undefined);
      const over = seen.filter((instance) => follower.query.isOver(instance));
      for (const instance of over) {
        ended.set(instance.id, { instance, ageMs: answer.nowMs - follower.orderedAtMs });
      }
      this.remove(
        follower,
        over.map(({ id }) => id),
      );
      follower.query.onLook({ seen, absent: own.filter((id) => !seenById.has(id)), calls });
      calls = 0;
    }
    return [...ended.values()];
  }

  private followersOf(ids: readonly string[]): ReadonlySet<Follower> {
    return new Set(ids.flatMap((id) => [...(this.byId.get(id)?.followers ?? [])]));
  }
}
