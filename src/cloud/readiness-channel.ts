import type { Clock } from './clock';
import { toPauseMs, toReadyWindow } from './poll-pace';
import type { PollSettings, ReadyWindow } from './poll-pace';
import type { CloudPort } from './port';
import { createReadyTimes } from './ready-times';
import { ReadinessFollowers } from './readiness-followers';
import type { Ended, Follower } from './readiness-followers';
import type { Following, FollowQuery } from './readiness-port';
import { IDS_PER_CALL_MAX } from './request-mapping';

/** What all channels of a process share. */
export interface ChannelTools {
  readonly cloud: Pick<CloudPort, 'describeInstances'>;
  readonly clock: Clock;
  readonly settings: PollSettings;
}

/** What the channel's calls have in common. */
export type ChannelTarget = Pick<FollowQuery, 'account' | 'region' | 'engine'>;

/** A poll goes on while at least this share of what it asked for had come to its end. */
const GO_ON_SHARE = 0.5;

/** Calls at once while a poll goes on. */
const WIDTH_MAX = 8;

/** Calls that a poll begins with while instances become ready: at the tail they reach all. */
const WIDTH_WHILE_READYING = 4;

/** For how long, in shortest pauses, instances count as becoming ready after one did. */
const READYING_PAUSES = 10;

/** What one call has come to. */
interface Looked {
  readonly asked: number;
  readonly ended: number;
  /** Null: the call was answered; else how long the service asks to wait, ms. */
  readonly failedFor: number | null;
}

/**
 * Polls the instances of one account, region and engine. A poll begins with a call or a few, and goes
 * on, with more and more calls at once, while most of what it asks for is ready: one of which nothing
 * is ready costs one call however many wait, and a crowd that is ready is read in full calls. When to
 * poll is learned from what was seen before.
 */
export class ReadinessChannel {
  private readonly followers = new ReadinessFollowers();
  private readonly times = createReadyTimes();
  private changedAtMs: number | null = null;
  private polledAtMs = -Infinity;
  private failures = 0;
  private isPolling = false;
  private cancelTimer: (() => void) | null = null;

  constructor(
    private readonly target: ChannelTarget,
    private readonly tools: ChannelTools,
  ) {}

  follow(query: FollowQuery): Following {
    const orderedAtMs = this.nowMs() - query.ageMs;
    const follower: Follower = { query, orderedAtMs, pending: new Set(query.ids) };
    this.followers.add(follower);
    if (!this.isPolling) this.scheduleIn(this.toFirstPauseMs());
    return {
      lookNow: () => this.lookAt([...follower.pending]),
      drop: (ids) => this.leave(follower, ids),
      stop: () => this.leave(follower, follower.pending),
    };
  }

  private leave(follower: Follower, ids: Iterable<string>): void {
    this.followers.remove(follower, ids);
    if (this.followers.isEmpty) this.cancelTimer?.();
  }

  private nowMs(): number {
    return this.tools.clock.monotonicMs();
  }

  private toWindow(): ReadyWindow | null {
    return toReadyWindow(this.times, this.nowMs());
  }

  /** Whoever comes new is looked at soon, but not sooner than polls may follow each other. */
  private toFirstPauseMs(): number {
    const restMs = this.polledAtMs + this.tools.settings.pollMinMs - this.nowMs();
    return Math.max(0, restMs, this.toUntilDueMs());
  }

  private scheduleIn(pauseMs: number): void {
    this.cancelTimer?.();
    this.cancelTimer = null;
    if (this.followers.isEmpty) return;
    this.cancelTimer = this.tools.clock.after(pauseMs, () => {
      this.cancelTimer = null;
      this.poll().catch((error: unknown) => this.breakDown(error));
    });
  }

  private async poll(): Promise<void> {
    this.isPolling = true;
    const asked = new Set<string>();
    const looks: Looked[] = [];
    let width = this.isReadying() ? WIDTH_WHILE_READYING : 1;
    let round: readonly Looked[];
    do {
      round = await this.pollRound(width, asked);
      looks.push(...round);
      width = Math.min(WIDTH_MAX, width * 2);
    } while (isWorthGoingOn(round));
    this.polledAtMs = this.nowMs();
    this.isPolling = false;
    this.scheduleIn(this.toNextPauseMs(looks));
  }

  private isReadying(): boolean {
    if (this.changedAtMs === null) return false;
    return this.nowMs() - this.changedAtMs <= READYING_PAUSES * this.tools.settings.pollMinMs;
  }

