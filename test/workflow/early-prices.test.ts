import type { RunDirectory } from '../../src/activities/dependencies';
import { startFleet, type Fleet, type StartedBatch } from '../support/fleet';
import { PLACEMENT, SPEC } from '../support/test-request';
import { waitFor } from '../support/wait-for';

/** Prices that are told to a run before it has proven what it may send. */

let fleet: Fleet;

afterEach(() => fleet.close());

/**
 * Lets no run prove anything until it is told to.
 *
 * @returns whether a proof waits for it, and what lets it go on
 */
function holdNextProof(runs: RunDirectory): { isHeld: () => boolean; release: () => void } {
  const listRuns = runs.listRuns.bind(runs);
  let isHeld = false;
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  jest.spyOn(runs, 'listRuns').mockImplementation(async (workflowId) => {
    isHeld = true;
    await released;
    return listRuns(workflowId);
  });
  return { isHeld: () => isHeld, release };
}

/** Whether the present run has taken in what it asked for: a continued one asks only for prices. */
async function hasHeardPrices({ workflowId }: StartedBatch): Promise<boolean> {
  const { events } = await fleet.client.workflow.getHandle(workflowId).fetchHistory();
  const steps = events ?? [];
  const answer = steps.findIndex((event) => event.activityTaskCompletedEventAttributes != null);
  if (answer === -1) return false;
  return steps.slice(answer).some((event) => event.workflowTaskCompletedEventAttributes != null);
}

test('A price that has risen before a continued run is proven is heeded by its first send.', async () => {
  fleet = await startFleet({
    emulator: { pricePerInstance: 1, createTimeMs: 100 },
    tuning: { continueAfterEvents: 40, chunksInFlight: 1 },
  });
  const { control, dependencies } = fleet;
  const dear = { name: 'dear', count: 10, maxPrice: '0.50 CNY' };
  const fair = { name: 'fair', count: 200, maxPrice: '2 CNY' };
  const batch = await fleet.start({
    groups: [dear, fair].map((group) => ({ ...group, spec: SPEC, placements: [PLACEMENT] })),
  });
  await batch.until(({ counts }) => counts.ready > 0);
  const proof = holdNextProof(dependencies.runs);
  await waitFor(proof.isHeld, (isHeld) => isHeld);
  const { length: before } = await control.log('CreateInstances');
  await control.put('config', { pricePerInstance: 3 });
  await batch.update('retryFailed', { by: 'ada' });
  await waitFor(
    () => hasHeardPrices(batch),
    (hasHeard) => hasHeard,
  );
  proof.release();
  const { parked } = await batch.until(({ phase }) => phase === 'parked');
  expect(parked.map(({ chunk, code }) => [chunk.split('/')[0], code])).toContainEqual([
    ...['fair', 'price-above-cap'],
  ]);
  expect(await control.log('CreateInstances')).toHaveLength(before);
  await batch.update('cancel');
  const { counts } = await batch.result();
  expect((await control.stats()).instances.live).toBe(counts.ready);
});
