import { createFollowUpActivities } from '../../src/activities/follow-ups';
import type { Answer } from '../../src/cloud/port';
import type { FollowUpAnswer } from '../../src/contract/follow-up-types';
import { createSecretResolver } from '../../src/outbound/secret-resolver';
import {
  createEnvironment,
  runActivity,
  StandingClock,
  START_MS,
  useActivityStages,
  type ActivityInfo,
  type ActivityStage,
} from './activity-stage';
import { failedAnswer, okAnswer, type CloudScript } from './scripted-cloud';

const PASSWORD = 'Correct-Horse-9';
const DONE = okAnswer(null);
const BUSY = failedAnswer({ class: 'transient', code: 'TaskExists' });
const DENIED = failedAnswer({ class: 'denied', code: 'Forbidden.RAM', requestId: 'request-9' });
const GONE = failedAnswer({ class: 'invalid', code: 'InvalidInstanceId.NotFound' });

const target = { account: 'default', region: 'cn-hangzhou', deadlineAtMs: START_MS + 60_000 };
const ids = ['r-1', 'r-2', 'r-3'];

const createStage = useActivityStages();

function stageOf(script: CloudScript, env: NodeJS.ProcessEnv = { SECRET_P: PASSWORD }) {
  const secrets = createSecretResolver(
    { envPrefixes: ['SECRET_'], folders: [], byTenant: {} },
    env,
  );
  return createStage(script, { secrets });
}

function resetPasswords({ dependencies }: ActivityStage, info: ActivityInfo = {}) {
  const { resetPasswords: activity } = createFollowUpActivities(dependencies);
  return runActivity(activity, { ...target, ids, passwordFrom: { env: 'SECRET_P' } }, info);
}

function tag({ dependencies }: ActivityStage, tagged: readonly string[]): Promise<FollowUpAnswer> {
  const { tagInstances } = createFollowUpActivities(dependencies);
  return runActivity(tagInstances, { ...target, ids: tagged, tags: { team: 'x' } });
}

describe('a step for a wave', () => {
  it('makes one call for each instance', async () => {
    const seen: string[] = [];
    const answer = ({ id, password }: { id: string; password: { reveal(): string } }) => (
      seen.push(`${id} ${password.reveal()}`),
      DONE
    );
    const stage = stageOf({ passwords: [answer, answer, answer] });
    expect(await resetPasswords(stage)).toEqual({
      calls: { ModifyInstanceAttribute: 3 },
      refused: [],
    });
    expect(seen).toEqual(ids.map((id) => `${id} ${PASSWORD}`));
  });

  it.each<[string, Answer<null>]>([
    ['busy', BUSY],
    ['throttled', failedAnswer({ class: 'throttled', code: 'Throttling' })],
    ['answered by nobody', failedAnswer()],
  ])('tries again what was %s, since every step can be repeated', async (_what, answer) => {
    const stage = stageOf({ passwords: [DONE, answer, DONE, DONE] });
    expect(await resetPasswords(stage)).toMatchObject({
      calls: { ModifyInstanceAttribute: 4 },
      refused: [],
    });
  });

  it('answers with what one instance is refused, and goes on with the others', async () => {
    const stage = stageOf({ passwords: [DONE, GONE, DONE] });
    expect((await resetPasswords(stage)).refused).toEqual([
      { ids: ['r-2'], refusal: expect.objectContaining({ code: GONE.code, class: 'invalid' }) },
    ]);
  });

  it('stops calling when the account is refused, and answers so for all', async () => {
    const many = Array.from({ length: 25 }, (_, index) => `r-${index}`);
    const passwords = Array.from({ length: 10 }, () => DENIED);
    const stage = stageOf({ passwords });
    const { resetPasswords: activity } = createFollowUpActivities(stage.dependencies);
    const input = { ...target, ids: many, passwordFrom: { env: 'SECRET_P' } };
    const { refused, calls } = await runActivity(activity, input);
    expect(refused.flatMap((each) => each.ids).sort()).toEqual([...many].sort());
    expect(refused[0]?.refusal).toMatchObject({ code: 'Forbidden.RAM', requestId: 'request-9' });
    expect(calls).toEqual({ ModifyInstanceAttribute: 10 });
  });

  it('answers with the last refusal when an instance is busy until the deadline', async () => {
    const clock = new StandingClock();
    const late = () => (clock.pass(60_001), BUSY);
    const secrets = createSecretResolver(
      { envPrefixes: ['SECRET_'], folders: [], byTenant: {} },
      { SECRET_P: PASSWORD },
    );
    const stage = createStage({ passwords: [DONE, DONE, late] }, { secrets }, clock);
    expect((await resetPasswords(stage)).refused).toEqual([
      { ids: ['r-3'], refusal: expect.objectContaining({ code: 'TaskExists' }) },
    ]);
  });

  it('moves to another attempt after its window, which begins with what is left', async () => {
    const clock = new StandingClock();
    const late = () => (clock.pass(30_000), BUSY);
    const { dependencies } = createStage({ securityIps: [DONE, DONE, late] }, {}, clock);
    const { setSecurityIps } = createFollowUpActivities({
      ...dependencies,
      readiness: { windowMs: 20_000 },
    });
    const environment = createEnvironment();
    const run = environment.run(setSecurityIps, { ...target, ids, ips: ['10.0.0.1'] });
    await expect(run).rejects.toMatchObject({ type: 'NotReadyYet' });
    const memory = { done: 2, pending: ['r-3'], refused: [] };
    const next = stageOf({ passwords: [DONE] });
    const answer = await resetPasswords(next, { attempt: 2, heartbeatDetails: memory });
    expect(answer).toEqual({ calls: { ModifyInstanceAttribute: 1 }, refused: [] });
  });

  it.each([
    7,
    {},
    { done: 1, pending: ['r-9'], refused: [] },
    { done: 1, pending: [], refused: [{}] },
    { done: 3, pending: ['r-3'], refused: [] },
    { done: 1, pending: ['r-3', 'r-3'], refused: [] },
    { done: 1, pending: ['r-3'], refused: [{ ids: ['r-3'], refusal: { code: 'X', class: 'y' } }] },
    { done: 2, pending: [], refused: [{ ids: ['r-3'], refusal: { code: 'X' } }] },
  ])('begins anew when an earlier attempt has left %j', async (heartbeatDetails) => {
    const stage = stageOf({ passwords: [DONE, DONE, DONE] });
    expect((await resetPasswords(stage, { heartbeatDetails })).calls).toEqual({
      ModifyInstanceAttribute: 3,
    });
  });
});

