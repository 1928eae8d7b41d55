import { createEnvCredentials } from '../../../src/cloud/credentials';
import { createPopCoreCloud } from '../../../src/cloud/pop-core-cloud';
import type { PopCoreCloud } from '../../../src/cloud/pop-core-cloud';
import { createCreateBody } from '../../../src/domain/create-body';
import { startEmulator } from '../../../src/emulator/main';
import type { RunningEmulator } from '../../../src/emulator/main';

const PLACEMENT = {
  region: 'cn-hangzhou',
  zone: 'cn-hangzhou-h',
  vpcId: 'vpc-1',
  vSwitchId: 'vsw-1',
} as const;

const SPEC = {
  instanceClass: 'redis.master.small.default',
  engine: 'Redis',
  engineVersion: '5.0',
  chargeType: 'PostPaid',
  autoPay: true,
  autoRenew: false,
  nodeType: 'MASTER_SLAVE',
  rebuildInstance: false,
} as const;

const TARGET = { account: 'prod', region: 'cn-hangzhou', engine: 'Redis' } as const;

/** A create call for so many instances with one name. */
function createCall(name: string, quantity: number, token = `token-${name}`) {
  const group = { name: 'g', count: quantity, spec: SPEC, placements: [PLACEMENT] };
  const body = createCreateBody({ group, placement: PLACEMENT, name, quantity });
  return { account: 'prod', region: 'cn-hangzhou', token, body, timeoutMs: 5_000 };
}

describe('the adapter against the emulator', () => {
  let emulator: RunningEmulator;
  let cloud: PopCoreCloud;

  function connect(accessKeySecret: string): PopCoreCloud {
    const names = { accessKeyIdEnv: 'ID', accessKeySecretEnv: 'SECRET' };
    const credentials = createEnvCredentials(names, { ID: 'testid', SECRET: accessKeySecret });
    return createPopCoreCloud({
      accounts: { prod: { credentials, endpoint: emulator.url } },
      limits: { startPerSecond: Infinity, maxPerSecond: Infinity },
    });
  }

  beforeEach(async () => {
    emulator = await startEmulator({ config: { quota: 130, readyTimeMs: 0 } });
    cloud = connect('testsecret');
  });

  afterEach(async () => {
    cloud.close();
    await emulator.close();
  });

  it('buys, finds by name over three pages, counts and describes', async () => {
    const created = await cloud.createInstances(createCall('fleet-a', 120));
    await cloud.createInstances(createCall('fleet-b', 3));
    const ids = created.kind === 'created' ? created.ids : [];
    expect(new Set(ids).size).toBe(120);
    const found = await cloud.searchInstances({ ...TARGET, nameTag: 'fleet-a' });
    expect(found).toMatchObject({ kind: 'ok', calls: 3 });
    const foundIds = found.kind === 'ok' ? found.value.map(({ id }) => id) : [];
    expect(foundIds.toSorted()).toEqual([...ids].toSorted());
    expect(await cloud.countInstances({ ...TARGET, nameTag: 'fleet' })).toMatchObject({
      value: 123,
    });
    const described = await cloud.describeInstances({ ...TARGET, ids: ids.slice(0, 30) });
    expect(described.kind === 'ok' && described.value).toHaveLength(30);
    expect(described).toMatchObject({
      value: expect.arrayContaining([
        expect.objectContaining({ ...PLACEMENT, name: 'fleet-a', chargeType: 'PostPaid' }),
      ]),
    });
    expect(Math.abs(cloud.clockSkewMs()!)).toBeLessThan(1_000);
  });

  it('gets the same ids for the same token, and a conflict for another body', async () => {
    const call = createCall('fleet-a', 2);
    const first = await cloud.createInstances(call);
    const second = await cloud.createInstances(call);
    expect(second).toMatchObject({ kind: 'created', ids: first.kind === 'created' && first.ids });
    const other = createCall('fleet-b', 2, call.token);
    expect(await cloud.createInstances(other)).toMatchObject({
      class: 'conflict',
      code: 'IdempotentParameterMismatch',
    });
  });

  it('hears the end of the quota as quota', async () => {
    expect(await cloud.createInstances(createCall('fleet-a', 131))).toMatchObject({
      class: 'quota',
      httpStatus: 400,
      isUnexecuted: false,
    });
  });

  it('hears a wrong secret as denied, and says nothing of what was signed', async () => {
    const answer = await connect('wrongsecret').createInstances(createCall('fleet-a', 1));
    expect(answer).toMatchObject({ class: 'denied', code: 'SignatureDoesNotMatch' });
    expect(JSON.stringify(answer)).not.toMatch(/wrongsecret|IzNo|redis\.master/);
  });
});
