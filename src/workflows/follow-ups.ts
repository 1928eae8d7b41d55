import { isCancellation } from '@temporalio/workflow';
import type { WaitingIds } from '../contract/carry';
import type { FollowUpAnswer } from '../contract/follow-up-types';
import { toFollowUpRow } from '../domain/follow-up-rows';
import { toFollowUpRowName, toFollowUpStatus, type FollowUpStep } from '../domain/follow-ups';
import type { FailedInstance } from '../domain/home-chunk-state';
import type { ParkedChunk } from '../domain/progress';
import type { Refusal } from '../domain/refusal';

/** How steps are made, and what becomes of the instances. */
export interface FollowUpsPort {
  /** The steps of a group, in their order. */
  listSteps(group: number): readonly FollowUpStep[];
  getGroupName(group: number): string;
  /** Makes one step; a cancellation rejects. */
  order(place: StepPlace, ids: readonly string[]): Promise<FollowUpAnswer>;
  /** Resolves when calls may be made. */
  untilAllowed(): Promise<void>;
  /** Whether nobody will try again what is refused now. */
  isEnding(): boolean;
  done(home: number, readyCount: number, failed: readonly FailedInstance[]): void;
  changed(): void;
}

/** One step of one group. */
export interface StepPlace {
  /** Index in the request. */
  readonly group: number;
  readonly step: FollowUpStep;
}

/** Instances that one refusal keeps from a step. */
interface Parked extends StepPlace {
  readonly refusal: Refusal;
  readonly waiting: readonly WaitingIds[];
}

/**
 * Configures the instances of a shard once they are ready for the API. An instance comes to a step
 * when the one before went through. What is refused parks: it never costs the instance.
 */
export class FollowUps {
  private parked: readonly Parked[] = [];
  /** Cancelled in the middle, to be begun again in the next run. */
  private readonly givenUp: WaitingIds[] = [];
  private inFlight = 0;

  constructor(private readonly port: FollowUpsPort) {}

  /** Makes all steps of a group for these instances. */
  run(group: number, waiting: readonly WaitingIds[]): Promise<void> {
    return this.runSteps(group, this.port.listSteps(group), waiting);
  }

  /** Whether nothing is in flight, nothing waits for a person, and nothing for the next run. */
  get areIdle(): boolean {
    return this.inFlight === 0 && this.stillWaiting.length === 0;
  }

  get areNoneInFlight(): boolean {
    return this.inFlight === 0;
  }

  /** What the next run has to begin again. */
  get stillWaiting(): readonly WaitingIds[] {
    return [...this.givenUp, ...this.parked.flatMap(({ waiting }) => waiting)];
  }

  get rows(): readonly ParkedChunk[] {
    return this.parked.map(({ group, step, refusal, waiting }) =>
      toFollowUpRow({
        groupName: this.port.getGroupName(group),
        step,
        count: listIds(waiting).length,
        refusal,
      }),
    );
  }

  /**
   * Goes on with parked steps.
   *
   * @param names - of their rows; all of them when null
   */
  retry(names: readonly string[] | null): readonly Promise<void>[] {
    return joinByStep(this.take(names)).map(({ group, step, waiting }) => {
      const steps = this.port.listSteps(group);
      return this.runSteps(group, steps.slice(steps.indexOf(step)), waiting);
    });
  }

  /**
   * Gives up parked steps: their instances count as failed, and live on. When the batch ends, nobody
   * will try again what is parked.
   *
   * @param names - of their rows; all of them when null
   */
  giveUp(names: readonly string[] | null): void {
    for (const { step, waiting } of this.take(names)) this.fail(step, waiting);
  }

  private take(names: readonly string[] | null): readonly Parked[] {
    const chosen = this.parked.filter(({ group, step }) => {
      const name = toFollowUpRowName(this.port.getGroupName(group), step);
      return names === null || names.includes(name);
    });
    this.parked = this.parked.filter((each) => !chosen.includes(each));
    return chosen;
  }

  private async runSteps(
    group: number,
    steps: readonly FollowUpStep[],
    waiting: readonly WaitingIds[],
  ): Promise<void> {
    this.inFlight += 1;
    let left = waiting;
    try {
      for (const step of steps) {
        if (left.length > 0) left = await this.runStep({ group, step }, left);
      }
    } catch (error) {
      if (!isCancellation(error)) throw error;
      this.givenUp.push(...left);
      left = [];
    } finally {
      this.inFlight -= 1;
    }
    for (const { home, ids } of left) this.port.done(home, ids.length, []);
    this.port.changed();
  }

  /** The instances that the step went through for. */
  private async runStep(
    place: StepPlace,
    waiting: readonly WaitingIds[],
  ): Promise<readonly WaitingIds[]> {
    await this.port.untilAllowed();
    const { refused } = await this.port.order(place, listIds(waiting));
    for (const { ids, refusal: reason } of refused) {
      const refusal = { ...reason, parkedAtMs: Date.now() };
      this.park({ ...place, refusal, waiting: pick(waiting, new Set(ids)) });
    }
    const lost = new Set(refused.flatMap(({ ids }) => ids));
    return pick(waiting, new Set(listIds(waiting).filter((id) => !lost.has(id))));
  }

  /** Instances with the same refusal share a row. */
  private park(parked: Parked): void {
    if (this.port.isEnding()) return this.fail(parked.step, parked.waiting);
    const twin = this.parked.find((each) => toKey(each) === toKey(parked));
    if (twin === undefined) this.parked = [...this.parked, parked];
    else {
      const joined = { ...twin, waiting: [...twin.waiting, ...parked.waiting] };
      this.parked = this.parked.map((each) => (each === twin ? joined : each));
    }
    this.port.changed();
  }

  private fail(step: FollowUpStep, waiting: readonly WaitingIds[]): void {
    const status = toFollowUpStatus(step);
    for (const { home, ids } of waiting) {
      this.port.done(
        home,
        0,
        ids.map((id) => ({ id, status })),
      );
    }
  }
}

function toKey({ group, step, refusal }: Parked): string {
  return `${group} ${step} ${refusal.code}`;
}

/** Rows of one step go on together, whatever their refusals were. */
function joinByStep(
  parked: readonly Parked[],
): readonly (StepPlace & { waiting: readonly WaitingIds[] })[] {
  const joined = new Map<string, StepPlace & { waiting: readonly WaitingIds[] }>();
  for (const { group, step, waiting } of parked) {
    const key = `${group} ${step}`;
    const before = joined.get(key)?.waiting ?? [];
    joined.set(key, { group, step, waiting: [...before, ...waiting] });
  }
  return [...joined.values()];
}

function listIds(waiting: readonly WaitingIds[]): readonly string[] {
  return waiting.flatMap(({ ids }) => ids);
}

function pick(waiting: readonly WaitingIds[], wanted: ReadonlySet<string>): readonly WaitingIds[] {
  return waiting
    .map((each) => ({ ...each, ids: each.ids.filter((id) => wanted.has(id)) }))
    .filter(({ ids }) => ids.length > 0);
}
