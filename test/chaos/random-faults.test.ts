import { runChaos } from './chaos-run';
import type { Fault } from './fault-plan';
import { ensureProductBuilt } from './worker-process';

/**
 * Real processes that die, freeze and lose each other at drawn moments of a batch; the emulator's own
 * books say what that has bought. `npm run -s chaos` does the same with as many seeds as one likes.
 */

/** The cloud of this one forgets tokens at once, so that nothing but the look-up protects the count. */
const SEEDS = [385];
/** What happens to each batch at one moment, and all that it must live to see. */
const AT_ONCE: readonly Fault['kind'][] = ['killBothWorkers', 'killTemporal', 'cutCloud'];
const KINDS: readonly Fault['kind'][] = ['killWorker', 'holdCloud', ...AT_ONCE];
const TIMEOUT_MS = 240_000;

beforeAll(ensureProductBuilt, TIMEOUT_MS);

describe('a batch through crashes and cuts at any moment', () => {
  it.each(SEEDS)(
    'ends with exactly the instances that were ordered, each of them in its result (seed %i)',
    async (seed) => {
      const run = await runChaos(seed);
      expect(run).toMatchObject({ duplicates: 0, orphans: 0, lost: 0, problems: [] });
      expect(Object.keys(run.faults)).toEqual(expect.arrayContaining([...KINDS]));
      const steps = run.plan.steps.map(({ faults }) => faults.map(({ kind }) => kind));
      expect(steps).toContainEqual(expect.arrayContaining([...AT_ONCE]));
      expect(run.plan.worker.tokenLifetimeMs).toBe(0);
    },
    TIMEOUT_MS,
  );
});
