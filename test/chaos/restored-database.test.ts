import { PLACEMENT } from '../support/test-request';
import { ChaosScene } from './chaos-scene';
import { putToEmulator } from './cloud-account';
import { judge } from './verdict';
import { ensureProductBuilt } from './worker-process';

/**
 * Temporal's database is put back to what it was in the middle of a batch: all that was bought since
 * is forgotten. Its workers are stopped, and started again with `lookUpBeforeCreate: always`, as
 * docs/deployment.md says.
 */

const SLOTS = 200;
const TIMEOUT_MS = 240_000;
const CLASS = 'redis.master.small.default';

/** The first zone is sold out after six calls, so that what is forgotten went to the second one. */
const CLOUD = {
  stock: { 'cn-hangzhou-h': { [CLASS]: 60 } },
  rateLimits: { CreateInstances: { perSecond: 10, burst: 1 } },
};
const PLACEMENTS = [PLACEMENT, { ...PLACEMENT, zone: 'cn-hangzhou-i', vSwitchId: 'vsw-2' }];

/** Creates one after the other, so that those of the backup and those that it forgets differ. */
const WORKER = { tuning: { chunksInFlight: 2 } };

beforeAll(ensureProductBuilt, TIMEOUT_MS);

describe("a batch whose server's database is restored from an older copy", () => {
  it(
    'adopts what the copy has forgotten, and ends exact',
    () =>
      ChaosScene.run({ slots: SLOTS, cloud: CLOUD, worker: WORKER }, async (scene) => {
        const [worker] = scene.workers;
        await worker.start();
        await scene.submit({ placements: PLACEMENTS });
        await scene.untilLive(20);
        await scene.temporal.stop();
        scene.temporal.backUp();
        await scene.temporal.start();
        await scene.untilLive(120);
        await worker.kill();
        await scene.temporal.stop();
        scene.temporal.restore();
        // Tokens of the first zone would buy again: they were refused there, and now it has stock.
        await putToEmulator(scene.cloudUrl, 'config', {
          stock: { 'cn-hangzhou-h': { [CLASS]: null } },
        });
        await scene.temporal.start();
        await worker.start({ lookUpBeforeCreate: 'always' });
        expect(judge(await scene.finish()).problems).toEqual([]);
      }),
    TIMEOUT_MS,
  );
});
