import { Context } from '@temporalio/activity';
import type { SeenInstance } from '../cloud/port';
import type { AwaitReadyAnswer, AwaitReadyInput } from '../contract/activity-types';
import type { FailedInstance } from '../domain/home-chunk-state';
import { sha256Base32 } from '../domain/hash';
import { CallCounter } from './call-counter';
import type { ActivityDependencies } from './dependencies';
import { toNotReadyYet } from './failures';
import { withHeartbeat } from './heartbeat';
import { isHealthy } from './instance-match';

/** Ids of one DescribeInstances call (DescribeInstances page, 2025). */
const IDS_PER_CALL = 30;

/** Pause between two polls as a share of the wave's age: late enough to be cheap, early enough. */
const AGE_SHARE = 0.1;

/** Status of an id that stays absent from the list. */
const ABSENT = 'notVisible';
const NOT_IN_TIME = 'notReadyInTime';

/** What an attempt leaves for the next one: small, and safe to be stale or lost. */
interface WaveMemory {
  readonly pending: readonly string[];
  readonly failed: readonly FailedInstance[];
}

/**
 * Waits until all instances of a wave are ready. One bad instance is in the answer, never an
 * exception that loses the rest. What becomes known of an instance goes to the result store at once.
 */
export function createAwaitReady(dependencies: ActivityDependencies) {
  return (input: AwaitReadyInput): Promise<AwaitReadyAnswer> => {
    const wave = new Wave(dependencies, input);
    return withHeartbeat(
      () => wave.run(),
      () => wave.toMemory(),
    );
  };
}

class Wave {
  private readonly calls = new CallCounter();
  private readonly context = Context.current();
  private readonly name: string;
  private readonly startedMs: number;
  private pending: string[];
  private failed: FailedInstance[];

  constructor(
    private readonly dependencies: ActivityDependencies,
    private readonly input: AwaitReadyInput,
  ) {
    const memory = readMemory(this.context.info.heartbeatDetails, input.ids);
    this.name = sha256Base32(input.ids.join(), 16);
    this.startedMs = dependencies.clock.monotonicMs();
    this.pending = [...memory.pending];
    this.failed = [...memory.failed];
  }

  async run(): Promise<AwaitReadyAnswer> {
    const { clock, readiness } = this.dependencies;
    while (this.pending.length > 0) {
      const isLast = clock.nowMs() >= this.input.deadlineAtMs;
      await this.poll(isLast);
      this.context.heartbeat(this.toMemory());
      if (this.pending.length === 0) break;
      if (isLast) this.giveUp();
      else if (clock.nowMs() >= this.input.deadlineAtMs) continue;
      else if (clock.monotonicMs() - this.startedMs > readiness.windowMs) {
        throw toNotReadyYet(this.pending.length);
      } else await this.pauseBetweenPolls();
    }
    return { calls: this.calls.toCounts(), failed: this.failed };
  }

  toMemory(): WaveMemory {
    return { pending: this.pending, failed: this.failed };
  }

  /**
   * Asks in full calls and in turns, and goes on only while something has changed: a wave of which
   * nothing is ready yet costs one call a poll. The last look is at everything.
   */
  private async poll(isLast: boolean): Promise<void> {
    let toAsk = this.pending.length;
    while (toAsk > 0) {
      const ids = this.pending.slice(0, Math.min(IDS_PER_CALL, toAsk));
      const done = await this.look(ids);
      if (done === null) return;
      const waiting = ids.filter((id) => !done.has(id));
      this.pending = [...this.pending.slice(ids.length), ...waiting];
      toAsk -= ids.length;
      if (done.size === 0 && !isLast) return;
    }
  }

  /** One call; the ids that have reached their end, or null when the call failed. */
  private async look(ids: readonly string[]): Promise<ReadonlySet<string> | null> {
    const { account, region, engine } = this.input;
    const answer = await this.dependencies.cloud.describeInstances({
      account,
      region,
      engine,
      ids,
    });
    this.calls.add('DescribeInstances', answer.calls);
    if (answer.kind === 'ok') return this.take(answer.value, ids);
    await this.context.sleep(answer.retryAfterMs ?? this.dependencies.readiness.pollMinMs);
    return null;
  }

  /** Stores and counts what has reached its end; returns those ids. */
  private async take(
    seen: readonly SeenInstance[],
    asked: readonly string[],
  ): Promise<ReadonlySet<string>> {
    const { readiness, clock, results } = this.dependencies;
    const done = seen.filter((each) => each.status === 'Normal' || !isHealthy(each));
    this.failed.push(
      ...done
        .filter((each) => !isHealthy(each))
        .map(({ id, status }): FailedInstance => ({ id, status })),
    );
    const seenIds = new Set(seen.map(({ id }) => id));
    const absent = asked.filter((id) => !seenIds.has(id));
    const isTooLong = clock.monotonicMs() - this.startedMs > readiness.absentToleratedMs;
    const gone = isTooLong ? absent : [];
    this.failed.push(...gone.map((id): FailedInstance => ({ id, status: ABSENT })));
    const { tenant, batchId, generation, shard } = this.input;
    if (done.length > 0) {
      await results.addInstances(
        { tenant, batchId, generation, shard, wave: this.name },
        done.map(({ id, status, zone, endpoint }) => ({ id, status, zone, endpoint })),
      );
    }
    return new Set([...done.map(({ id }) => id), ...gone]);
  }

  private giveUp(): void {
    this.failed.push(...this.pending.map((id): FailedInstance => ({ id, status: NOT_IN_TIME })));
    this.pending = [];
  }

  private async pauseBetweenPolls(): Promise<void> {
    const { readiness, clock } = this.dependencies;
    const untilDeadlineMs = this.input.deadlineAtMs - clock.nowMs();
    const ageMs = clock.monotonicMs() - this.startedMs;
    const pauseMs = Math.min(readiness.pollMaxMs, Math.max(readiness.pollMinMs, ageMs * AGE_SHARE));
    const jitteredMs = pauseMs * (0.8 + 0.4 * clock.random());
    await this.context.sleep(Math.max(1, Math.min(jitteredMs, untilDeadlineMs)));
  }
}

/** Reads what an earlier attempt, perhaps of another version, has left; anything odd starts anew. */
function readMemory(details: unknown, ids: readonly string[]): WaveMemory {
  const fresh: WaveMemory = { pending: ids, failed: [] };
  if (typeof details !== 'object' || details === null) return fresh;
  const { pending, failed } = details as Partial<WaveMemory>;
  if (!Array.isArray(pending) || !Array.isArray(failed)) return fresh;
  const known = new Set(ids);
  const isSane =
    pending.every((id) => known.has(id as string)) &&
    failed.every(
      (each: unknown) =>
        typeof each === 'object' &&
        each !== null &&
        known.has((each as FailedInstance).id) &&
        typeof (each as FailedInstance).status === 'string',
    );
  if (!isSane) return fresh;
  const over = new Set((failed as FailedInstance[]).map(({ id }) => id));
  const stillPending = (pending as string[]).filter((id) => !over.has(id));
  return { pending: stillPending, failed: failed as FailedInstance[] };
}
