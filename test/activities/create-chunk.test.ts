import { createCreateChunk } from '../../src/activities/create-chunk';
import {
  createEnvironment,
  RUN_ID,
  SETTLE_TIME_MS,
  StandingClock,
  START_MS,
  useActivityStages,
} from './activity-stage';
import {
  INPUT,
  NAME,
  SECOND_ATTEMPT,
  RESET,
  INVALID,
  THROTTLED,
  NOTHING,
  create,
  findBoth,
} from './create-samples';
import { createdAnswer, createSeenInstance, failedAnswer, okAnswer } from './scripted-cloud';

/** The table of the create activity in docs/safety.md, row by row, as calls and answers. */

const createStage = useActivityStages();

describe('a create without a proof of its run', () => {
  it.each([
    ['stale', { runId: 'an-earlier-run' }],
    ['missing', null],
  ])('makes no call at all and asks to be settled (%s proof)', async (_which, proof) => {
    const stage = createStage();
    expect(await create(stage, { proof })).toMatchObject({
      kind: 'unsettled',
      refusal: null,
      since: { runId: RUN_ID, atMs: START_MS },
      waitMs: SETTLE_TIME_MS + 30_000,
      calls: {},
    });
    expect(stage.cloud.called).toEqual([]);
  });
});

describe('a first send when every one is to look first, as after a restore of the database', () => {
  const always = { isLookUpAlways: true };

  it('adopts what an attempt has bought that the database has forgotten', async () => {
    const stage = createStage({ searches: [findBoth()] }, always);
    expect(await create(stage)).toMatchObject({ kind: 'adopted', ids: ['r-1', 'r-2'] });
    expect(stage.cloud.called).toEqual(['search']);
  });

  it('takes no refusal as definitive', async () => {
    const stage = createStage({ searches: [NOTHING], creates: [INVALID] }, always);
    expect(await create(stage)).toMatchObject({
      kind: 'unsettled',
      refusal: { class: 'invalid' },
    });
  });
});

describe('what is measured of a create', () => {
  it('is each answer, by class of the instance and of the error', async () => {
    const stage = createStage({ creates: [THROTTLED, createdAnswer('r-1', 'r-2')] });
    const body = { Instances: '[{"InstanceClass":"redis.master.small.default"}]' };
    await create(stage, { body });
    const labels = 'region="cn-hangzhou",instance_class="redis.master.small.default"';
    expect(stage.written).toEqual([
      `tairfleet_create_answers{${labels},error_class="throttled"} 1`,
      `tairfleet_create_answers{${labels},error_class="none"} 1`,
    ]);
  });

  it('names no class where the order is by capacity', async () => {
    const stage = createStage({ creates: [createdAnswer('r-1', 'r-2')] });
    await create(stage);
    expect(stage.written.join()).toContain('instance_class="by-capacity"');
  });
});

describe('what held a create back', () => {
  it('is each throttled call, and the waits for its turn and to be sent again', async () => {
    const clock = new StandingClock();
    // The pause before the second call, as this clock sees it.
    jest.spyOn(clock, 'random').mockImplementation(() => (clock.pass(400), 0));
    const late = { ...THROTTLED, waitedMs: 30_000 };
    const creates = [late, { ...createdAnswer('r-1', 'r-2'), waitedMs: 1_500 }];
    const stage = createStage({ creates }, {}, clock);
    const { delays } = await create(stage);
    expect(delays).toEqual({ throttled: 1, waitedMs: 31_900 });
  });

  it('is no throttling by the service when nothing was sent', async () => {
    const notSent = { ...THROTTLED, code: 'not-sent', calls: 0 };
    const stage = createStage({ creates: [notSent, createdAnswer('r-1', 'r-2')] });
    expect(await create(stage)).toMatchObject({
      retries: { throttled: 1 },
      delays: { throttled: 0 },
    });
  });
});