describe('tags', () => {
  const many = Array.from({ length: 120 }, (_, index) => `r-${index}`);

  it('go to 50 instances a call', async () => {
    const sizes: number[] = [];
    const answer = ({ ids: tagged }: { ids: readonly string[] }) => (
      sizes.push(tagged.length),
      DONE
    );
    const stage = stageOf({ tags: [answer, answer, answer] });
    expect(await tag(stage, many)).toEqual({ calls: { TagResources: 3 }, refused: [] });
    expect(sizes).toEqual([50, 50, 20]);
  });

  it('reach everybody but the instance that does not exist any more', async () => {
    const gone = failedAnswer({ class: 'invalid', code: 'InvalidDbInstanceId.NotFound' });
    const answer = ({ ids: tagged }: { ids: readonly string[] }): Answer<null> =>
      tagged.includes('r-17') ? gone : DONE;
    const stage = stageOf({ tags: Array.from({ length: 20 }, () => answer) });
    const { refused } = await tag(stage, many);
    expect(refused.map((each) => each.ids)).toEqual([['r-17']]);
  });

  it('are not tried one by one when the tags themselves are wrong', async () => {
    const wrong = failedAnswer({ class: 'invalid', code: 'InvalidTagKey.Malformed' });
    const stage = stageOf({ tags: [wrong, wrong, wrong] });
    expect((await tag(stage, many)).calls).toEqual({ TagResources: 3 });
  });
});

describe('a password', () => {
  it.each([
    ['is not there', {}, 'secret-missing'],
    ['is none that the service takes', { SECRET_P: 'short' }, 'secret-unusable'],
  ])('that %s is answered for all, without a call', async (_what, env, code) => {
    const stage = stageOf({}, env);
    const answer = await resetPasswords(stage);
    expect(answer).toEqual({
      calls: {},
      refused: [{ ids, refusal: expect.objectContaining({ class: 'denied', code }) }],
    });
    expect(stage.cloud.called).toEqual([]);
  });

  it('is in no answer, failure or heartbeat', async () => {
    const stage = stageOf({ passwords: [GONE, BUSY, BUSY, BUSY, BUSY, BUSY, DENIED, DENIED] });
    const { resetPasswords: activity } = createFollowUpActivities(stage.dependencies);
    const environment = createEnvironment({ heartbeatTimeoutMs: 2_000 });
    const beats: unknown[] = [];
    environment.on('heartbeat', (details: unknown) => beats.push(details));
    const input = { ...target, ids, passwordFrom: { env: 'SECRET_P' } };
    const answer = (await environment.run(activity, input)) as FollowUpAnswer;
    expect(beats.length).toBeGreaterThan(0);
    expect(JSON.stringify([answer, beats])).not.toContain(PASSWORD);
    expect(answer.refused.length).toBeGreaterThan(0);
  });
});
