import { runChaos } from './chaos-run';
import { ensureProductBuilt } from './worker-process';

/**
 * Real processes that die, freeze and lose each other at drawn moments of a batch; the emulator's own
 * books say what that has bought. `npm run -s chaos` does the same with as many seeds as one likes.
 */

/** Its faults: every kind of process killed, both workers at once, a cut cloud, a short memory. */
const SEEDS = [30];
const TIMEOUT_MS = 240_000;

beforeAll(ensureProductBuilt, TIMEOUT_MS);

describe('a batch through crashes and cuts at any moment', () => {
  it.each(SEEDS)(
    'ends with exactly the instances that were ordered, each of them in its result (seed %i)',
    async (seed) => {
      const run = await runChaos(seed);
      expect(run).toMatchObject({ duplicates: 0, orphans: 0, lost: 0, problems: [] });
      expect(run.faults).not.toEqual({});
    },
    TIMEOUT_MS,
  );
});
