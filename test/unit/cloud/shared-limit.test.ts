import { createPopCoreCloud } from '../../../src/cloud/pop-core-cloud';
import type { PopCoreCloud } from '../../../src/cloud/pop-core-cloud';
import { startEmulator } from '../../../src/emulator/main';
import type { RunningEmulator } from '../../../src/emulator/main';

const QUERY = { account: 'prod', region: 'cn-hangzhou', engine: 'Redis', nameTag: 'tf' } as const;

/** Calls that each worker has under way at once. */
const CALLERS = 10;

interface Played {
  readonly useful: number;
  readonly throttled: number;
  readonly elapsedMs: number;
}

/** Makes calls by several workers, each throttled one again, until so many were useful. */
async function play(clouds: readonly PopCoreCloud[], calls: number): Promise<Played> {
  const startedMs = performance.now();
  let useful = 0;
  let throttled = 0;
  const call = async (cloud: PopCoreCloud): Promise<void> => {
    while (useful < calls) {
      const answer = await cloud.countInstances(QUERY);
      if (answer.kind === 'ok') useful += 1;
      else throttled += 1;
    }
  };
  await Promise.all(clouds.flatMap((cloud) => Array.from({ length: CALLERS }, () => call(cloud))));
  return { useful, throttled, elapsedMs: performance.now() - startedMs };
}

describe('workers on one account, against the emulator', () => {
  let emulator: RunningEmulator;
  const clouds: PopCoreCloud[] = [];

  function connect(): PopCoreCloud {
    const keys = { accessKeyId: 'testid', accessKeySecret: 'testsecret' };
    const credentials = { resolve: () => Promise.resolve(keys) };
    const cloud = createPopCoreCloud({
      accounts: { prod: { credentials, endpoint: emulator.url } },
    });
    clouds.push(cloud);
    return cloud;
  }

  async function start(config: object): Promise<void> {
    emulator = await startEmulator({ config });
  }

  afterEach(async () => {
    for (const cloud of clouds.splice(0)) cloud.close();
    await emulator.close();
  });

  it('two that do not know the limit they share find it within seconds', async () => {
    const perSecond = 30;
    await start({ rateLimits: { DescribeInstances: { perSecond, burst: perSecond } } });
    const played = await play([connect(), connect()], 210);
    expect(played.useful / (played.useful + played.throttled)).toBeGreaterThanOrEqual(0.8);
    // What the bucket holds at the start goes at once; the rest as fast as the limit lets it. The
    // search for the limit is most of so short a time: that nine calls of ten are useful, and nine
    // tenths of the limit used, is held to over minutes in adaptive-rate.test.
    const idealMs = ((210 - perSecond) / perSecond) * 1_000;
    expect(idealMs / played.elapsedMs).toBeGreaterThanOrEqual(0.75);
  });

  it('one does not stall when one call of sixteen is throttled by chance', async () => {
    const fault = { action: 'DescribeInstances', probability: 0.06, status: 400 };
    await start({ faults: [{ ...fault, kind: 'refuse', code: 'Throttling.User' }] });
    const played = await play([connect()], 100);
    expect(played.throttled).toBeGreaterThan(0);
    expect(played.elapsedMs).toBeLessThan(15_000);
  });

  it('one is silent for as long as the service asks', async () => {
    await start({
      rateLimits: { DescribeInstances: { perSecond: 1, burst: 1 } },
      throttle: { status: 400, code: 'Throttling.User', retryAfterMs: 1_500 },
    });
    const cloud = connect();
    await cloud.countInstances(QUERY);
    expect(await cloud.countInstances(QUERY)).toMatchObject({ retryAfterMs: 1_500 });
    const toldMs = performance.now();
    expect(await cloud.countInstances(QUERY)).toMatchObject({ kind: 'ok' });
    expect(performance.now() - toldMs).toBeGreaterThanOrEqual(1_490);
  });
});
