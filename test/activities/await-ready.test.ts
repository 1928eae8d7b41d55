import { createAwaitReady } from '../../src/activities/await-ready';
import type { AwaitReadyAnswer, AwaitReadyInput } from '../../src/contract/activity-types';
import {
  createEnvironment,
  START_MS,
  useActivityStages,
  type ActivityInfo,
  type ActivityStage,
} from './activity-stage';
import { createHeldPoller, type HeldPoller } from './held-poller';
import { okAnswer, createSeenInstance } from './scripted-cloud';
import { waitFor } from '../support/wait-for';

const KEY = { tenant: 'default', batchId: 'nightly', generation: 0, shard: 0 };

const INPUT: AwaitReadyInput = {
  account: 'default',
  region: 'cn-hangzhou',
  engine: 'Redis',
  ids: ['r-1', 'r-2'],
  boughtAtMs: START_MS - 9_000,
  deadlineAtMs: START_MS + 30 * 60_000,
  ...KEY,
};

const createStage = useActivityStages();

interface BegunWait {
  readonly stage: ActivityStage;
  readonly poller: HeldPoller;
  readonly answer: Promise<AwaitReadyAnswer>;
  readonly beats: readonly unknown[];
  readonly cancel: () => void;
}

/** Begins a wait; the poller and the clock are in the test's hand. */
async function beginWait(info: ActivityInfo = {}): Promise<BegunWait> {
  const poller = createHeldPoller();
  const stage = createStage({}, { poller });
  const environment = createEnvironment(info);
  const beats: unknown[] = [];
  environment.on('heartbeat', (details: unknown) => beats.push(details));
  const answer = environment.run(
    createAwaitReady(stage.dependencies),
    INPUT,
  ) as Promise<AwaitReadyAnswer>;
  // Whoever expects a failure looks at the answer later.
  answer.catch(() => undefined);
  await poller.followed;
  return { stage, poller, answer, beats, cancel: () => environment.cancel() };
}

/** Waits until a look was taken: each one is followed by a heartbeat. */
async function untilBeat({ beats }: BegunWait, count = 1): Promise<void> {
  await waitFor(
    () => beats.length,
    (seen) => seen >= count,
    5_000,
  );
}

describe('a wait for readiness', () => {
  it('ends when all are ready, and has stored what it saw of each', async () => {
    const { poller, answer, stage } = await beginWait();
    poller.show({ 'r-1': 'Creating', 'r-2': 'Normal' });
    poller.show({ 'r-1': 'Changing' });
    poller.show({ 'r-1': 'Normal' });
    expect(await answer).toEqual({ failed: [], calls: { DescribeInstances: 3 } });
    const stored = await stage.dependencies.results.readInstances(KEY);
    expect(stored.get('r-2')).toEqual({
      id: 'r-2',
      status: 'Normal',
      zone: 'cn-hangzhou-h',
      endpoint: 'r-2:6379',
    });
    expect([...stored.keys()].sort()).toEqual(['r-1', 'r-2']);
  });

  it('works with the real poller', async () => {
    const seen = INPUT.ids.map((id) => createSeenInstance({ id, status: 'Normal' }));
    const stage = createStage({ describes: [okAnswer(seen)] });
    const activity = createAwaitReady(stage.dependencies);
    expect(await createEnvironment().run(activity, INPUT)).toEqual({
      failed: [],
      calls: { DescribeInstances: 1 },
    });
  });

  it('puts an instance that ended in an error into its answer, and waits on for the rest', async () => {
    const { poller, answer, stage } = await beginWait();
    poller.show({ 'r-1': 'Error', 'r-2': 'Creating' });
    expect([...poller.pending]).toEqual(['r-2']);
    poller.show({ 'r-2': 'Normal' });
    expect(await answer).toMatchObject({ failed: [{ id: 'r-1', status: 'Error' }] });
    const small = 'region="cn-hangzhou",instance_class="redis.master.small.default"';
    expect(stage.written).toEqual([
      'tairfleet_instances_failed{region="cn-hangzhou",status="Error"} 1',
      `tairfleet_instance_ready{${small}} 9`,
    ]);
  });

  it('looks at everything at the deadline, and then gives up with a status of its own', async () => {
    const { poller, answer, stage } = await beginWait();
    poller.lookNowShows({ 'r-1': 'Normal', 'r-2': 'Creating' });
    stage.clock.pass(30 * 60_000);
    poller.show({ 'r-1': 'Creating', 'r-2': 'Creating' });
    expect(await answer).toEqual({
      failed: [{ id: 'r-2', status: 'notReadyInTime' }],
      calls: { DescribeInstances: 2 },
    });
    expect((await stage.dependencies.results.readInstances(KEY)).has('r-1')).toBe(true);
  });

  it('tolerates an id that is not listed yet, but not for ever', async () => {
    const begun = await beginWait();
    const { poller, answer, stage } = begun;
    poller.show({ 'r-1': 'Creating' }, ['r-2']);
    await untilBeat(begun);
    expect(poller.pending.has('r-2')).toBe(true);
    stage.clock.pass(5_001);
    poller.show({ 'r-1': 'Normal' }, ['r-2']);
    expect(await answer).toMatchObject({ failed: [{ id: 'r-2', status: 'notVisible' }] });
  });

  it('counts the tolerance over all attempts, not anew in each', async () => {
    const heartbeatDetails = { pending: ['r-2'], failed: [], waitedMs: 5_001 };
    const { poller, answer } = await beginWait({ attempt: 2, heartbeatDetails });
    poller.show({}, ['r-2']);
    expect(await answer).toMatchObject({ failed: [{ id: 'r-2', status: 'notVisible' }] });
  });

  it('leaves with a benign failure after its window, so that a deploy can move it', async () => {
    const { poller, answer, stage } = await beginWait();
    stage.clock.pass(60_001);
    poller.show({ 'r-1': 'Creating', 'r-2': 'Creating' });
    await expect(answer).rejects.toMatchObject({
      type: 'NotReadyYet',
      category: 'BENIGN',
      nonRetryable: false,
    });
    expect(poller.pending.size).toBe(0);
  });

  it('stops following when it is cancelled', async () => {
    const { poller, answer, cancel } = await beginWait();
    cancel();
    await expect(answer).rejects.toMatchObject({ name: 'CancelledFailure' });
    expect(poller.pending.size).toBe(0);
  });

  it('ends with the error of a poller that has broken, rather than to wait in vain', async () => {
    const { poller, answer } = await beginWait();
    poller.fail(new Error('a bug'));
    await expect(answer).rejects.toThrow('a bug');
  });
});

