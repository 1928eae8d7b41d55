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
  type SendOutcome,
} from '../../../src/domain/create-attempt';
import type { ErrorClass } from '../../../src/domain/refusal';
import { createRefusal, OLD_PROOF, PROOF } from '../../support/domain-samples';

const FACTS: AttemptFacts = {
  proof: PROOF,
  runId: PROOF.runId,
  isFirstAttempt: true,
  isAwaited: true,
  quantity: 2,
  ignoreIds: ['r-owned'],
  isFastResendSafe: true,
  isUnpaidOrder: false,
};

const MOMENT: AttemptMoment = {
  ageMs: 0,
  nowMs: 100_000,
  sendWindowMs: 60_000,
  lookUpFreshnessMs: 10_000,
  isClockOff: false,
  isStopping: false,
};

function start(facts: Partial<AttemptFacts> = {}): AttemptState {
  return startAttempt({ ...FACTS, ...facts });
}

/** An attempt that may send because a look-up has just found nothing. */
function startSecond(facts: Partial<AttemptFacts> = {}): AttemptState {
  return afterLookUp(start({ isFirstAttempt: false, ...facts }), [], MOMENT.nowMs);
}

function next(state: AttemptState, moment: Partial<AttemptMoment> = {}) {
  return decideNext(state, { ...MOMENT, ...moment });
}

function toAnswer(...ids: string[]): SendOutcome {
  return { kind: 'answered', ids, orderId: 'order-1' };
}

function toRefusal(errorClass: ErrorClass): SendOutcome {
  return { kind: 'refused', refusal: createRefusal(errorClass) };
}

function toUnexecuted(errorClass: ErrorClass = 'throttled'): SendOutcome {
  return { kind: 'unexecuted', refusal: createRefusal(errorClass), retryAfterMs: 700 };
}

function toSeen(...ids: string[]) {
  return ids.map((id) => ({ id, isOurs: true }));
}

describe('before anything was done', () => {
  test.each([
    ['a proof of another run', OLD_PROOF],
    ['no proof', null],
  ])('%s ends it unsettled without a call', (_what, proof) => {
    expect(next(start({ proof }))).toEqual({
      do: 'end',
      verdict: { kind: 'unsettled', refusal: null },
    });
  });

  test('a proven first send needs no look-up', () => {
    expect(next(start()).do).toBe('send');
  });

  test('every other attempt looks up', () => {
    expect(next(start({ isFirstAttempt: false })).do).toBe('lookUp');
    expect(next(start({ isFirstAttempt: false }), { nowMs: 0 }).do).toBe('lookUp');
  });

  test('attempt 1 after a reset in the UI is no first attempt', () => {
    const info = { attempt: 1, scheduledTimestampMs: 5, currentAttemptScheduledTimestampMs: 5 };
    expect(isTrueFirstAttempt(info)).toBe(true);
    expect(isTrueFirstAttempt({ ...info, currentAttemptScheduledTimestampMs: 9 })).toBe(false);
    expect(isTrueFirstAttempt({ ...info, attempt: 2 })).toBe(false);
  });
});

describe('a look-up', () => {
  const looking = () => start({ isFirstAttempt: false });

  test('that finds all adopts them, without what is owned already', () => {
    const state = afterLookUp(looking(), toSeen('r-1', 'r-owned', 'r-2'), 0);
    expect(state.verdict).toEqual({ kind: 'adopted', ids: ['r-1', 'r-2'] });
  });

  test('that finds nothing lets the same token be sent while the service still knows it', () => {
    expect(next(startSecond()).do).toBe('send');
  });

  test('that finds nothing ends unsettled when the service may have forgotten the token', () => {
    const state = startSecond({ isFastResendSafe: false });
    expect(state.verdict).toEqual({ kind: 'unsettled', refusal: null });
  });

  test.each([
    ['some', toSeen('r-1')],
    ['more than asked for', toSeen('r-1', 'r-2', 'r-3')],
    ['a foreign one', [...toSeen('r-1'), { id: 'r-2', isOurs: false }]],
  ])('that finds %s ends unsettled', (_what, found) => {
    expect(afterLookUp(looking(), found, 0).verdict).toEqual({ kind: 'unsettled', refusal: null });
  });

  test('is made again when it is older than ten seconds, or of the future', () => {
    expect(next(startSecond(), { nowMs: MOMENT.nowMs + 9_999 }).do).toBe('send');
    expect(next(startSecond(), { nowMs: MOMENT.nowMs + 10_000 }).do).toBe('lookUp');
    expect(next(startSecond(), { nowMs: MOMENT.nowMs - 1 }).do).toBe('lookUp');
  });

  test('that could not be made is repeated after a pause', () => {
    const failed = afterFailedLookUp(looking(), 300);
    expect(next(failed)).toEqual({ do: 'pause', rounds: 1, retryAfterMs: 300 });
    expect(next(afterPause(failed)).do).toBe('lookUp');
  });
});

