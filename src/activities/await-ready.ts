import { Context, log } from '@temporalio/activity';
import type { SeenInstance } from '../cloud/port';
import type { Following, Look } from '../cloud/readiness-port';
import type { AwaitReadyAnswer, AwaitReadyInput } from '../contract/activity-types';
import { logEvent } from '../contract/log-writer';
import type { FailedInstance } from '../domain/home-chunk-state';
import { sha256Base32 } from '../domain/hash';
import { CallCounter } from './call-counter';
import type { ActivityDependencies } from './dependencies';
import { toNotReadyYet } from './failures';
import { withHeartbeat, type AttemptLife } from './heartbeat';
import { isHealthy } from './instance-match';
import { LookInbox } from './look-inbox';
import { readWaveMemory, type WaveMemory } from './wave-memory';

/** Status of an id that stays absent from the list. */
const ABSENT = 'notVisible';
const NOT_IN_TIME = 'notReadyInTime';

/**
 * Waits until all instances of a wave are ready. One bad instance is in the answer, never an
 * exception that loses the rest. What becomes known of an instance goes to the result store at once.
 */
export function createAwaitReady(dependencies: ActivityDependencies) {
  return (input: AwaitReadyInput): Promise<AwaitReadyAnswer> => {
    const wave = new Wave(dependencies, input);
    return withHeartbeat(
      (life) => wave.run(life),
      () => wave.toMemory(),
    );
  };
}

function isOver(instance: SeenInstance): boolean {
  return instance.status === 'Normal' || !isHealthy(instance);
}

class Wave {
  private readonly calls = new CallCounter();
  private readonly context = Context.current();
  private readonly name: string;
  private readonly startedMs: number;
  private readonly waitedBeforeMs: number;
  private readonly pending: Set<string>;
  private readonly failed: FailedInstance[];
  private readonly inbox = new LookInbox();

  constructor(
    private readonly dependencies: ActivityDependencies,
    private readonly input: AwaitReadyInput,
  ) {
    const memory = readWaveMemory(this.context.info.heartbeatDetails, input.ids);
    this.name = sha256Base32(input.ids.join(), 16);
    this.startedMs = dependencies.clock.monotonicMs();
    this.waitedBeforeMs = memory.waitedMs;
    this.pending = new Set(memory.pending);
    this.failed = [...memory.failed];
  }

  async run({ signal }: AttemptLife): Promise<AwaitReadyAnswer> {
    const following = this.follow();
    try {
      while (this.pending.size > 0) {
        await this.inbox.wait(this.toPatienceMs(), signal);
        // Rejects, and with that ends the attempt, as everybody else's cancellation does.
        if (signal.aborted) await this.context.cancelled;
        await this.takeLooks(following);
        if (this.isAtDeadline()) await this.takeLastLook(following);
        else if (this.pending.size > 0 && this.toWindowLeftMs() <= 0) {
          throw toNotReadyYet(this.pending.size);
        }
      }
    } finally {
      following.stop();
    }
    return { calls: this.calls.toCounts(), failed: this.failed };
  }

  toMemory(): WaveMemory {
    return { pending: [...this.pending], failed: this.failed, waitedMs: this.toWaitedMs() };
  }

  private follow(): Following {
    const { account, region, engine } = this.input;
    return this.dependencies.poller.follow({
      account,
      region,
      engine,
      ids: [...this.pending],
      ageMs: Math.max(0, this.dependencies.clock.nowMs() - this.input.boughtAtMs),
      isOver,
      onLook: (look) => this.inbox.add(look),
      onError: (error) => this.inbox.fail(error),
    });
  }

  /** Over all attempts that have left what they knew. */
  private toWaitedMs(): number {
    return this.waitedBeforeMs + this.dependencies.clock.monotonicMs() - this.startedMs;
  }

  private toWindowLeftMs(): number {
    const { clock, readiness } = this.dependencies;
    return readiness.windowMs - (clock.monotonicMs() - this.startedMs);
  }

  private isAtDeadline(): boolean {
    return this.dependencies.clock.nowMs() >= this.input.deadlineAtMs;
  }

  private toPatienceMs(): number {
    const untilDeadlineMs = this.input.deadlineAtMs - this.dependencies.clock.nowMs();
    return Math.max(0, Math.min(untilDeadlineMs, this.toWindowLeftMs()));
  }

  private async takeLooks(following: Following): Promise<void> {
    const looks = this.inbox.takeAll();
    if (looks.length === 0) return;
    for (const { calls } of looks) this.calls.add('DescribeInstances', calls);
    await this.takeEnds(looks.flatMap(({ seen }) => seen).filter(isOver));
    this.takeAbsent(looks, following);
    this.context.heartbeat(this.toMemory());
  }

  /** Stored first, so that a lost attempt knows of nothing that is not in the store. */
  private async takeEnds(ends: readonly SeenInstance[]): Promise<void> {
    if (ends.length === 0) return;
    const { tenant, batchId, generation, shard } = this.input;
    await this.dependencies.results.addInstances(
      { tenant, batchId, generation, shard, wave: this.name },
      ends.map(({ id, status, zone, endpoint }) => ({ id, status, zone, endpoint })),
    );
    for (const instance of ends) {
      if (!this.pending.delete(instance.id)) continue;
      if (isHealthy(instance)) this.measureReady(instance);
      else this.fail(instance.id, instance.status);
    }
  }

  private takeAbsent(looks: readonly Look[], following: Following): void {
    if (this.toWaitedMs() <= this.dependencies.readiness.absentToleratedMs) return;
    const seen = new Set(looks.flatMap((look) => look.seen.map(({ id }) => id)));
    const gone = looks.flatMap(({ absent }) => absent).filter((id) => !seen.has(id));
    following.drop(gone);
    this.giveUp(gone, ABSENT);
  }

  /** The last look is at everything that is left; what it does not show ready is late. */
  private async takeLastLook(following: Following): Promise<void> {
    await following.lookNow();
    await this.takeLooks(following);
    this.giveUp([...this.pending], NOT_IN_TIME);
  }

  private giveUp(ids: readonly string[], status: string): void {
    for (const id of ids) if (this.pending.delete(id)) this.fail(id, status);
  }

  private fail(id: string, status: string): void {
    this.failed.push({ id, status });
    const { region } = this.input;
    this.dependencies.metrics.count('tairfleet_instances_failed', { region, status });
    logEvent(log, 'instance-failed', { region, instance: id, status });
  }

  private measureReady({ instanceClass }: SeenInstance): void {
    const { clock, metrics } = this.dependencies;
    const seconds = (clock.nowMs() - this.input.boughtAtMs) / 1_000;
    const labels = { region: this.input.region, instance_class: instanceClass };
    metrics.record('tairfleet_instance_ready', labels, seconds);
  }
}
