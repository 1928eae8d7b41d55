import type { Answer, CloudPort, DescribeQuery, SeenInstance } from '../../../src/cloud/port';
import { createReadinessPoller } from '../../../src/cloud/readiness-poller';
import type { Following, Look } from '../../../src/cloud/readiness-port';
import { createSeenInstance, failedAnswer } from '../../activities/scripted-cloud';
import { createManualClock } from './manual-clock';
import type { ManualClock } from './manual-clock';

/** An id that some followers wait for, and what came of it. */
export interface Waited {
  readonly ids: readonly string[];
  readonly following: Following;
  readonly looks: readonly Look[];
  /** Moments at which an id was seen to be ready, ms. */
  readonly readyAtMs: ReadonlyMap<string, number>;
}

/** A poller on a cloud whose instances become ready as time passes; nothing waits in real time. */
interface ReadyingCloud {
  readonly clock: ManualClock;
  /** What was asked for, call by call. */
  readonly asked: readonly (readonly string[])[];
  /** When an id becomes ready, ms; ids that are not there are absent. */
  readonly readyAtMs: Map<string, number>;
  /** How many of the next calls fail. */
  failNext(count: number, retryAfterMs?: number): void;
  /** Follows ids; those that are new become ready after the time. */
  follow(ids: readonly string[], options?: { takesMs?: number; ageMs?: number }): Waited;
  /** Lets time pass, with all that happens meanwhile. */
  pass(ms: number): Promise<void>;
}

/** How long a call takes: many times less than any pause. */
const STEP_MS = 20;

/** Builds it. */
export function createReadyingCloud(): ReadyingCloud {
  const settings = { pollMinMs: 1_000, pollMaxMs: 30_000 };
  const clock = createManualClock();
  const asked: (readonly string[])[] = [];
  const readyAtMs = new Map<string, number>();
  let failing = { count: 0, retryAfterMs: null as number | null };

  const show = (id: string): SeenInstance[] => {
    const atMs = readyAtMs.get(id);
    if (atMs === undefined) return [];
    return [
      createSeenInstance({ id, status: clock.monotonicMs() >= atMs ? 'Normal' : 'Creating' }),
    ];
  };
  const cloud: Pick<CloudPort, 'describeInstances'> = {
    describeInstances({ ids }: DescribeQuery): Promise<Answer<readonly SeenInstance[]>> {
      asked.push(ids);
      if (failing.count > 0) {
        failing.count -= 1;
        return Promise.resolve(failedAnswer({ retryAfterMs: failing.retryAfterMs }));
      }
      return Promise.resolve({ kind: 'ok', value: ids.flatMap(show), calls: 1 });
    },
  };
  const poller = createReadinessPoller({ cloud, clock, settings });
  return {
    clock,
    asked,
    readyAtMs,
    failNext(count: number, retryAfterMs: number | null = null) {
      failing = { count, retryAfterMs };
    },
    follow(
      ids: readonly string[],
      { takesMs, ageMs = 0 }: { takesMs?: number; ageMs?: number } = {},
    ): Waited {
      for (const id of ids) {
        if (takesMs !== undefined) readyAtMs.set(id, clock.monotonicMs() - ageMs + takesMs);
      }
      const looks: Look[] = [];
      const seenReady = new Map<string, number>();
      const following = poller.follow({
        account: 'a',
        region: 'cn-hangzhou',
        engine: 'Redis',
        ids,
        ageMs,
        isOver: ({ status }) => status === 'Normal',
        onLook(look) {
          looks.push(look);
          for (const { id, status } of look.seen) {
            if (status === 'Normal') seenReady.set(id, clock.monotonicMs());
          }
        },
        onError(error) {
          throw error;
        },
      });
      return { ids, following, looks, readyAtMs: seenReady };
    },
    async pass(ms: number) {
      for (let passed = 0; passed < ms; passed += STEP_MS) {
        clock.advance(STEP_MS);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}
