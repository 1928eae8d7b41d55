import type { Proof } from './proof';
import type { Refusal } from './refusal';

/**
 * One attempt of a create activity as a pure state machine (rules R3, R4, R6 and R8). The activity
 * and the simulator ask {@link decideNext} what to do, do it, and tell the outcome.
 */

/** What an attempt knows from its input and from Temporal before it does anything. */
export interface AttemptFacts {
  readonly proof: Proof | null;
  /** The run that the attempt belongs to. */
  readonly runId: string;
  /** First attempt, and never reset: see {@link isTrueFirstAttempt}. */
  readonly isFirstAttempt: boolean;
  /** Whether Temporal still waited for it when it began; it is asked then, and not before. */
  readonly isAwaited: boolean;
  readonly quantity: number;
  readonly ignoreIds: readonly string[];
  /** Whether the same token may be sent again after an empty look-up (rule R6). */
  readonly isFastResendSafe: boolean;
  /** PrePaid without automatic payment: an order without ids is an answer. */
  readonly isUnpaidOrder: boolean;
}

/** How far an attempt is. */
export interface AttemptState {
  readonly facts: AttemptFacts;
  /** Whether a refusal of the next send would be definitive (rule R4). */
  readonly isProvenFirst: boolean;
  /** Set by a look-up that found nothing; a send then needs it to be fresh. */
  readonly lookedUpAtMs: number | null;
  readonly lastRefusal: Refusal | null;
  /** Sends that were refused before execution, in a row. */
  readonly rounds: number;
  readonly retryAfterMs: number | null;
  readonly isPauseDue: boolean;
  readonly verdict: AttemptVerdict | null;
}

/** How an attempt ends. `unsettled` gets its `since` from the activity. */
export type AttemptVerdict =
  | { readonly kind: 'created'; readonly ids: readonly string[]; readonly orderId: string | null }
  | { readonly kind: 'adopted'; readonly ids: readonly string[] }
  | { readonly kind: 'notExecuted'; readonly refusal: Refusal }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'unsettled'; readonly refusal: Refusal | null }
  /** Ends this attempt with a retryable failure: the next one looks up first. */
  | { readonly kind: 'throw'; readonly code: string };

/** What to do next. */
export type AttemptAction =
  | { readonly do: 'lookUp' }
  | { readonly do: 'send' }
  | { readonly do: 'pause'; readonly rounds: number; readonly retryAfterMs: number | null }
  | { readonly do: 'end'; readonly verdict: AttemptVerdict };

/** The moment of a decision. */
export interface AttemptMoment {
  /** Age of the attempt from its entry: the larger of monotonic and wall clock. */
  readonly ageMs: number;
  readonly nowMs: number;
  readonly sendWindowMs: number;
  readonly lookUpFreshnessMs: number;
  /** Whether our clock is too far off for a signature to mean its time. */
  readonly isClockOff: boolean;
  /** Whether the attempt was told to stop: paused, reset, cancelled, or the worker shuts down. */
  readonly isStopping: boolean;
}

/** An instance that a look-up found by its exact name. */
export interface LookedUp {
  readonly id: string;
  readonly isOurs: boolean;
}

/** The outcome of a send. */
export type SendOutcome =
  | { readonly kind: 'answered'; readonly ids: readonly string[]; readonly orderId: string | null }
  /** Refused before execution: throttled, transient, or never connected. */
  | {
      readonly kind: 'unexecuted';
      readonly refusal: Refusal;
      readonly retryAfterMs: number | null;
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'ambiguous'; readonly code: string };

/**
 * Whether this is the first attempt ever of its activity. The attempt number alone does not say it:
 * a reset in back-off sets it to 1 again, but then the two times differ.
 */
export function isTrueFirstAttempt(info: {
  readonly attempt: number;
  readonly scheduledTimestampMs: number;
  readonly currentAttemptScheduledTimestampMs: number;
}): boolean {
  return (
    info.attempt === 1 && info.scheduledTimestampMs === info.currentAttemptScheduledTimestampMs
  );
}

/** The state of an attempt that has done nothing. */
export function startAttempt(facts: AttemptFacts): AttemptState {
  const isStale = facts.proof === null || facts.proof.runId !== facts.runId;
  const state: AttemptState = {
    facts,
    isProvenFirst: !isStale && facts.isFirstAttempt,
    lookedUpAtMs: null,
    lastRefusal: null,
    rounds: 0,
    retryAfterMs: null,
    isPauseDue: false,
    verdict: isStale ? { kind: 'unsettled', refusal: null } : null,
  };
  // A paused machine begins, when it wakes up, what was handed to it long ago (rule R3).
  if (facts.isAwaited || isStale) return state;
  return { ...state, verdict: closeWindow({ ...state, lastRefusal: NOT_AWAITED }) };
}

/** What to do now; never sends outside the window or after a stale look-up (rule R3). */
export function decideNext(state: AttemptState, moment: AttemptMoment): AttemptAction {
  if (state.verdict !== null) return { do: 'end', verdict: state.verdict };
  if (moment.isStopping) return { do: 'end', verdict: giveUp(state) };
  if (moment.ageMs > moment.sendWindowMs) return { do: 'end', verdict: closeWindow(state) };
  if (state.isPauseDue || moment.isClockOff) {
    return { do: 'pause', rounds: state.rounds, retryAfterMs: state.retryAfterMs };
  }
  const lookUpAgeMs = state.lookedUpAtMs === null ? Infinity : moment.nowMs - state.lookedUpAtMs;
  const isLookUpFresh = lookUpAgeMs >= 0 && lookUpAgeMs < moment.lookUpFreshnessMs;
  return state.isProvenFirst || isLookUpFresh ? { do: 'send' } : { do: 'lookUp' };
}

