import { createAwaitReady } from '../../src/activities/await-ready';
import type { AwaitReadyAnswer, AwaitReadyInput } from '../../src/contract/activity-types';
import type { SeenInstance } from '../../src/cloud/port';
import {
  createEnvironment,
  runActivity,
  StandingClock,
  START_MS,
  useActivityStages,
  type ActivityInfo,
  type ActivityStage,
} from './activity-stage';
import { createSeenInstance, failedAnswer, okAnswer } from './scripted-cloud';

const KEY = { tenant: 'default', batchId: 'nightly', generation: 0, shard: 0 };

const INPUT: AwaitReadyInput = {
  account: 'default',
  region: 'cn-hangzhou',
  engine: 'Redis',
  ids: ['r-1', 'r-2'],
  deadlineAtMs: START_MS + 30 * 60_000,
  ...KEY,
};

const createStage = useActivityStages();

function awaitReady(
  { dependencies }: ActivityStage,
  input: Partial<AwaitReadyInput> = {},
  info: ActivityInfo = {},
): Promise<AwaitReadyAnswer> {
  return runActivity(createAwaitReady(dependencies), { ...INPUT, ...input }, info);
}

function show(statuses: Readonly<Record<string, string>>) {
  const seen = Object.entries(statuses);
  return okAnswer(
    seen.map(([id, status]): SeenInstance =>
      createSeenInstance({ id, status, endpoint: status === 'Normal' ? `${id}:6379` : null }),
    ),
  );
}

describe('a wait for readiness', () => {
  it('ends when all are ready, and has stored what it saw of each', async () => {
    const stage = createStage({
      describes: [
        show({ 'r-1': 'Creating', 'r-2': 'Normal' }),
        show({ 'r-1': 'Changing' }),
        show({ 'r-1': 'Normal' }),
      ],
    });
    expect(await awaitReady(stage)).toEqual({ failed: [], calls: { DescribeInstances: 3 } });
    const stored = await stage.dependencies.results.readInstances(KEY);
    expect(stored.get('r-2')).toEqual({
      id: 'r-2',
      status: 'Normal',
      zone: 'cn-hangzhou-h',
      endpoint: 'r-2:6379',
    });
    expect([...stored.keys()].sort()).toEqual(['r-1', 'r-2']);
  });

  it('asks for at most 30 ids a call, and only for those that are pending', async () => {
    const ids = Array.from({ length: 65 }, (_, index) => `r-${index}`);
    const asked: number[] = [];
    const answer = (query: { ids: readonly string[] }) => {
      asked.push(query.ids.length);
      return show(Object.fromEntries(query.ids.map((id) => [id, 'Normal'])));
    };
    const stage = createStage({ describes: [answer, answer, answer] });
    await awaitReady(stage, { ids });
    expect(asked).toEqual([30, 30, 5]);
  });

  it('asks about 30 of a wave until one of them has changed, and each time about others', async () => {
    const ids = Array.from({ length: 65 }, (_, index) => `r-${index}`);
    const asked: string[] = [];
    const answer = (status: string) => (query: { ids: readonly string[] }) => {
      asked.push(`${query.ids[0]} ${query.ids.length} ${status}`);
      return show(Object.fromEntries(query.ids.map((id) => [id, status])));
    };
    const [wait, done] = [answer('Creating'), answer('Normal')];
    const stage = createStage({ describes: [wait, wait, done, done, done] });
    await awaitReady(stage, { ids });
    expect(asked).toEqual([
      'r-0 30 Creating',
      'r-30 30 Creating',
      'r-60 30 Normal',
      'r-25 30 Normal',
      'r-55 5 Normal',
    ]);
  });

  it('asks about everything at the deadline', async () => {
    const ids = Array.from({ length: 65 }, (_, index) => `r-${index}`);
    const clock = new StandingClock();
    const asked: number[] = [];
    const wait = (query: { ids: readonly string[] }) => {
      asked.push(query.ids.length);
      clock.pass(30 * 60_000);
      return show(Object.fromEntries(query.ids.map((id) => [id, 'Creating'])));
    };
    const stage = createStage({ describes: [wait, wait, wait, wait] }, {}, clock);
    expect((await awaitReady(stage, { ids })).failed).toHaveLength(65);
    expect(asked).toEqual([30, 30, 30, 5]);
  });

  it('puts an instance that ended in an error into its answer, and waits on for the rest', async () => {
    const stage = createStage({
      describes: [show({ 'r-1': 'Error', 'r-2': 'Creating' }), show({ 'r-2': 'Normal' })],
    });
    expect(await awaitReady(stage)).toMatchObject({ failed: [{ id: 'r-1', status: 'Error' }] });
  });

  it('gives up at the deadline with a status of its own', async () => {
    const clock = new StandingClock();
    const late = () => (clock.pass(30 * 60_000), show({ 'r-1': 'Normal', 'r-2': 'Creating' }));
    const last = show({ 'r-2': 'Creating' });
    expect(await awaitReady(createStage({ describes: [late, last] }, {}, clock))).toMatchObject({
      failed: [{ id: 'r-2', status: 'notReadyInTime' }],
    });
  });

  it('tolerates an id that is not listed yet, but not for ever', async () => {
    const clock = new StandingClock();
    const early = show({ 'r-1': 'Creating' });
    const late = () => (clock.pass(5_001), show({ 'r-1': 'Normal' }));
    expect(await awaitReady(createStage({ describes: [early, late] }, {}, clock))).toEqual({
      failed: [{ id: 'r-2', status: 'notVisible' }],
      calls: { DescribeInstances: 2 },
    });
  });

  it('leaves with a benign failure after its window, so that a deploy can move it', async () => {
    const clock = new StandingClock();
    const late = () => (clock.pass(60_001), show({ 'r-1': 'Creating', 'r-2': 'Creating' }));
    await expect(awaitReady(createStage({ describes: [late] }, {}, clock))).rejects.toMatchObject({
      type: 'NotReadyYet',
      category: 'BENIGN',
      nonRetryable: false,
    });
  });

  it('asks again when a look fails', async () => {
    const ready = show({ 'r-1': 'Normal', 'r-2': 'Normal' });
    const stage = createStage({ describes: [failedAnswer({ retryAfterMs: 1 }), ready] });
    expect(await awaitReady(stage)).toMatchObject({ failed: [] });
  });
});

