import { startFleet, type Fleet } from '../support/fleet';
import { createTestRequest } from '../support/test-request';

/** The closing audit waits for instances that may show up late, and its batch says until when. */

let fleet: Fleet;
afterEach(() => fleet.close());

const PLAN = {
  installationId: 'test',
  accounts: ['default'],
  defaultAccount: 'default',
  chunkSlots: 5,
};

describe('a batch that is cancelled in doubt', () => {
  it.each([
    ['one', 100],
    ['several, which are workflows of their own', 10],
  ])('says until when it audits, with shards: %s', async (_how, shardSlots) => {
    fleet = await startFleet({
      emulator: { quota: 0 },
      dependencies: { plan: { ...PLAN, shardSlots } },
    });
    const batch = await fleet.start(createTestRequest(20));
    await batch.until(({ gate }) => gate !== null);
    const beforeMs = Date.now();
    await batch.update('cancel', {});
    const { auditUntilMs } = await batch.until(
      (now) => now.phase === 'auditing' && now.auditUntilMs !== undefined,
    );
    expect(auditUntilMs).toBeGreaterThan(beforeMs);
    expect(await batch.result()).toMatchObject({ outcome: 'cancelled' });
  });
});
