import { isFaulty, type World } from './world';

const HEARTBEAT_TIMEOUT_MS = 30_000;
const RUN_LIST_LAG_MAX_MS = 14_000;
const CRASH_MAX_MS = 5_000;
/** How late an attempt begins: about when others settle what it was to do, and long after. */
const LATE_MS = [60_000, 600_000, 890_000, 1_000_000, 1_300_000, 4_000_000];

/** A run of the workflow id. */
export interface Run {
  readonly id: string;
  readonly firstId: string;
  /** The run itself, or the one that it is a reset of. */
  readonly originalId: string;
  /** The run that this one, or the one it is a reset of, continues as new. */
  readonly continuedId: string | null;
  readonly startedAtMs: number;
  readonly visibleAtMs: number;
  isOpen: boolean;
  readonly activities: Activity[];
}

/** Where a run comes from; of a first run nothing. */
export type RunOrigin = Partial<Pick<Run, 'firstId' | 'originalId' | 'continuedId'>>;

/** How an activity is run. */
export interface ActivityPlan {
  /** From its scheduling to its failure; null: without end. */
  readonly budgetMs: number | null;
  readonly start: (attempt: Attempt) => void;
  readonly onResult: (result: unknown) => void;
  readonly onFailure: () => void;
}

/** The server: runs, the lagging list of them, and activities with their attempts. */
export class TemporalModel {
  readonly runs: Run[] = [];

  constructor(private readonly world: World) {}

  /** Starts a run; the list shows runs in the order of their starts, each some time later. */
  startRun(origin: RunOrigin = {}): Run {
    const { clock, random } = this.world;
    const id = `run${this.runs.length + 1}`;
    const before = this.runs.at(-1)?.visibleAtMs ?? 0;
    const run: Run = {
      id,
      firstId: origin.firstId ?? id,
      originalId: origin.originalId ?? id,
      continuedId: origin.continuedId ?? null,
      startedAtMs: clock.nowMs,
      visibleAtMs: Math.max(before, clock.nowMs + random.upTo(RUN_LIST_LAG_MAX_MS, 'pace')),
      isOpen: true,
      activities: [],
    };
    this.runs.push(run);
    return run;
  }

  /** Closes a run: what its activities say now is lost, and they hear of it when they next ask. */
  closeRun(run: Run): void {
    run.isOpen = false;
    for (const activity of run.activities) activity.abandon();
  }

  listRunIds(): string[] {
    const { nowMs } = this.world.clock;
    return this.runs.filter((run) => run.visibleAtMs <= nowMs).map((run) => run.id);
  }

  startActivity(run: Run, plan: ActivityPlan): Activity {
    const activity = new Activity(this.world, run, plan);
    run.activities.push(activity);
    return activity;
  }
}

/** One scheduled activity. */
export class Activity {
  isClosed = false;
  private readonly scheduledAtMs: number;
  private currentScheduledAtMs: number;
  private number = 0;
  private current: Attempt | null = null;

  constructor(
    private readonly world: World,
    readonly run: Run,
    private readonly plan: ActivityPlan,
  ) {
    this.scheduledAtMs = this.currentScheduledAtMs = world.clock.nowMs;
    if (plan.budgetMs !== null) world.clock.after(plan.budgetMs, () => this.close(plan.onFailure));
    world.clock.after(world.random.between(0, 500, 'pace'), () => this.startAttempt());
  }

  /** Whether it may fail, as only a create may: what only looks is retried until it answers. */
  get isBounded(): boolean {
    return this.plan.budgetMs !== null;
  }

  abandon(): void {
    this.isClosed = true;
    this.current?.tellToStop();
  }

  /** What "reset" does in the UI: attempt 1 again; a running attempt hears of it, or does not. */
  reset(): void {
    if (this.isClosed) return;
    this.number = 0;
    const isHeard = this.world.random.pick([false, true], 'hearing');
    if (isHeard) this.current?.tellToStop();
    else this.retry();
  }

  isCurrent(attempt: Attempt): boolean {
    return !this.isClosed && this.current === attempt;
  }

  /** What the server says of an attempt: it knows it by its number. */
  isAwaited({ info }: Attempt): boolean {
    return !this.isClosed && this.current?.info.attempt === info.attempt;
  }

