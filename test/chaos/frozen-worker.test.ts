import { waitFor } from '../support/wait-for';
import { ChaosScene } from './chaos-scene';
import { putToEmulator } from './cloud-account';
import { judge } from './verdict';
import { ensureProductBuilt } from './worker-process';

/**
 * A paused machine: its worker notices nothing, is given up, and goes on where it was, with a send
 * still to come that another worker has made meanwhile (rule R3).
 */

const SLOTS = 30;
const TIMEOUT_MS = 240_000;

/** The first order is to come again after this time; by then its worker stands still. */
const RETRY_AFTER_MS = 4_000;

/** Later nothing may be sent; without the freeze the order would have come in time. */
const SEND_WINDOW_MS = 6_000;
const WORKER = { safety: { sendWindowMs: SEND_WINDOW_MS } };

beforeAll(ensureProductBuilt, TIMEOUT_MS);

describe('a worker that was frozen for longer than its heartbeat', () => {
  it(
    'sends nothing more when it wakes up, and works on',
    () =>
      ChaosScene.run({ slots: SLOTS, worker: WORKER }, async (scene) => {
        await putToEmulator(scene.cloudUrl, 'faults', [
          {
            ...{ action: 'CreateInstances', kind: 'refuse', code: 'Throttling.User', count: 1 },
            retryAfterMs: RETRY_AFTER_MS,
          },
        ]);
        await scene.startWorkers([0, 1]);
        await scene.submit();
        const [throttled] = await scene.untilCreateCalls(([call]) => call?.status === 400);
        const isFirst = throttled?.params['AccessKeyId'] === 'worker-0';
        const [frozen, other] = isFirst ? scene.workers : scene.workers.toReversed();
        frozen?.freeze();
        const throttledMs = performance.now();
        const token = throttled?.params['Token'];
        const taken = await scene.untilCreateCalls((calls) =>
          calls.some((call) => call.params['Token'] === token && call.ids.length > 0),
        );
        // Killed earlier, it would leave an answer that nobody knows: another send would be due.
        await scene.batch.untilActivitiesDone('createChunk', 1);
        await waitFor(
          () => performance.now() - throttledMs,
          (ms) => ms > SEND_WINDOW_MS,
        );
        await other?.kill();
        frozen?.thaw();
        const outcome = await scene.finish();
        expect(judge(outcome).problems).toEqual([]);
        const sends = outcome.cloud.createCalls.filter(({ params }) => params['Token'] === token);
        expect(sends.map(({ params }) => params['AccessKeyId'])).toEqual([
          frozen?.accessKeyId,
          other?.accessKeyId,
        ]);
        const later = outcome.cloud.createCalls.slice(taken.length);
        expect(later.map(({ params }) => params['AccessKeyId'])).toContain(frozen?.accessKeyId);
      }),
    TIMEOUT_MS,
  );
});
