import { ChaosScene } from './chaos-scene';
import type { CreateCall } from './cloud-account';
import { judge } from './verdict';
import { ensureProductBuilt } from './worker-process';

/** Two workers of one account, told apart by their access keys in the emulator's log. */

const SLOTS = 300;
const TIMEOUT_MS = 240_000;

/** A cloud that loses answers all the while, and takes its time, so that calls are in flight. */
const CLOUD = {
  createTimeMs: 200,
  rateLimits: { CreateInstances: { perSecond: 10, burst: 5 } },
  faults: [{ action: 'CreateInstances', when: 'after', kind: 'drop', probability: 0.1 }],
};

beforeAll(ensureProductBuilt, TIMEOUT_MS);

describe('two workers that are killed in turn', () => {
  it(
    'leave exactly the instances that were ordered, by the log of the cloud',
    () =>
      ChaosScene.run({ slots: SLOTS, cloud: CLOUD }, async (scene) => {
        const [first, second] = scene.workers;
        await scene.startWorkers([0, 1]);
        await scene.submit();
        await scene.untilCreateCalls((calls) => hasBought(calls, 'worker-0', 0));
        await first.kill();
        const killedFirst = (await scene.untilCreateCalls(() => true)).length;
        const restarted = first.start();
        await scene.untilCreateCalls((calls) => hasBought(calls, 'worker-1', killedFirst));
        await second.kill();
        const { length: killedSecond } = await scene.untilCreateCalls(() => true);
        await restarted;
        const outcome = await scene.finish();
        const { createCalls } = outcome.cloud;
        const bought = createCalls.flatMap(({ committedIds }) => committedIds);
        expect(new Set(bought).size).toBe(SLOTS);
        expect(outcome.ownedIds).toEqual(new Set(bought));
        expect(judge(outcome).problems).toEqual([]);
        // Neither died after the last purchase: what each left behind was for the other to finish.
        expect(killedFirst).toBeLessThan(killedSecond);
        expect(createCalls.length).toBeGreaterThan(killedSecond);
      }),
    TIMEOUT_MS,
  );
});

/** Whether a worker has bought something after so many calls. */
function hasBought(calls: readonly CreateCall[], worker: string, after: number): boolean {
  return calls
    .slice(after)
    .some(
      ({ params, committedIds }) => params['AccessKeyId'] === worker && committedIds.length > 0,
    );
}
