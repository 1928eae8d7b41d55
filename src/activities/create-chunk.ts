import { Context, log } from '@temporalio/activity';
import type { ApplicationFailure } from '@temporalio/common';
import type { CallFailure, CreateAnswer } from '../cloud/port';
import type { CreateChunkAnswer, CreateChunkInput } from '../contract/activity-types';
import { FAILURES } from '../contract/failure-types';
import { logEvent } from '../contract/log-writer';
import { addDelays, NO_DELAYS } from '../domain/call-delays';
import {
  afterFailedLookUp,
  afterHalt,
  afterLookUp,
  afterPause,
  afterSend,
  decideNext,
  isTrueFirstAttempt,
  startAttempt,
  type AttemptMoment,
  type AttemptState,
  type AttemptVerdict,
  type SendOutcome,
} from '../domain/create-attempt';
import { readInstanceClass } from '../domain/create-body';
import { toBackOffMs } from '../domain/gate';
import { isFastResendSafe, toSettleTimeMs } from '../domain/settle-time';
import { CallCounter } from './call-counter';
import type { ActivityDependencies } from './dependencies';
import { toRefusal, toRetryable } from './failures';
import { withHeartbeat, type AttemptLife } from './heartbeat';
import { isOurs } from './instance-match';

/** First and longest pause between two calls of one attempt, ms; full jitter below it. */
const CALL_BACK_OFF_MIN_MS = 500;
const CALL_BACK_OFF_MAX_MS = 8_000;

/**
 * Orders the instances of one chunk. What it does at each moment is decided by the attempt's state
 * machine; this only makes the calls.
 */
export function createCreateChunk(dependencies: ActivityDependencies) {
  return (input: CreateChunkInput): Promise<CreateChunkAnswer> =>
    withHeartbeat((life) => new Attempt(dependencies, input, life).run());
}

/** One attempt: the calls, and the clocks that bound them. */
class Attempt {
  private readonly calls = new CallCounter();
  private readonly retries = new CallCounter();
  private delays = NO_DELAYS;
  private readonly info = Context.current().info;
  private readonly startedAtMs: number;
  private readonly startedMonotonicMs: number;

  constructor(
    private readonly dependencies: ActivityDependencies,
    private readonly input: CreateChunkInput,
    private readonly life: AttemptLife,
  ) {
    this.startedAtMs = dependencies.clock.nowMs();
    this.startedMonotonicMs = dependencies.clock.monotonicMs();
  }

  async run(): Promise<CreateChunkAnswer> {
    let state = this.start(await this.isAwaited());
    for (;;) {
      const action = decideNext(state, this.now());
      switch (action.do) {
        case 'end':
          return this.end(action.verdict);
        case 'lookUp':
          state = await this.lookUp(state);
          break;
        case 'send':
          state = (await this.isHalted()) ? afterHalt(state) : await this.send(state);
          break;
        case 'pause':
          await this.pause(action.rounds, action.retryAfterMs);
          if (this.isClockOff()) await this.askForTime();
          state = afterPause(state);
          break;
      }
    }
  }

  /**
   * A halt holds back the first send of an attempt; one that has sent finishes what it began. Who cannot
   * ask must take it for halted.
   */
  private async isHalted(): Promise<boolean> {
    if (this.calls.toCounts()['CreateInstances'] !== undefined) return false;
    return this.dependencies.halt.isHalted().catch(() => true);
  }

  private now(): AttemptMoment {
    const { clock, settle } = this.dependencies;
    const nowMs = clock.nowMs();
    const monotonicAgeMs = clock.monotonicMs() - this.startedMonotonicMs;
    return {
      ageMs: Math.max(nowMs - this.startedAtMs, monotonicAgeMs),
      nowMs,
      sendWindowMs: settle.sendWindowMs,
      lookUpFreshnessMs: settle.lookUpFreshnessMs,
      isClockOff: this.isClockOff(),
      isStopping: this.life.isStopping(),
    };
  }

  /** Who cannot ask must take it for given up: what is concluded about it may be concluded already. */
  private isAwaited(): Promise<boolean> {
    return this.dependencies.runs.isAwaited(this.info.taskToken).catch(() => false);
  }

  private start(isAwaited: boolean): AttemptState {
    const { input, info } = this;
    // A restored database schedules for the first time what it has forgotten (assumption A6).
    const isFirstAttempt = !this.dependencies.isLookUpAlways && isTrueFirstAttempt(info);
    return startAttempt({
      proof: input.proof,
      runId: info.workflowExecution?.runId ?? '',
      isFirstAttempt,
      isAwaited,
      quantity: input.quantity,
      ignoreIds: input.ignoreIds,
      isFastResendSafe: isFastResendSafe(this.dependencies.settle),
      isUnpaidOrder: input.isUnpaidOrder,
    });
  }

  private isClockOff(): boolean {
    const skewMs = this.dependencies.cloud.clockSkewMs();
    return skewMs !== null && Math.abs(skewMs) > this.dependencies.settle.clockSkewMs;
  }

  /** Any answer tells the service's time; while the clock is off, no other call would be made. */
  private async askForTime(): Promise<void> {
    const { account, region, engine, name } = this.input;
    const query = { account, region, engine, nameTag: name, signal: this.life.signal };
    const answer = await this.dependencies.cloud.countInstances(query);
    this.calls.add('DescribeInstances', answer.calls);
  }

