import { Context } from '@temporalio/activity';
import type { Answer, CallFailure } from '../cloud/port';
import { GONE_CODES } from '../cloud/release-port';
import type { FollowUpAnswer, FollowUpTarget, RefusedFollowUp } from '../contract/follow-up-types';
import { isAccountWide, type ErrorClass } from '../domain/refusal';
import { CallCounter } from './call-counter';
import type { Clock } from './clock';
import { toNotReadyYet, toRefusal } from './failures';
import { readFollowUpMemory, type FollowUpMemory } from './follow-up-memory';
import type { AttemptLife } from './heartbeat';

/** Calls of one activity in flight at once; the account's rate decides how fast they really go. */
const CALLS_AT_ONCE = 10;

/** Pauses of instances that another task holds, ms: from that of a tag to that of a restart. */
const PAUSE_MIN_MS = 200;
const PAUSE_MAX_MS = 15_000;

/** Every follow-up can be repeated without harm, so a doubt needs no look: it is sent again. */
const TRIED_AGAIN: ReadonlySet<ErrorClass> = new Set(['throttled', 'transient', 'ambiguous']);

/** Codes that concern one instance of a call for several. */
const OF_ONE_INSTANCE: ReadonlySet<string> = new Set([
  ...GONE_CODES,
  'OperationDenied.QuotaExceed',
]);

/** How one step is made. */
export interface FollowUpCall {
  /** Name of the operation, for the count of calls. */
  readonly action: string;
  readonly idsPerCall: number;
  /** Where it counts what it sends besides its own operation. */
  readonly calls?: CallCounter;
  /** Instances that took the change and are waited for: kept for the next attempt, which adds them here. */
  readonly begun?: Set<string>;
  send(ids: readonly string[], signal: AbortSignal): Promise<Answer<null>>;
}

/** What a round needs besides its call. */
export interface FollowUpRoundTools {
  readonly clock: Clock;
  /** Longest stay of one attempt, so that a deploy can move it. */
  readonly windowMs: number;
}

/**
 * Makes one step for the instances of a wave. What is refused for one instance is in the answer, and
 * never an exception that loses the rest; what may pass is tried again until the deadline.
 */
export class FollowUpRound {
  private readonly calls: CallCounter;
  private readonly startedMs: number;
  private waiting: (readonly string[])[];
  private refused: RefusedFollowUp[];
  /** The last refusal of instances that are tried again, for when the time is over. */
  private readonly lastFailures = new Map<string, CallFailure>();

  constructor(
    private readonly tools: FollowUpRoundTools,
    private readonly target: FollowUpTarget,
    private readonly call: FollowUpCall,
  ) {
    const memory = readFollowUpMemory(Context.current().info.heartbeatDetails, target.ids);
    this.calls = call.calls ?? new CallCounter();
    this.startedMs = tools.clock.monotonicMs();
    this.waiting = toParts(memory.pending, call.idsPerCall);
    this.refused = [...memory.refused];
    for (const id of memory.begun ?? []) call.begun?.add(id);
  }

  async run(life: AttemptLife): Promise<FollowUpAnswer> {
    for (let pauseMs = PAUSE_MIN_MS; ; pauseMs = Math.min(pauseMs * 2, PAUSE_MAX_MS)) {
      await this.tryAll(life);
      if (this.waiting.length === 0) break;
      if (this.isOverdue()) {
        this.giveUp();
        break;
      }
      this.leaveAfterWindow();
      await life.pause(Math.round(pauseMs * (0.8 + 0.4 * this.tools.clock.random())));
    }
    return { calls: this.calls.toCounts(), refused: this.refused };
  }

  /** What the next attempt goes on with. */
  toMemory(): FollowUpMemory {
    const pending = this.waiting.flat();
    const refused = this.refused.reduce((sum, { ids }) => sum + ids.length, 0);
    const done = this.target.ids.length - pending.length - refused;
    const memory = { done, pending, refused: this.refused };
    const { begun } = this.call;
    return begun === undefined
      ? memory
      : { ...memory, begun: pending.filter((id) => begun.has(id)) };
  }

  private async tryAll(life: AttemptLife): Promise<void> {
    const again: (readonly string[])[] = [];
    let queue = this.waiting;
    while (queue.length > 0) {
      if (life.isStopping()) throw life.signal.reason;
      const now = queue.slice(0, CALLS_AT_ONCE);
      const answers = await Promise.all(now.map((ids) => this.call.send(ids, life.signal)));
      queue = queue.slice(now.length);
      for (const [index, answer] of answers.entries()) {
        this.calls.add(this.call.action, answer.calls);
        if (answer.kind === 'ok') continue;
        const next = this.toNext(now[index] ?? [], answer);
        queue = [...next.now, ...queue];
        again.push(...next.later);
        if (isAccountWide(answer.class)) queue = this.refuseAll(queue, answer);
      }
      this.waiting = [...queue, ...again];
    }
  }

  /** What becomes of the ids of a call that failed. */
  private toNext(
    ids: readonly string[],
    failure: CallFailure,
  ): { now: readonly (readonly string[])[]; later: readonly (readonly string[])[] } {
    if (TRIED_AGAIN.has(failure.class)) {
      for (const id of ids) this.lastFailures.set(id, failure);
      return { now: [], later: [ids] };
    }
    if (ids.length > 1 && OF_ONE_INSTANCE.has(failure.code)) {
      return { now: toParts(ids, Math.ceil(ids.length / 2)), later: [] };
    }
    this.refused.push({ ids, refusal: toRefusal(failure) });
    return { now: [], later: [] };
  }

  /** A problem of the whole account would meet the others too: they are not sent. */
  private refuseAll(queue: readonly (readonly string[])[], failure: CallFailure): [] {
    const ids = queue.flat();
    if (ids.length > 0) this.refused.push({ ids, refusal: toRefusal(failure) });
    return [];
  }

  private isOverdue(): boolean {
    return this.tools.clock.nowMs() >= this.target.deadlineAtMs;
  }

  private leaveAfterWindow(): void {
    if (this.tools.clock.monotonicMs() - this.startedMs < this.tools.windowMs) return;
    // The last one may be seconds old, and the next attempt begins with it.
    Context.current().heartbeat(this.toMemory());
    throw toNotReadyYet(this.waiting.flat().length);
  }

  private giveUp(): void {
    for (const id of this.waiting.flat()) {
      const failure = this.lastFailures.get(id);
      if (failure !== undefined) this.refused.push({ ids: [id], refusal: toRefusal(failure) });
    }
    this.waiting = [];
  }
}

function toParts(ids: readonly string[], size: number): (readonly string[])[] {
  const parts: (readonly string[])[] = [];
  for (let at = 0; at < ids.length; at += size) parts.push(ids.slice(at, at + size));
  return parts;
}
