import { ChaosScene } from './chaos-scene';
import { putToEmulator } from './cloud-account';
import { waitFor } from '../support/wait-for';
import { judge } from './verdict';
import { ensureProductBuilt } from './worker-process';

/**
 * A worker that dies exactly where a purchase and the knowledge of it part: each moment is reached by
 * a condition, not by luck.
 */

const SLOTS = 30;
const TIMEOUT_MS = 240_000;

/** As the emulator gives them. */
const INSTANCE_ID = /r-[0-9a-z]{18}/;

beforeAll(ensureProductBuilt, TIMEOUT_MS);

describe('a worker that dies', () => {
  it(
    'after the cloud has bought and before the answer arrives leaves nothing to buy again',
    () =>
      ChaosScene.run({ slots: SLOTS }, async (scene) => {
        const [first, second] = scene.workers;
        await putToEmulator(scene.cloudUrl, 'faults', [
          { action: 'CreateInstances', when: 'after', kind: 'hang', count: 1 },
        ]);
        await first.start();
        await scene.submit();
        const [held] = await scene.untilCreateCalls(([call]) => call?.committedIds.length === 10);
        expect(held?.status).toBeNull();
        await first.kill();
        await second.start();
        const outcome = await scene.finish();
        expect(judge(outcome).problems).toEqual([]);
        const token = held?.params['Token'];
        const sends = outcome.cloud.createCalls.filter(({ params }) => params['Token'] === token);
        // The second attempt has found them by their name.
        expect(sends).toHaveLength(1);
        expect([...outcome.ownedIds]).toEqual(expect.arrayContaining([...held!.committedIds]));
      }),
    TIMEOUT_MS,
  );

  it(
    'after the answer has arrived and before Temporal hears of it leaves nothing to buy again',
    () =>
      ChaosScene.run({ slots: SLOTS }, async (scene) => {
        const [first, second] = scene.workers;
        const { temporalNetwork } = scene;
        temporalNetwork.stopAtRequest(INSTANCE_ID);
        await first.start();
        await scene.submit();
        await waitFor(
          () => temporalNetwork.isStopped,
          (isStopped) => isStopped,
        );
        const [answered] = await scene.untilCreateCalls(([call]) => call !== undefined);
        expect(answered).toMatchObject({ status: 200, ids: answered?.committedIds });
        await first.kill();
        temporalNetwork.mend();
        await second.start();
        const outcome = await scene.finish();
        expect(judge(outcome).problems).toEqual([]);
        const token = answered?.params['Token'];
        const sends = outcome.cloud.createCalls.filter(({ params }) => params['Token'] === token);
        expect(sends).toHaveLength(1);
      }),
    TIMEOUT_MS,
  );
});