/** The pause is over. */
export function afterPause(state: AttemptState): AttemptState {
  return { ...state, isPauseDue: false, retryAfterMs: null };
}

/** A look-up could not be made: pause, and look again. */
export function afterFailedLookUp(state: AttemptState, retryAfterMs: number | null): AttemptState {
  return { ...state, isPauseDue: true, retryAfterMs, rounds: state.rounds + 1 };
}

/** What a look-up found, by exact name (rule R8). */
export function afterLookUp(
  state: AttemptState,
  found: readonly LookedUp[],
  nowMs: number,
): AttemptState {
  const ignored = new Set(state.facts.ignoreIds);
  const fresh = found.filter((instance) => !ignored.has(instance.id));
  if (fresh.length === 0) {
    return state.facts.isFastResendSafe
      ? { ...state, lookedUpAtMs: nowMs }
      : { ...state, verdict: { kind: 'unsettled', refusal: null } };
  }
  const isExact = fresh.length === state.facts.quantity && fresh.every(({ isOurs }) => isOurs);
  const verdict: AttemptVerdict = isExact
    ? { kind: 'adopted', ids: fresh.map(({ id }) => id) }
    : { kind: 'unsettled', refusal: null };
  return { ...state, verdict };
}

/**
 * New creates are halted, and this attempt has sent nothing: a proven first send says so and keeps its
 * token, any other one stays in doubt and comes back.
 */
export function afterHalt(state: AttemptState): AttemptState {
  const verdict: AttemptVerdict = state.isProvenFirst
    ? { kind: 'refused', refusal: HALTED }
    : { kind: 'throw', code: HALTED.code };
  return { ...state, verdict };
}

/** What a send came to. */
export function afterSend(state: AttemptState, outcome: SendOutcome): AttemptState {
  switch (outcome.kind) {
    case 'answered':
      return { ...state, verdict: judgeIds(state, outcome) };
    case 'unexecuted':
      return {
        ...state,
        rounds: state.rounds + 1,
        lastRefusal: outcome.refusal,
        retryAfterMs: outcome.retryAfterMs,
        isPauseDue: true,
      };
    case 'refused':
      return { ...state, verdict: judgeRefusal(state, outcome.refusal) };
    case 'ambiguous':
      return { ...state, verdict: judgeAmbiguous(state, outcome.code) };
  }
}

function judgeIds(
  state: AttemptState,
  answer: Extract<SendOutcome, { kind: 'answered' }>,
): AttemptVerdict {
  const { facts } = state;
  if (facts.isUnpaidOrder && answer.ids.length === 0 && answer.orderId !== null) {
    return judgeRefusal(state, {
      class: 'awaitingPayment',
      code: 'awaiting-payment',
      message: `order ${answer.orderId} waits for its payment`,
    });
  }
  const ignored = new Set(facts.ignoreIds);
  if (new Set(answer.ids).size !== facts.quantity || answer.ids.length !== facts.quantity) {
    return judgeAmbiguous(state, 'short-answer');
  }
  if (answer.ids.some((id) => ignored.has(id))) {
    return judgeRefusal(state, { class: 'spent', code: 'token-spent' });
  }
  return { kind: 'created', ids: answer.ids, orderId: answer.orderId };
}

/**
 * Definitive only for a proven first send (rule R4). A token that was used with another body proves
 * that it was no first send, whatever we believed.
 */
function judgeRefusal(state: AttemptState, refusal: Refusal): AttemptVerdict {
  const isDefinitive = state.isProvenFirst && refusal.class !== 'conflict';
  return isDefinitive ? { kind: 'refused', refusal } : { kind: 'unsettled', refusal };
}

function judgeAmbiguous(state: AttemptState, code: string): AttemptVerdict {
  return state.facts.isFastResendSafe
    ? { kind: 'throw', code }
    : { kind: 'unsettled', refusal: null };
}

/** Throwing would cost a proven first send its proof, so it returns instead. */
function closeWindow(state: AttemptState): AttemptVerdict {
  return state.isProvenFirst
    ? { kind: 'notExecuted', refusal: state.lastRefusal ?? WINDOW_OVER }
    : { kind: 'throw', code: state.lastRefusal?.code ?? WINDOW_OVER.code };
}

function giveUp(state: AttemptState): AttemptVerdict {
  return state.isProvenFirst
    ? { kind: 'notExecuted', refusal: state.lastRefusal ?? STOPPED }
    : { kind: 'unsettled', refusal: null };
}

const HALTED: Refusal = { class: 'notSent', code: 'halted' };
const WINDOW_OVER: Refusal = { class: 'throttled', code: 'send-window-over' };
const NOT_AWAITED: Refusal = { class: 'throttled', code: 'attempt-not-awaited' };
const STOPPED: Refusal = { class: 'throttled', code: 'attempt-stopped' };
