import { toFuzzTimeoutMs } from '../fuzz/fuzz';
import { sendAnyOrders } from '../fuzz/orders';
import type { ResultDocument } from '../../src/domain/result';
import { startFleet, type Fleet, type StartedBatch } from '../support/fleet';
import { LARGE_PLAN } from '../support/large-batch';
import { createTestRequest, PLACEMENT, SPEC } from '../support/test-request';

/**
 * Whatever is sent to a batch that waits for a decision: what is parked, or all of it. Each decision is
 * obeyed in every run, in whatever state the orders before it have left the batch.
 */

const SLOTS = 40;
const GOOD = 10;
const PARKED = ['bad/0-9', 'bad/10-19', 'bad/20-29'];
const UNKNOWN_CLASS = { ...SPEC, instanceClass: 'redis.no.such.class' };

let fleet: Fleet;
afterEach(() => fleet.close());

describe.each([
  ['in one workflow', {}],
  ['of several shards', { plan: LARGE_PLAN }],
])('a batch %s that is sent anything', (_, dependencies) => {
  it(
    'while some of it is parked gives up what it is told to, and ends exact',
    async () => {
      fleet = await startFleet({ dependencies });
      const batch = await fleet.start({
        groups: [
          { name: 'good', count: GOOD, spec: SPEC, placements: [PLACEMENT] },
          { name: 'bad', count: SLOTS - GOOD, spec: UNKNOWN_CLASS, placements: [PLACEMENT] },
        ],
      });
      await batch.until(({ counts }) => counts.parked === 30 && counts.ready === GOOD);
      await sendAnyOrders(batch, { chunks: PARKED, plan: '' }, 15);
      await giveUpTheRest(batch);
      const document = await batch.result();
      expect(document).toMatchObject({
        outcome: 'partial',
        counts: { slots: SLOTS, ready: GOOD, parked: 0, skipped: SLOTS - GOOD, orphans: 0 },
        missing: [],
      });
      expect(listActions(document)).toContain('skip');
      expect((await fleet.control.stats()).instances.live).toBe(GOOD);
    },
    toFuzzTimeoutMs(60_000),
  );

  it.each([
    { decision: 'approve', outcome: 'succeeded', ready: SLOTS },
    { decision: 'reject', outcome: 'cancelled', ready: 0 },
  ])(
    'while it awaits an approval buys nothing, and all or nothing after $decision',
    async ({ decision, ...end }) => {
      fleet = await startFleet({ dependencies });
      const batch = await fleet.start({
        ...createTestRequest(SLOTS),
        policy: { approvalAbove: 19 },
      });
      const { approval } = await batch.until(({ phase }) => phase === 'awaitingApproval');
      const { plan } = approval!;
      await sendAnyOrders(batch, { chunks: ['sessions/0-9'], plan: `${plan}x` }, 10);
      expect((await fleet.control.stats()).orders).toBe(0);
      await batch.update(decision, { plan, by: 'ann' });
      await sendAnyOrders(batch, { chunks: ['sessions/0-9'], plan }, 5);
      await batch.update('resume').catch(() => undefined);
      const document = await batch.result();
      expect(document).toMatchObject({
        outcome: end.outcome,
        counts: { slots: SLOTS, ready: end.ready, skipped: SLOTS - end.ready, orphans: 0 },
        missing: [],
      });
      const decisions = listActions(document).filter((action) => /approve|reject/.test(action));
      expect(decisions).toEqual([decision]);
      expect((await fleet.control.stats()).instances.live).toBe(end.ready);
    },
    toFuzzTimeoutMs(60_000),
  );
});

/** Until nothing is parked: what was told to try again parks once more. */
async function giveUpTheRest(batch: StartedBatch): Promise<void> {
  await batch.update('resume').catch(() => undefined);
  while (!['finishing', 'done'].includes((await batch.progress()).phase)) {
    await batch.until(({ phase, counts }) => counts.parked > 0 || phase === 'done');
    await batch.update('skip', { by: 'ann' }).catch(() => undefined);
  }
}

function listActions({ log }: ResultDocument): readonly string[] {
  return log.map(({ action }) => action);
}