describe('what an attempt leaves for the next one', () => {
  it('is what is still pending and what has failed', async () => {
    const environment = createEnvironment();
    const beats: unknown[] = [];
    environment.on('heartbeat', (details: unknown) => beats.push(details));
    const stage = createStage({
      describes: [show({ 'r-1': 'Error', 'r-2': 'Creating' }), show({ 'r-2': 'Normal' })],
    });
    await environment.run(createAwaitReady(stage.dependencies), INPUT);
    expect(beats).toContainEqual({
      pending: ['r-2'],
      failed: [{ id: 'r-1', status: 'Error' }],
      waitedMs: 0,
    });
  });

  it('is sent between two polls too, however far these are apart', async () => {
    const environment = createEnvironment({ heartbeatTimeoutMs: 1_000 });
    let beats = 0;
    environment.on('heartbeat', () => (beats += 1));
    let beatsOfFirstPoll = 0;
    const stage = createStage({
      describes: [
        show({ 'r-1': 'Normal', 'r-2': 'Creating' }),
        () => ((beatsOfFirstPoll = beats), show({ 'r-2': 'Normal' })),
      ],
    });
    await environment.run(createAwaitReady(stage.dependencies), INPUT);
    expect(beatsOfFirstPoll).toBeGreaterThan(2);
  });

  it('is where the next attempt goes on', async () => {
    const heartbeatDetails = { pending: ['r-2'], failed: [{ id: 'r-1', status: 'Error' }] };
    const asked: string[] = [];
    const stage = createStage({
      describes: [({ ids }) => (asked.push(...ids), show({ 'r-2': 'Normal' }))],
    });
    expect(await awaitReady(stage, {}, { attempt: 2, heartbeatDetails })).toMatchObject({
      failed: [{ id: 'r-1', status: 'Error' }],
    });
    expect(asked).toEqual(['r-2']);
  });

  it.each([
    ['a text', 'hello'],
    ['another shape', { todo: ['r-2'] }],
    ['an id of another wave', { pending: ['r-9'], failed: [] }],
    ['a failure without a status', { pending: [], failed: [{ id: 'r-1' }] }],
  ])('is not trusted when it is %s: the attempt starts anew', async (_what, heartbeatDetails) => {
    const stage = createStage({ describes: [show({ 'r-1': 'Normal', 'r-2': 'Normal' })] });
    expect(await awaitReady(stage, {}, { heartbeatDetails })).toEqual({
      failed: [],
      calls: { DescribeInstances: 1 },
    });
  });
});
