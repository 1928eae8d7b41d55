import { FAILURES } from '../../src/contract/failure-types';
import { SETTLE_DEFAULTS } from '../../src/domain/settle-time';
import { createRuns, StandingClock, useActivityStages } from './activity-stage';
import { SECOND_ATTEMPT, THROTTLED, NOTHING, create, findBoth } from './create-samples';
import { createdAnswer } from './scripted-cloud';

/** When a create may not send although its order is good: it is not waited for, too late, or halted. */

const createStage = useActivityStages();

describe('a create that Temporal no longer waits for when it begins, as on a machine that was paused', () => {
  const givenUp = { runs: createRuns([], undefined, () => Promise.resolve(false)) };

  it('sends nothing and says so, so that it is scheduled anew', async () => {
    const stage = createStage({}, givenUp);
    expect(await create(stage)).toMatchObject({
      kind: 'notExecuted',
      refusal: { code: 'attempt-not-awaited' },
    });
    expect(stage.cloud.called).toEqual([]);
  });

  it('fails when it is not the first one, so that the next one looks up', async () => {
    const stage = createStage({}, givenUp);
    const second = create(stage, {}, SECOND_ATTEMPT);
    await expect(second).rejects.toMatchObject({ type: FAILURES.ambiguousAnswer });
    expect(stage.cloud.called).toEqual([]);
  });

  it('sends nothing either when Temporal cannot be asked', async () => {
    const silent = createRuns([], undefined, () => Promise.reject(new Error('unavailable')));
    const stage = createStage({}, { runs: silent });
    expect(await create(stage)).toMatchObject({ kind: 'notExecuted' });
    expect(stage.cloud.called).toEqual([]);
  });

  it('has its window from before it asked: what was awaited then is none the younger', async () => {
    const clock = new StandingClock();
    const slow = createRuns([], undefined, () => {
      clock.pass(SETTLE_DEFAULTS.sendWindowMs + 1);
      return Promise.resolve(true);
    });
    const stage = createStage({}, { runs: slow }, clock);
    expect(await create(stage)).toMatchObject({
      kind: 'notExecuted',
      refusal: { code: 'send-window-over' },
    });
  });
});

describe('the right to send', () => {
  it('is asked for again in the tick of the send, and is gone when the window is over', async () => {
    const clock = new StandingClock();
    const answers: boolean[] = [];
    const stage = createStage(
      {
        creates: [
          (call) => {
            answers.push(call.isSendAllowed!());
            clock.pass(60_001);
            answers.push(call.isSendAllowed!());
            return THROTTLED;
          },
        ],
      },
      {},
      clock,
    );
    await create(stage);
    expect(answers).toEqual([true, false]);
  });
});

describe('while new creates are halted', () => {
  const HALTED = { halt: { isHalted: () => Promise.resolve(true) } };

  it('a proven first send sends nothing, and says so as a refusal that costs no proof', async () => {
    const stage = createStage({}, HALTED);
    expect(await create(stage)).toMatchObject({
      kind: 'refused',
      refusal: { class: 'notSent', code: 'halted' },
      calls: {},
    });
    expect(stage.cloud.called).toEqual([]);
  });

  it('an attempt that is not the first may look, and adopts what it finds', async () => {
    const stage = createStage({ searches: [findBoth()] }, HALTED);
    expect(await create(stage, {}, SECOND_ATTEMPT)).toMatchObject({ kind: 'adopted' });
  });

  it('an attempt that finds nothing sends nothing and comes back', async () => {
    const stage = createStage({ searches: [NOTHING] }, HALTED);
    await expect(create(stage, {}, SECOND_ATTEMPT)).rejects.toMatchObject({
      type: 'CreatesHalted',
      nonRetryable: false,
    });
    expect(stage.cloud.called).toEqual(['search']);
  });

  it('whoever cannot ask sends nothing', async () => {
    const halt = { isHalted: () => Promise.reject(new Error('Temporal is away')) };
    const stage = createStage({}, { halt });
    expect(await create(stage)).toMatchObject({ kind: 'refused', refusal: { code: 'halted' } });
  });

  it('an attempt that has sent finishes what it began', async () => {
    let asked = 0;
    const halt = { isHalted: () => Promise.resolve((asked += 1) > 1) };
    const stage = createStage({ creates: [THROTTLED, createdAnswer('r-1', 'r-2')] }, { halt });
    expect(await create(stage)).toMatchObject({ kind: 'created' });
  });
});