describe('a proven first send', () => {
  it('sends at once, what was frozen and nothing else', async () => {
    const stage = createStage({ creates: [createdAnswer('r-1', 'r-2')] });
    expect(await create(stage)).toEqual({
      kind: 'created',
      ids: ['r-1', 'r-2'],
      orderId: 'order-1',
      calls: { CreateInstances: 1 },
      retries: {},
      delays: { throttled: 0, waitedMs: 0 },
    });
    expect(stage.cloud.called).toEqual(['create']);
    expect(stage.cloud.sent[0]).toMatchObject({ token: 'token-1', body: INPUT.body });
  });

  it('hands a refusal back as definitive, with its request id', async () => {
    const stage = createStage({ creates: [INVALID] });
    expect(await create(stage)).toMatchObject({
      kind: 'refused',
      refusal: { class: 'invalid', code: 'InvalidVpc.NotFound', requestId: 'q-7' },
    });
  });

  it('sends again after refusals that executed nothing, and still counts as first', async () => {
    const stage = createStage({ creates: [THROTTLED, THROTTLED, INVALID] });
    expect(await create(stage)).toMatchObject({
      kind: 'refused',
      calls: { CreateInstances: 3 },
      retries: { throttled: 2, invalid: 1 },
    });
    expect(new Set(stage.cloud.sent.map(({ token }) => token))).toEqual(new Set(['token-1']));
  });

  it('returns notExecuted when its send window is over, since throwing would cost the proof', async () => {
    const clock = new StandingClock();
    const slow = () => (clock.pass(60_001), THROTTLED);
    const stage = createStage({ creates: [slow] }, {}, clock);
    expect(await create(stage)).toMatchObject({
      kind: 'notExecuted',
      refusal: { class: 'throttled', code: 'Throttling.User' },
    });
  });

  it.each([
    ['its machine slept: only the wall clock has moved', 60_001],
    ['the wall clock was set back: only the monotonic clock has moved', -600_000],
  ])('is over by either clock: %s', async (_what, setWallMs) => {
    const clock = new StandingClock();
    const slow = () => {
      if (setWallMs < 0) clock.pass(60_001);
      clock.setWall(setWallMs);
      return THROTTLED;
    };
    const stage = createStage({ creates: [slow] }, {}, clock);
    expect(await create(stage)).toMatchObject({ kind: 'notExecuted' });
  });

  it('takes an id that the chunk owns already for a spent token', async () => {
    const stage = createStage({ creates: [createdAnswer('r-1', 'r-owned')] });
    expect(await create(stage, { ignoreIds: ['r-owned'] })).toMatchObject({
      kind: 'refused',
      refusal: { class: 'spent', code: 'token-spent' },
    });
  });

  it('never takes a token mismatch for definitive', async () => {
    const stage = createStage({ creates: [failedAnswer({ class: 'conflict', code: 'Mismatch' })] });
    expect(await create(stage)).toMatchObject({
      kind: 'unsettled',
      refusal: { class: 'conflict', code: 'Mismatch' },
    });
  });

  it.each([
    ['fewer ids than asked', createdAnswer('r-1')],
    ['one id twice', createdAnswer('r-1', 'r-1')],
    ['no answer', failedAnswer()],
  ])('throws a retryable AmbiguousAnswer at %s', async (_what, answer) => {
    const stage = createStage({ creates: [answer] });
    await expect(create(stage)).rejects.toMatchObject({
      type: 'AmbiguousAnswer',
      nonRetryable: false,
    });
  });

  it('settles an ambiguous answer when nothing is known of the life of tokens', async () => {
    const stage = createStage({ creates: [failedAnswer()] });
    const settle = { ...stage.dependencies.settle, tokenLifetimeMs: 0 };
    const dependencies = { ...stage.dependencies, settle };
    expect(await create({ ...stage, dependencies })).toMatchObject({ kind: 'unsettled' });
  });

  it('asks for the time, and does not send, while its clock is off', async () => {
    const skews = [31_000, 31_000, 31_000, 0];
    const stage = createStage({
      clockSkewMs: () => skews.shift() ?? 0,
      counts: [okAnswer(0)],
      creates: [createdAnswer('r-1', 'r-2')],
    });
    expect(await create(stage)).toMatchObject({ kind: 'created' });
    expect(stage.cloud.called).toEqual(['count', 'create']);
  });

  it('finishes its open call when it is told to stop, and returns what it learned', async () => {
    const environment = createEnvironment();
    const stage = createStage({
      creates: [() => (environment.cancel('PAUSED'), createdAnswer('r-1', 'r-2'))],
    });
    const answer = await environment.run(createCreateChunk(stage.dependencies), INPUT);
    expect(answer).toMatchObject({ kind: 'created', ids: ['r-1', 'r-2'] });
  });
});

