import { createFollowUpActivities } from '../../src/activities/follow-ups';
import type { Answer, DescribeQuery, SeenInstance } from '../../src/cloud/port';
import type { ProbeOutcome, ProbeTarget } from '../../src/outbound/redis-probe';
import { createSecretResolver } from '../../src/outbound/secret-resolver';
import {
  createEnvironment,
  runActivity,
  StandingClock,
  START_MS,
  useActivityStages,
} from './activity-stage';
import { createSeenInstance, failedAnswer, okAnswer } from './scripted-cloud';

const PASSWORD = 'Correct-Horse-9';
const DONE = okAnswer(null);
const BUSY = failedAnswer({ class: 'transient', code: 'TaskExists' });

const target = {
  ...{ account: 'default', region: 'cn-hangzhou', engine: 'Redis' as const },
  deadlineAtMs: START_MS + 60_000,
};
const ids = ['r-1', 'r-2', 'r-3'];

const createStage = useActivityStages();

/** A look that shows every instance it asks for with this status and address. */
function showing(changes: Partial<SeenInstance>) {
  return ({ ids: asked }: DescribeQuery): Answer<readonly SeenInstance[]> =>
    okAnswer(asked.map((id) => createSeenInstance({ id, ...changes })));
}

describe('parameters', () => {
  const input = { ...target, ids, parameters: { timeout: '300' } };

  it('are taken when the instance is Normal again, and are not sent twice for that', async () => {
    const stage = createStage({
      parameters: [DONE, DONE, DONE],
      describes: [showing({ status: 'Changing' }), showing({ status: 'Normal' })],
    });
    const { setParameters } = createFollowUpActivities(stage.dependencies);
    // One look for all that are asked for at the same moment.
    expect(await runActivity(setParameters, input)).toEqual({
      calls: { ModifyInstanceConfig: 3, DescribeInstances: 2 },
      refused: [],
    });
  });

  it('are sent again to an instance that was busy, and only to that one', async () => {
    const stage = createStage({
      parameters: [DONE, BUSY, DONE, DONE],
      describes: [showing({ status: 'Normal' }), showing({ status: 'Normal' })],
    });
    const { setParameters } = createFollowUpActivities(stage.dependencies);
    expect((await runActivity(setParameters, input)).calls).toEqual({
      ModifyInstanceConfig: 4,
      DescribeInstances: 2,
    });
  });

  it('are waited for, and not sent again, by the attempt that comes after', async () => {
    const clock = new StandingClock();
    const late = (query: DescribeQuery) => (
      clock.pass(30_000),
      showing({ status: 'Rebooting' })(query)
    );
    const first = createStage(
      { parameters: [DONE, DONE, BUSY, DONE], describes: [late] },
      {},
      clock,
    );
    const { setParameters } = createFollowUpActivities({
      ...first.dependencies,
      readiness: { windowMs: 20_000 },
    });
    const environment = createEnvironment();
    const beats: object[] = [];
    environment.on('heartbeat', (details: object) => beats.push(details));
    const wanted = { ...input, deadlineAtMs: START_MS + 600_000 };
    await expect(environment.run(setParameters, wanted)).rejects.toMatchObject({
      type: 'NotReadyYet',
    });
    expect(beats.at(-1)).toMatchObject({ pending: ids, begun: ids });
    const next = createStage({ describes: [showing({ status: 'Normal' })] });
    const activities = createFollowUpActivities(next.dependencies);
    const heartbeatDetails = beats.at(-1);
    expect(
      await runActivity(activities.setParameters, input, { attempt: 2, heartbeatDetails }),
    ).toEqual({ calls: { DescribeInstances: 1 }, refused: [] });
  });

  it('say which status holds an instance beyond the deadline', async () => {
    const clock = new StandingClock();
    const late = (query: DescribeQuery) => (
      clock.pass(60_001),
      showing({ status: 'Rebooting' })(query)
    );
    const stage = createStage({ parameters: [DONE, DONE, DONE], describes: [late] }, {}, clock);
    const { setParameters } = createFollowUpActivities(stage.dependencies);
    const { refused } = await runActivity(setParameters, input);
    expect(refused.flatMap((each) => each.ids)).toEqual(ids);
    expect(refused[0]?.refusal).toMatchObject({
      ...{ class: 'transient', code: 'still-changing' },
      message: 'r-1 took the parameters and is Rebooting',
    });
  });

  it('that are wrong are refused for each, without a look', async () => {
    const wrong = failedAnswer({ class: 'invalid', code: 'InvalidParameter' });
    const stage = createStage({ parameters: [wrong, wrong, wrong] });
    const { setParameters } = createFollowUpActivities(stage.dependencies);
    const answer = await runActivity(setParameters, input);
    expect(answer.calls).toEqual({ ModifyInstanceConfig: 3 });
    expect(answer.refused.flatMap((each) => each.ids)).toEqual(ids);
  });
});