describe('an answer', () => {
  test('with all ids makes them', () => {
    expect(afterSend(start(), toAnswer('r-1', 'r-2')).verdict).toEqual({
      kind: 'created',
      ids: ['r-1', 'r-2'],
      orderId: 'order-1',
    });
  });

  test('that names an owned id means that the token is spent: never a creation', () => {
    const spent = { class: 'spent', code: 'token-spent' };
    const answer = toAnswer('r-1', 'r-owned');
    expect(afterSend(start(), answer).verdict).toEqual({ kind: 'refused', refusal: spent });
    expect(afterSend(startSecond(), answer).verdict).toEqual({ kind: 'unsettled', refusal: spent });
  });

  test.each([
    ['fewer ids', toAnswer('r-1')],
    ['no id', toAnswer()],
    ['an id twice', toAnswer('r-1', 'r-1')],
    ['more ids', toAnswer('r-1', 'r-2', 'r-3')],
    ['all ids and one of them again', toAnswer('r-1', 'r-2', 'r-2')],
    ['a broken connection', { kind: 'ambiguous', code: 'connection-reset' } as const],
  ])('with %s is in doubt: another attempt looks up, or it settles', (_what, outcome) => {
    expect(afterSend(start(), outcome).verdict).toMatchObject({ kind: 'throw' });
    const unsafe = afterSend(start({ isFastResendSafe: false }), outcome);
    expect(unsafe.verdict).toEqual({ kind: 'unsettled', refusal: null });
  });

  test('that is a refusal counts only for a proven first send', () => {
    const refusal = createRefusal('quota');
    const outcome = toRefusal('quota');
    expect(afterSend(start(), outcome).verdict).toEqual({ kind: 'refused', refusal });
    expect(afterSend(startSecond(), outcome).verdict).toEqual({ kind: 'unsettled', refusal });
  });

  test('that the token was used with another body never counts as the answer to a first send', () => {
    const verdict = afterSend(start(), toRefusal('conflict')).verdict;
    expect(verdict).toEqual({ kind: 'unsettled', refusal: createRefusal('conflict') });
  });

  test('without ids is an answer for an order that nobody has paid yet', () => {
    const verdict = afterSend(start({ isUnpaidOrder: true }), toAnswer()).verdict;
    expect(verdict).toEqual({
      kind: 'refused',
      refusal: {
        class: 'awaitingPayment',
        code: 'awaiting-payment',
        message: 'order order-1 waits for its payment',
      },
    });
  });

  test('with ids is a creation also where an order may be paid later', () => {
    const verdict = afterSend(start({ isUnpaidOrder: true }), toAnswer('r-1', 'r-2')).verdict;
    expect(verdict).toMatchObject({ kind: 'created' });
  });

  test('without ids and without an order is in doubt, whoever pays', () => {
    const nothing = { kind: 'answered', ids: [], orderId: null } as const;
    const verdict = afterSend(start({ isUnpaidOrder: true }), nothing).verdict;
    expect(verdict).toEqual({ kind: 'throw', code: 'short-answer' });
  });
});