describe.each([
  ['a second attempt', SECOND_ATTEMPT],
  ['an attempt after a reset', RESET],
])('%s', (_which, info) => {
  it('looks up first, and adopts all that was bought', async () => {
    const stage = createStage({ searches: [findBoth()] });
    expect(await create(stage, {}, info)).toMatchObject({ kind: 'adopted', ids: ['r-1', 'r-2'] });
    expect(stage.cloud.called).toEqual(['search']);
  });

  it('settles when only some of the instances are there', async () => {
    const stage = createStage({ searches: [okAnswer([createSeenInstance({ name: NAME })])] });
    expect(await create(stage, {}, info)).toMatchObject({ kind: 'unsettled', refusal: null });
  });

  it('sends the same token again when nothing is there', async () => {
    const stage = createStage({ searches: [NOTHING], creates: [createdAnswer('r-1', 'r-2')] });
    expect(await create(stage, {}, info)).toMatchObject({ kind: 'created', ids: ['r-1', 'r-2'] });
    expect(stage.cloud.called).toEqual(['search', 'create']);
    expect(stage.cloud.sent[0]?.token).toBe('token-1');
  });

  it('settles a refusal, since an earlier send may have bought', async () => {
    const stage = createStage({ searches: [NOTHING], creates: [INVALID] });
    expect(await create(stage, {}, info)).toMatchObject({
      kind: 'unsettled',
      refusal: { class: 'invalid', code: 'InvalidVpc.NotFound' },
    });
  });
});

describe('a second attempt that looks up', () => {
  it('does not see what the chunk owns, nor names that only contain its own', async () => {
    const found = okAnswer([
      createSeenInstance({ id: 'r-owned', name: NAME }),
      createSeenInstance({ id: 'r-other', name: `${NAME}0` }),
    ]);
    const stage = createStage({ searches: [found], creates: [createdAnswer('r-1', 'r-2')] });
    expect(await create(stage, { ignoreIds: ['r-owned'] }, SECOND_ATTEMPT)).toMatchObject({
      kind: 'created',
    });
  });

  it('adopts no instance that fits no placement', async () => {
    const foreign = createSeenInstance({ id: 'r-2', name: NAME, vpcId: 'vpc-other' });
    const found = okAnswer([createSeenInstance({ name: NAME }), foreign]);
    const stage = createStage({ searches: [found] });
    expect(await create(stage, {}, SECOND_ATTEMPT)).toMatchObject({ kind: 'unsettled' });
  });

  it('looks up again before it sends when its look-up has grown old', async () => {
    const clock = new StandingClock();
    const slow = () => (clock.pass(10_000), NOTHING);
    const stage = createStage(
      { searches: [slow, NOTHING], creates: [createdAnswer('r-1', 'r-2')] },
      {},
      clock,
    );
    await create(stage, {}, SECOND_ATTEMPT);
    expect(stage.cloud.called).toEqual(['search', 'search', 'create']);
  });

  it('throws when its send window is over, so that the next attempt looks up', async () => {
    const clock = new StandingClock();
    const slow = () => (clock.pass(60_001), THROTTLED);
    const stage = createStage({ searches: [NOTHING], creates: [slow] }, {}, clock);
    await expect(create(stage, {}, SECOND_ATTEMPT)).rejects.toMatchObject({
      type: 'AmbiguousAnswer',
    });
  });

  it('sends nothing after an empty look-up when nothing is known of the life of tokens', async () => {
    const stage = createStage({ searches: [NOTHING] });
    const settle = { ...stage.dependencies.settle, tokenLifetimeMs: 0 };
    const dependencies = { ...stage.dependencies, settle };
    expect(await create({ ...stage, dependencies }, {}, SECOND_ATTEMPT)).toMatchObject({
      kind: 'unsettled',
    });
  });
});
