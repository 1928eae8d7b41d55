import type { SeenInstance } from '../../src/cloud/port';
import type { FollowQuery, ReadinessPoller } from '../../src/cloud/readiness-port';
import { createSeenInstance } from './scripted-cloud';

/** A poller in a test's hand: it shows what it is told to, when it is told to. */
export interface HeldPoller extends ReadinessPoller {
  /** The wait that was begun; resolves once there is one. */
  readonly followed: Promise<FollowQuery>;
  /** Ids that are still followed. */
  readonly pending: ReadonlySet<string>;
  /** Shows some of the followed ids by one call; `absent` ones are not in the list. */
  show(statuses: Readonly<Record<string, string>>, absent?: readonly string[]): void;
  /** What a look at everything will show. */
  lookNowShows(statuses: Readonly<Record<string, string>>): void;
  fail(error: unknown): void;
}

/** Builds it, for one wait. */
export function createHeldPoller(): HeldPoller {
  let begin: (query: FollowQuery) => void = () => undefined;
  const followed = new Promise<FollowQuery>((resolve) => {
    begin = resolve;
  });
  const pending = new Set<string>();
  let query: FollowQuery | null = null;
  let lastLook: Readonly<Record<string, string>> = {};

  function show(statuses: Readonly<Record<string, string>>, absent: readonly string[] = []): void {
    const seen = Object.entries(statuses).map(([id, status]): SeenInstance =>
      createSeenInstance({ id, status, endpoint: status === 'Normal' ? `${id}:6379` : null }),
    );
    for (const instance of seen) if (query?.isOver(instance)) pending.delete(instance.id);
    query?.onLook({ seen, absent, calls: 1 });
  }

  return {
    followed,
    pending,
    show,
    lookNowShows(statuses) {
      lastLook = statuses;
    },
    fail: (error) => query?.onError(error),
    follow(begun) {
      query = begun;
      for (const id of begun.ids) pending.add(id);
      begin(begun);
      return {
        lookNow() {
          show(lastLook);
          return Promise.resolve();
        },
        drop: (ids) => ids.forEach((id) => pending.delete(id)),
        stop: () => pending.clear(),
      };
    },
  };
}