  private async lookUp(state: AttemptState): Promise<AttemptState> {
    const { cloud, clock, isClassCompared } = this.dependencies;
    const { account, region, engine, name, matches } = this.input;
    const atMs = clock.nowMs();
    const answer = await cloud.searchInstances({ account, region, engine, nameTag: name });
    this.calls.add('DescribeInstances', answer.calls);
    if (answer.kind === 'failed') {
      this.countFailure(answer);
      return afterFailedLookUp(state, answer.retryAfterMs);
    }
    const found = answer.value
      .filter((instance) => instance.name === name)
      .map((instance) => ({
        id: instance.id,
        isOurs: isOurs(instance, matches, isClassCompared),
      }));
    return afterLookUp(state, found, atMs);
  }

  private async send(state: AttemptState): Promise<AttemptState> {
    const { cloud, callTimeoutMs } = this.dependencies;
    const { account, region, token, body } = this.input;
    const answer = await cloud.createInstances({
      account,
      region,
      token,
      body,
      timeoutMs: callTimeoutMs,
      signal: this.life.signal,
      // The call may have waited for its turn: only this tick knows whether it may still be sent.
      isSendAllowed: () => decideNext(state, this.now()).do === 'send',
    });
    this.calls.add('CreateInstances', answer.calls);
    this.measure(answer);
    this.tell(answer);
    this.countWait(answer.waitedMs ?? 0);
    if (answer.kind === 'failed') this.countFailure(answer);
    return afterSend(state, toOutcome(answer));
  }

  /** What was not sent was not throttled by the service, though it counts as that when it is retried. */
  private countFailure({
    class: errorClass,
    calls,
  }: CallFailure & { readonly calls: number }): void {
    this.retries.add(errorClass);
    if (errorClass !== 'throttled' || calls === 0) return;
    this.delays = addDelays(this.delays, { throttled: 1, waitedMs: 0 });
  }

  private countWait(waitedMs: number): void {
    this.delays = addDelays(this.delays, { throttled: 0, waitedMs: Math.round(waitedMs) });
  }

  private measure(answer: CreateAnswer): void {
    this.dependencies.metrics.count('tairfleet_create_answers', {
      region: this.input.region,
      instance_class: readInstanceClass(this.input.body) ?? 'by-capacity',
      error_class: answer.kind === 'failed' ? answer.class : 'none',
    });
  }

  /** What was not sent is no news. */
  private tell(answer: CreateAnswer): void {
    if (answer.calls === 0) return;
    const { account, region, name, token, quantity } = this.input;
    const call = { account, region, instanceName: name, token, asked: quantity };
    const { requestId } = answer;
    if (answer.kind === 'created') {
      const { ids, orderId } = answer;
      return logEvent(log, 'chunk-created', { ...call, count: ids.length, orderId, requestId });
    }
    const { class: errorClass, code, httpStatus } = answer;
    logEvent(log, 'create-failed', { ...call, class: errorClass, code, httpStatus, requestId });
  }

  private async pause(rounds: number, retryAfterMs: number | null): Promise<void> {
    const { clock } = this.dependencies;
    const pausedAtMs = clock.monotonicMs();
    const ceilingMs = toBackOffMs(rounds, CALL_BACK_OFF_MIN_MS, CALL_BACK_OFF_MAX_MS);
    const jitteredMs = clock.random() * ceilingMs;
    await this.life.pause(retryAfterMs === null ? jitteredMs : retryAfterMs + jitteredMs / 4);
    this.countWait(clock.monotonicMs() - pausedAtMs);
  }

  private end(verdict: AttemptVerdict): CreateChunkAnswer {
    const { delays } = this;
    const counts = { calls: this.calls.toCounts(), retries: this.retries.toCounts(), delays };
    if (verdict.kind === 'throw') throw this.toFailure(verdict.code);
    if (verdict.kind !== 'unsettled') return { ...verdict, ...counts };
    const { clock, settle } = this.dependencies;
    return {
      ...verdict,
      ...counts,
      since: { runId: this.info.workflowExecution?.runId ?? '', atMs: clock.nowMs() },
      waitMs: toSettleTimeMs(settle) + settle.timerMarginMs,
    };
  }

  private toFailure(code: string): ApplicationFailure {
    const { name } = this.input;
    return code === 'halted'
      ? toRetryable(
          FAILURES.createsHalted,
          `new creates are halted, and an earlier attempt may have sent ${name}; ` +
            'the next attempt looks up what exists, and sends after tairfleet unhalt',
        )
      : toRetryable(
          FAILURES.ambiguousAnswer,
          `the outcome of the call for ${name} is unknown (${code}); ` +
            'the next attempt looks up what exists before it sends the same token again',
        );
  }
}

function toOutcome(answer: CreateAnswer): SendOutcome {
  if (answer.kind === 'created') {
    return { kind: 'answered', ids: answer.ids, orderId: answer.orderId };
  }
  return toFailedOutcome(answer);
}

/** Refused before execution: throttled, a transient refusal, or never connected (rule R4). */
function toFailedOutcome(failure: CallFailure): SendOutcome {
  const refusal = toRefusal(failure);
  if (failure.isUnexecuted || failure.class === 'transient' || failure.class === 'throttled') {
    return { kind: 'unexecuted', refusal, retryAfterMs: failure.retryAfterMs };
  }
  return failure.class === 'ambiguous'
    ? { kind: 'ambiguous', code: failure.code }
    : { kind: 'refused', refusal };
}
