import {
  afterFailedLookUp,
  afterHalt,
  afterLookUp,
  afterPause,
  afterSend,
  decideNext,
  isTrueFirstAttempt,
  startAttempt,
  type AttemptFacts,
  type AttemptMoment,
  type AttemptState,
  type AttemptVerdict,
  type SendOutcome,
} from '../../src/domain/create-attempt';
import type { Proof } from '../../src/domain/proof';
import { isFastResendSafe } from '../../src/domain/settle-time';
import type { CloudModel, CreateCall } from './cloud-model';
import { listByName } from './look-activities';
import { toShort, type NetworkModel } from './network-model';
import type { Attempt } from './temporal-model';
import { isFaulty, toClockErrorMs, type World } from './world';

/** Everything that a create activity is told: frozen when it is scheduled. */
export interface CreateInput {
  readonly call: CreateCall;
  readonly ignoreIds: readonly string[];
  readonly proof: Proof | null;
}

const SEND_PAUSE_MAX_MS = 5_000;

/** The start of a wait that is over whenever somebody asks. */
export const LONG_AGO_MS = Number.MIN_SAFE_INTEGER;

/** A worker's create activity: the real attempt machine, and a clock of its own. */
export class CreateWorker {
  private state: AttemptState;
  private readonly clockErrorMs: number;
  private hasSent = false;
  /** The lie that what a look-up shows of a chunk is all there will be. */
  private isHasty = false;

  constructor(
    private readonly world: World,
    private readonly net: { readonly cloud: CloudModel; readonly network: NetworkModel },
    private readonly job: { readonly attempt: Attempt; readonly input: CreateInput },
  ) {
    this.clockErrorMs = toClockErrorMs(world);
    this.state = startAttempt(this.toFacts(true));
    job.attempt.after(10, () => this.ask());
  }

  private ask(): void {
    const isAwaited = this.world.off.has('asks-first') || this.job.attempt.isAwaited;
    this.goOn(5, () => startAttempt(this.toFacts(isAwaited)));
  }

  private step(): void {
    const { attempt } = this.job;
    const action = decideNext(this.state, this.toMoment());
    switch (action.do) {
      case 'end':
        return this.end(action.verdict);
      case 'pause':
        return this.goOn(this.world.random.between(100, SEND_PAUSE_MAX_MS, 'pace'), () =>
          afterPause(this.state),
        );
      case 'lookUp':
        return attempt.after(200, () => this.lookUp());
      case 'send':
        return this.send();
    }
  }

  private send(): void {
    const { attempt, input } = this.job;
    if (this.world.isHalted && !this.hasSent) return this.goOn(0, () => afterHalt(this.state));
    this.hasSent = true;
    this.world.trace(() => `${attempt.activity.run.id} sends ${toShort(input.call.token)}`);
    this.net.network.send(input.call, (outcome) => this.goOn(0, () => this.judge(outcome)));
  }

  private goOn(delayMs: number, next: () => AttemptState): void {
    this.job.attempt.after(delayMs, () => {
      this.state = next();
      this.step();
    });
  }

  private lookUp(): void {
    if (isFaulty(this.world, 'failedLookUp')) {
      this.state = afterFailedLookUp(this.state, null);
    } else {
      const { name } = this.job.input.call;
      const { run } = this.job.attempt.activity;
      const found = listByName(this.world, this.net.cloud, { name, run });
      const seen = found.map(({ id }) => ({ id, isOurs: true }));
      this.world.trace(() => `a look-up shows ${JSON.stringify(seen.map(({ id }) => id))}`);
      this.state = afterLookUp(this.state, seen, this.wallClockMs());
      this.isHasty = this.world.off.has('some-is-in-doubt') && this.isSome(seen);
    }
    this.job.attempt.after(toListMs(this.world), () => this.step());
  }

  private isSome(seen: readonly { readonly id: string }[]): boolean {
    const ignored = this.job.input.ignoreIds;
    return this.state.verdict?.kind === 'unsettled' && seen.some(({ id }) => !ignored.includes(id));
  }

  private judge(outcome: SendOutcome): AttemptState {
    const { off } = this.world;
    const { quantity } = this.job.input.call;
    if (off.has('short-answer-is-ambiguous') && outcome.kind === 'answered') {
      // The lie: what is missing was refused.
      const isShort = outcome.ids.length < quantity;
      if (isShort) {
        const refusal = { class: 'capacity', code: 'short' } as const;
        return afterSend(this.state, { kind: 'refused', refusal });
      }
    }
    return off.has('spent-token')
      ? afterSend({ ...this.state, facts: { ...this.state.facts, ignoreIds: [] } }, outcome)
      : afterSend(this.state, outcome);
  }

  private end(verdict: AttemptVerdict): void {
    const { attempt } = this.job;
    this.world.trace(() => `${attempt.activity.run.id} create ends: ${JSON.stringify(verdict)}`);
    if (verdict.kind === 'throw') return attempt.fail();
    const atMs = this.isHasty ? LONG_AGO_MS : this.wallClockMs();
    const since = { runId: attempt.activity.run.id, atMs };
    attempt.finish({ verdict, since });
  }

  private toFacts(isAwaited: boolean): AttemptFacts {
    const { attempt, input } = this.job;
    const { off, settings } = this.world;
    const runId = attempt.activity.run.id;
    const isLyingAboutFirst = off.has('proven-first-send');
    const isLyingAboutProof = isLyingAboutFirst || off.has('proof-is-data');
    const isFirst = off.has('scheduled-times')
      ? attempt.info.attempt === 1
      : isTrueFirstAttempt(attempt.info);
    return {
      proof: isLyingAboutProof ? { runId } : input.proof,
      runId,
      isFirstAttempt: isLyingAboutFirst || isFirst,
      isAwaited,
      quantity: input.call.quantity,
      ignoreIds: off.has('ignored-ids') ? [] : input.ignoreIds,
      isFastResendSafe: off.has('token-outlives-settle') || isFastResendSafe(settings),
      isUnpaidOrder: false,
    };
  }

  private toMoment(): AttemptMoment {
    const { clock, off, settings } = this.world;
    return {
      ageMs: off.has('send-window') ? 0 : clock.nowMs - this.job.attempt.startedAtMs,
      nowMs: this.wallClockMs(),
      sendWindowMs: settings.sendWindowMs,
      lookUpFreshnessMs: off.has('fresh-look-up') ? Infinity : settings.lookUpFreshnessMs,
      isClockOff: false,
      isStopping: this.job.attempt.isStopping,
    };
  }

  private wallClockMs(): number {
    return this.world.clock.nowMs + this.clockErrorMs;
  }
}

/** How long the rest of a list takes: mostly nothing, sometimes longer than it stays fresh. */
function toListMs({ random }: World): number {
  return random.pick([0, 0, 0, 3_000, 15_000], 'pace');
}