describe('settings of one call', () => {
  it.each([
    ['windows', 'setMaintenanceWindow', { window: { start: '18:00Z', end: '22:00Z' } }],
    ['moves', 'moveToResourceGroup', { resourceGroupId: 'rg-2' }],
    ['protections', 'protectFromRelease', {}],
  ] as const)('%s go to each instance, again when it is busy', async (script, name, extra) => {
    const seen: unknown[] = [];
    const answers = [DONE, BUSY, DONE, DONE].map((answer) => (call: object) => {
      seen.push(call);
      return answer;
    });
    const stage = createStage({ [script]: answers });
    const activity = createFollowUpActivities(stage.dependencies)[name] as (
      input: object,
    ) => Promise<unknown>;
    expect(await runActivity(activity, { ...target, ids, ...extra })).toMatchObject({
      refused: [],
    });
    const called = seen.map((call) => (call as { id: string }).id);
    expect(called).toEqual(['r-1', 'r-2', 'r-3', 'r-2']);
    expect(seen[0]).toMatchObject({ account: 'default', region: 'cn-hangzhou', ...extra });
  });
});

describe('a probe', () => {
  const input = { ...target, ids, transport: 'tcp' as const, passwordFrom: null };
  const ANSWERED: ProbeOutcome = { kind: 'answered' };
  const REFUSED: ProbeOutcome = { kind: 'failed', code: 'ping-refused', message: 'it refuses' };

  function stageOf(outcomes: readonly ProbeOutcome[], looks: readonly Partial<SeenInstance>[]) {
    const targets: ProbeTarget[] = [];
    const probe = {
      ping: (asked: ProbeTarget) => {
        targets.push(asked);
        return Promise.resolve(outcomes[targets.length - 1] ?? ANSWERED);
      },
    };
    const secrets = createSecretResolver(
      { envPrefixes: ['SECRET_'], folders: [], byTenant: {} },
      { SECRET_P: PASSWORD },
    );
    const stage = createStage({ describes: looks.map(showing) }, { probe, secrets });
    return { targets, ...createFollowUpActivities(stage.dependencies) };
  }

  it('asks every instance at the address that the cloud shows, without a password of its own', async () => {
    const { targets, pingInstances } = stageOf([], [{ endpoint: 'r-1.example:6380' }]);
    expect(await runActivity(pingInstances, input)).toEqual({
      calls: { DescribeInstances: 1 },
      refused: [],
    });
    expect(targets).toHaveLength(3);
    expect(targets[0]).toMatchObject({
      ...{ host: 'r-1.example', port: 6_380, isTls: false, password: null },
    });
  });

  it('gives the password of the request, and speaks TLS when told to', async () => {
    const { targets, pingInstances } = stageOf([], [{ endpoint: 'r-1.example:6379' }]);
    const secure = { transport: 'tls' as const, passwordFrom: { env: 'SECRET_P' } };
    await runActivity(pingInstances, { ...input, ...secure });
    expect(targets[0]?.isTls).toBe(true);
    expect(targets[0]?.password?.reveal()).toBe(PASSWORD);
  });

  it('asks again who does not answer yet, and who has no address yet', async () => {
    const { targets, pingInstances } = stageOf(
      [REFUSED, ANSWERED, ANSWERED],
      [{ endpoint: null }, { endpoint: 'r-1.example:6379' }, { endpoint: 'r-1.example:6379' }],
    );
    expect(await runActivity(pingInstances, input)).toMatchObject({ refused: [] });
    expect(targets).toHaveLength(4);
  });

  it('is told that the secret is missing, and asks nobody', async () => {
    const { targets, pingInstances } = stageOf([], []);
    const wanted = { ...input, passwordFrom: { env: 'SECRET_Q' } };
    expect((await runActivity(pingInstances, wanted)).refused[0]?.refusal.code).toBe(
      'secret-missing',
    );
    expect(targets).toEqual([]);
  });
});
