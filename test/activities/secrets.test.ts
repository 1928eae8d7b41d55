import {
  createCloudActivities,
  createWaitActivities,
} from '../../src/activities/create-activities';
import { createPopCoreCloud, type PopCoreCloud } from '../../src/cloud/pop-core-cloud';
import { startEmulator, type RunningEmulator } from '../../src/emulator/main';
import { RUN_ID, runActivity, START_MS, useActivityStages } from './activity-stage';
import { MATCH } from './scripted-cloud';

/**
 * Whatever an activity answers or throws goes into a history, where everybody with access to the
 * namespace can read it for months. A service that repeats the keys in its errors must not matter.
 */

const PAIR = { accessKeyId: 'LTAI5tTheSecretId', accessKeySecret: 'TheSecretOfTheKey' };
const KEYS = { ...PAIR, securityToken: 'TheSecurityToken' };
const SECRETS = Object.values(KEYS);
const MESSAGE = `The key ${SECRETS.join(' with ')} is not allowed, see https://x/?AccessKeyId=LTAI5tTheSecretId&Signature=abc`;

const TARGET = { account: 'default', region: 'cn-hangzhou', engine: 'Redis' } as const;
const NAME = 'tf-home-c0000';
const PLACES = [{ region: 'cn-hangzhou', engine: 'Redis' }] as const;

let emulator: RunningEmulator;
let cloud: PopCoreCloud;
const createStage = useActivityStages();

async function startCloud(fault: object): Promise<void> {
  emulator = await startEmulator({
    config: {
      accounts: [{ ...KEYS, accountId: '1' }],
      faults: [{ action: '*', when: 'before', ...fault }],
    },
  });
  cloud = createPopCoreCloud({
    accounts: {
      default: { endpoint: emulator.url, credentials: { resolve: () => Promise.resolve(KEYS) } },
    },
  });
}

afterEach(async () => {
  cloud.close();
  await emulator.close();
});

/** All that an activity gives to Temporal, as one text. */
async function toText<I, A>(activity: (input: I) => Promise<A>, input: I): Promise<string> {
  try {
    return JSON.stringify(await runActivity(activity, input));
  } catch (error) {
    const { message, stack, details, cause, failure } = error as Error & Record<string, unknown>;
    return JSON.stringify({ message, stack, details, cause, failure });
  }
}

describe.each([
  [
    'refuses',
    'Forbidden.RAM',
    { kind: 'refuse', status: 403, code: 'Forbidden.RAM', message: MESSAGE },
  ],
  [
    'fails',
    'ServiceUnavailable',
    { kind: 'refuse', status: 500, code: 'ServiceUnavailable', message: MESSAGE },
  ],
  ['answers no JSON', 'bad-answer', { kind: 'html', status: 502, message: MESSAGE }],
  ['hangs up', 'connection-reset', { kind: 'drop' }],
])('when the service %s', (_what, code, fault) => {
  it('no key gets into an answer or a failure', async () => {
    await startCloud(fault);
    const { dependencies } = createStage();
    const settle = { ...dependencies.settle, sendWindowMs: 1 };
    const wired = { ...dependencies, cloud, settle };
    const activities = createCloudActivities(wired);
    const { awaitReady } = createWaitActivities(wired);
    const texts = [
      await toText(activities.createChunk, {
        ...TARGET,
        token: 'token-1',
        body: { Instances: '[]' },
        name: NAME,
        quantity: 1,
        ignoreIds: [],
        proof: { runId: RUN_ID },
        matches: [MATCH],
        isUnpaidOrder: false,
      }),
      await toText(activities.prove, {
        account: 'default',
        nameTag: 'tf-home',
        places: PLACES,
        firstExecutionRunId: RUN_ID,
        carried: null,
      }),
      await toText(activities.settle, {
        ...TARGET,
        name: NAME,
        since: { runId: RUN_ID, atMs: START_MS - 24 * 3_600_000 },
        matches: [MATCH],
      }),
      await toText(activities.control, { ...TARGET, name: NAME, ids: ['r-1'] }),
      await toText(activities.audit, {
        account: 'default',
        nameTag: 'tf-home',
        places: PLACES,
        ownedIds: [],
        isClean: true,
        proofs: [],
        since: null,
      }),
      await toText(awaitReady, {
        ...TARGET,
        ids: ['r-1'],
        boughtAtMs: START_MS,
        deadlineAtMs: START_MS,
        tenant: 'default',
        batchId: 'nightly',
        generation: 0,
        shard: 0,
      }),
    ];
    // The service has really said it, and the failures say which error it was.
    expect(texts.filter((text) => text.includes(code)).length).toBeGreaterThanOrEqual(4);
    const leaks = texts.filter((text) => SECRETS.some((secret) => text.includes(secret)));
    expect(leaks).toEqual([]);
  });
});
