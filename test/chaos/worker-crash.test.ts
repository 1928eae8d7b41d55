import { Random } from '../simulation/random';
import { CHUNK_SLOTS, CrashScene, SLOTS } from './crash-scene';
import { ensureProductBuilt } from './worker-process';

/**
 * A worker process that dies at any moment of a batch (kill -9), with calls in flight and a cloud
 * that loses answers. The batches go one after another, since a worker polls the queues that all
 * workers of an installation share.
 */

/** Seeds whose kill points are spread over the whole batch. */
const SEEDS = [19, 15, 14, 5, 4];
const TIMEOUT_MS = 120_000;

beforeAll(ensureProductBuilt, TIMEOUT_MS);

let scene: CrashScene;
afterEach(() => scene.close());

describe('a worker that is killed in the middle of a batch', () => {
  it.each(SEEDS)(
    'leaves exactly the instances that were ordered, each of them in the result (seed %i)',
    async (seed) => {
      scene = await CrashScene.open(seed);
      await scene.startWorker();
      await scene.submit();
      const wanted = new Random(seed).between(1, (SLOTS / CHUNK_SLOTS) * 0.9);
      const commits = await scene.killWorkerAfter(wanted);
      process.stderr.write(`seed ${seed}: killed after ${commits} create commits\n`);
      await scene.startWorker();
      const { document, ownedIds, cloud } = await scene.finish();
      expect(commits).toBeLessThan(SLOTS / CHUNK_SLOTS);
      expect(cloud.callsSpoilt).toBeGreaterThan(0);
      expect(document).toMatchObject({
        outcome: 'succeeded',
        counts: { slots: SLOTS, ready: SLOTS, failed: 0, orphans: 0 },
        missing: [],
      });
      expect(cloud.namesTwice).toBe(0);
      expect(cloud.tokensOfTwoBodies).toEqual([]);
      expect(cloud.liveIds.size).toBe(SLOTS);
      expect(ownedIds).toEqual(cloud.liveIds);
    },
    TIMEOUT_MS,
  );
});