  private pollRound(width: number, asked: Set<string>): Promise<readonly Looked[]> {
    const until = this.nowMs() - (this.toWindow()?.fromMs ?? 0);
    const looks: Promise<Looked>[] = [];
    while (looks.length < width) {
      const ids = this.followers.take(IDS_PER_CALL_MAX, { until, except: asked });
      if (ids.length === 0) break;
      looks.push(this.look(ids));
    }
    return Promise.all(looks);
  }

  private async look(ids: readonly string[]): Promise<Looked> {
    const answer = await this.tools.cloud.describeInstances({ ...this.target, ids });
    const seen = answer.kind === 'ok' ? answer.value : null;
    if (seen === null) {
      const failedFor = answer.kind === 'failed' ? (answer.retryAfterMs ?? 0) : 0;
      return { asked: ids.length, ended: 0, failedFor };
    }
    const { calls } = answer;
    const ended = this.followers.tell(ids, { seen, calls, nowMs: this.nowMs() });
    this.learn(ended);
    return { asked: ids.length, ended: ended.length, failedFor: null };
  }

  private learn(ended: readonly Ended[]): void {
    const nowMs = this.nowMs();
    if (ended.length > 0) this.changedAtMs = nowMs;
    for (const { instance, ageMs } of ended) {
      if (instance.status === 'Normal') this.times.add(ageMs, nowMs);
    }
  }

  private async lookAt(ids: readonly string[]): Promise<void> {
    const looks: Promise<Looked>[] = [];
    for (let at = 0; at < ids.length; at += IDS_PER_CALL_MAX) {
      looks.push(this.look(ids.slice(at, at + IDS_PER_CALL_MAX)));
    }
    await Promise.all(looks);
  }

  private toNextPauseMs(looks: readonly Looked[]): number {
    const failed = looks.map(({ failedFor }) => failedFor).filter((ms) => ms !== null);
    this.failures = failed.length > 0 ? this.failures + 1 : 0;
    const window = this.toWindow();
    const { youngestMs, untilDueMs } = this.toAges(window?.fromMs ?? 0);
    if (youngestMs === Infinity) return Math.max(...failed, untilDueMs);
    const { changedAtMs, failures } = this;
    const sinceChangeMs = changedAtMs === null ? null : this.nowMs() - changedAtMs;
    const endedShare = toEndedShare(looks);
    const view = { youngestMs, sinceChangeMs, window, failures, endedShare };
    return Math.max(...failed, Math.min(untilDueMs, toPauseMs(view, this.tools.settings)));
  }

  /** Age of the youngest instance that is due, and until the next one is, ms; Infinity for none. */
  private toAges(fromMs: number): { readonly youngestMs: number; readonly untilDueMs: number } {
    let youngestMs = Infinity;
    let untilDueMs = Infinity;
    for (const atMs of this.followers.orderedAtMs()) {
      const ageMs = this.nowMs() - atMs;
      if (ageMs >= fromMs) youngestMs = Math.min(youngestMs, ageMs);
      else untilDueMs = Math.min(untilDueMs, fromMs - ageMs);
    }
    return { youngestMs, untilDueMs };
  }

  /** Until the first of the followed instances is due, ms. */
  private toUntilDueMs(): number {
    const fromMs = this.toWindow()?.fromMs ?? 0;
    let firstAtMs = Infinity;
    for (const atMs of this.followers.orderedAtMs()) firstAtMs = Math.min(firstAtMs, atMs);
    return firstAtMs + fromMs - this.nowMs();
  }

  /** A bug must not leave anybody waiting. */
  private breakDown(error: unknown): void {
    this.isPolling = false;
    for (const follower of this.followers.all()) {
      this.followers.remove(follower, follower.pending);
      follower.query.onError(error);
    }
  }
}

/** Whether most of what was asked for had come to its end, so that more of the same is likely. */
function isWorthGoingOn(round: readonly Looked[]): boolean {
  return round.every(({ failedFor }) => failedFor === null) && toEndedShare(round) >= GO_ON_SHARE;
}

function toEndedShare(looks: readonly Looked[]): number {
  const asked = looks.reduce((sum, look) => sum + look.asked, 0);
  const ended = looks.reduce((sum, look) => sum + look.ended, 0);
  return asked === 0 ? 0 : ended / asked;
}