  finish(attempt: Attempt, result: unknown): void {
    if (this.isCurrent(attempt)) this.close(() => this.plan.onResult(result));
  }

  /** The attempt is over, or counts as lost: another one, after a pause. */
  retry(): void {
    const { clock, random } = this.world;
    this.current = null;
    const pauseMs = random.between(100, 10_000, 'pace');
    this.currentScheduledAtMs = clock.nowMs + pauseMs;
    clock.after(pauseMs, () => this.startAttempt());
  }

  private startAttempt(): void {
    if (this.isClosed || this.current !== null) return;
    this.number += 1;
    this.current = new Attempt(this.world, this, {
      attempt: this.number,
      scheduledTimestampMs: this.scheduledAtMs,
      currentAttemptScheduledTimestampMs: this.currentScheduledAtMs,
    });
    const { current } = this;
    current.begin(() => this.plan.start(current));
  }

  private close(tell: () => void): void {
    if (this.isClosed) return;
    this.abandon();
    tell();
  }
}

/** One attempt on a worker that may crash, or freeze and go on as if nothing had happened. */
export class Attempt {
  isStopping = false;
  /** When its code began, which may be long after it was handed to its worker. */
  startedAtMs: number;
  private isDead = false;
  private frozenUntilMs = 0;

  constructor(
    private readonly world: World,
    readonly activity: Activity,
    readonly info: {
      readonly attempt: number;
      readonly scheduledTimestampMs: number;
      readonly currentAttemptScheduledTimestampMs: number;
    },
  ) {
    this.startedAtMs = world.clock.nowMs;
    const isCreate = activity.isBounded;
    if (isFaulty(world, isCreate ? 'crash' : 'crashInLook')) {
      this.hitAfter(world.random.between(0, CRASH_MAX_MS, 'crash'), () => this.crash());
    }
    if (isFaulty(world, 'freeze')) {
      this.hitAfter(world.random.pick([12, 12, 500]), () => this.freeze());
    }
  }

  /** Begins; a worker that was paused begins, when it wakes up, what it was handed before. */
  begin(start: () => void): void {
    if (!this.activity.isBounded || !isFaulty(this.world, 'lateStart')) return start();
    this.goSilent();
    this.after(this.world.random.pick(LATE_MS, 'lateness'), () => {
      this.startedAtMs = this.world.clock.nowMs;
      this.world.trace(() => `${this.activity.run.id}: an attempt begins late`);
      start();
    });
  }

  /** Goes on after a while, if the worker still lives by then, and later if it is frozen. */
  after(delayMs: number, goOn: () => void): void {
    this.world.clock.after(delayMs, () => this.resume(goOn));
  }

  /** Goes on now, or when the worker wakes up. */
  resume(goOn: () => void): void {
    if (this.isDead) return;
    const { clock } = this.world;
    if (clock.nowMs < this.frozenUntilMs) clock.at(this.frozenUntilMs, () => this.resume(goOn));
    else goOn();
  }

  get isAwaited(): boolean {
    return this.activity.isAwaited(this);
  }

  finish(result: unknown): void {
    this.activity.finish(this, result);
  }

  fail(): void {
    if (this.activity.isCurrent(this)) this.activity.retry();
  }

  /** The worker hears it with a heartbeat, some time later, or never. */
  tellToStop(): void {
    this.after(this.world.random.between(0, 20_000, 'pace'), () => {
      this.isStopping = true;
    });
  }

  private hitAfter(delayMs: number, strike: () => void): void {
    if (delayMs === 0) strike();
    else this.world.clock.after(delayMs, strike);
  }

  private crash(): void {
    this.isDead = true;
    this.world.trace(() => `${this.activity.run.id}: the worker of an attempt crashes`);
    this.goSilent();
  }

  private freeze(): void {
    const { clock, random } = this.world;
    this.frozenUntilMs = clock.nowMs + random.pick([35_000, 50_000, 90_000, 1_300_000, 4_000_000]);
    const seconds = (this.frozenUntilMs / 1_000).toFixed(1);
    this.world.trace(() => `${this.activity.run.id}: an attempt is frozen until ${seconds} s`);
    this.goSilent();
  }

  private goSilent(): void {
    this.world.clock.after(HEARTBEAT_TIMEOUT_MS, () => this.fail());
  }
}