describe('a call that was not executed', () => {
  test('is sent again after the pause that the service asks for', () => {
    const paused = afterSend(start(), toUnexecuted());
    expect(next(paused)).toEqual({ do: 'pause', rounds: 1, retryAfterMs: 700 });
    expect(next(afterPause(paused)).do).toBe('send');
  });

  test('does not cost a first send its proof', () => {
    const state = afterPause(afterSend(start(), toUnexecuted()));
    expect(afterSend(state, toRefusal('quota')).verdict).toMatchObject({ kind: 'refused' });
  });

  test('is returned, not thrown, when the window of a proven first send is over', () => {
    const state = afterPause(afterSend(start(), toUnexecuted('transient')));
    expect(next(state, { ageMs: 60_001 })).toEqual({
      do: 'end',
      verdict: { kind: 'notExecuted', refusal: createRefusal('transient') },
    });
  });

  test('is thrown when the window of any other attempt is over', () => {
    const state = afterPause(afterSend(startSecond(), toUnexecuted()));
    expect(next(state, { ageMs: 60_001 })).toMatchObject({
      verdict: { kind: 'throw', code: 'Code.throttled' },
    });
  });
});

describe('an attempt that Temporal does not wait for when it begins', () => {
  const code = 'attempt-not-awaited';

  test('sends nothing, and keeps its proof and its token when it was to be the first', () => {
    const verdict = { kind: 'notExecuted', refusal: { class: 'throttled', code } };
    expect(next(start({ isAwaited: false }))).toEqual({ do: 'end', verdict });
  });

  test('is thrown when it is any other one, so that the next one looks up', () => {
    const verdict = { kind: 'throw', code };
    expect(next(startSecond({ isAwaited: false }))).toEqual({ do: 'end', verdict });
  });

  test('is in doubt all the same without a proof of its run', () => {
    const verdict = { kind: 'unsettled', refusal: null };
    expect(next(start({ isAwaited: false, proof: null }))).toEqual({ do: 'end', verdict });
  });
});

describe('the send window', () => {
  test('is open up to its last millisecond, and nothing is sent after it', () => {
    expect(next(start(), { ageMs: 60_000 }).do).toBe('send');
    expect(next(start(), { ageMs: 60_001 }).do).toBe('end');
    expect(next(startSecond(), { ageMs: 60_001 }).do).toBe('end');
  });

  test('says that it is over when nothing was refused before', () => {
    const refusal = { class: 'throttled', code: 'send-window-over' };
    const over = { ageMs: 60_001 };
    expect(next(start(), over)).toMatchObject({ verdict: { kind: 'notExecuted', refusal } });
    expect(next(startSecond(), over)).toMatchObject({
      verdict: { kind: 'throw', code: refusal.code },
    });
  });
});

test('nothing is sent while the clock is off', () => {
  expect(next(start(), { isClockOff: true }).do).not.toBe('send');
});

test('a halt costs a proven first send neither token nor proof; any other attempt comes back', () => {
  const refusal = { class: 'notSent', code: 'halted' };
  expect(next(afterHalt(start()))).toEqual({ do: 'end', verdict: { kind: 'refused', refusal } });
  expect(next(afterHalt(startSecond()))).toEqual({
    do: 'end',
    verdict: { kind: 'throw', code: 'halted' },
  });
});

test('an attempt that is told to stop returns what it learned', () => {
  const stopped = { isStopping: true };
  expect(next(start(), stopped)).toEqual({
    do: 'end',
    verdict: { kind: 'notExecuted', refusal: { class: 'throttled', code: 'attempt-stopped' } },
  });
  const refused = afterSend(start(), toUnexecuted('transient'));
  expect(next(refused, stopped)).toMatchObject({
    verdict: { kind: 'notExecuted', refusal: createRefusal('transient') },
  });
  expect(next(startSecond(), stopped)).toMatchObject({ verdict: { kind: 'unsettled' } });
  const created = afterSend(start(), toAnswer('r-1', 'r-2'));
  expect(next(created, stopped)).toMatchObject({ verdict: { kind: 'created' } });
});