describe('what an attempt leaves for the next one', () => {
  it('is what is still pending, what has failed, and for how long it was waited', async () => {
    const begun = await beginWait();
    begun.stage.clock.pass(3_000);
    begun.poller.show({ 'r-1': 'Error', 'r-2': 'Creating' });
    await untilBeat(begun);
    expect(begun.beats).toContainEqual({
      pending: ['r-2'],
      failed: [{ id: 'r-1', status: 'Error' }],
      waitedMs: 3_000,
    });
    begun.poller.show({ 'r-2': 'Normal' });
    await begun.answer;
  });

  it('is sent between two looks too, however far these are apart', async () => {
    const begun = await beginWait({ heartbeatTimeoutMs: 1_000 });
    await untilBeat(begun, 3);
    begun.poller.show({ 'r-1': 'Normal', 'r-2': 'Normal' });
    expect(await begun.answer).toMatchObject({ failed: [] });
  });

  it('is where the next attempt goes on, with the age that the poller learns from', async () => {
    const failed = [{ id: 'r-1', status: 'Error' }];
    const heartbeatDetails = { pending: ['r-2'], failed, waitedMs: 7_000 };
    const { poller, answer } = await beginWait({ attempt: 2, heartbeatDetails });
    expect(await poller.followed).toMatchObject({ ids: ['r-2'], ageMs: 9_000 });
    poller.show({ 'r-2': 'Normal' });
    expect(await answer).toMatchObject({ failed });
  });

  it('may lack the time, as that of an older version does', async () => {
    const heartbeatDetails = { pending: ['r-2'], failed: [] };
    const { poller, answer } = await beginWait({ attempt: 2, heartbeatDetails });
    expect(await poller.followed).toMatchObject({ ids: ['r-2'], ageMs: 9_000 });
    poller.show({ 'r-2': 'Normal' });
    await answer;
  });

  const FAILED = { id: 'r-2', status: 'Error' };

  it.each([
    ['a text', 'hello'],
    ['another shape', { todo: ['r-2'] }],
    ['an id of another wave', { pending: ['r-9'], failed: [] }],
    ['a failure without a status', { pending: [], failed: [{ id: 'r-1' }] }],
    ['an id in both lists', { pending: ['r-1'], failed: [{ id: 'r-1', status: 'Error' }] }],
    ['a failure told twice', { pending: [], failed: [FAILED, FAILED] }],
  ])('is not trusted when it is %s: the attempt starts anew', async (_what, heartbeatDetails) => {
    const { poller, answer } = await beginWait({ heartbeatDetails });
    expect(await poller.followed).toMatchObject({ ids: ['r-1', 'r-2'] });
    poller.show({ 'r-1': 'Normal', 'r-2': 'Normal' });
    expect(await answer).toMatchObject({ failed: [] });
  });
});
