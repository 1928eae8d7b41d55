import { checkBatchRequest } from '../../src/domain/check-batch-request';
import { createRamPolicy } from '../../src/domain/ram-policy';
import { startFleet, type Fleet } from '../support/fleet';
import { createTestRequest } from '../support/test-request';

/** The permissions that a request needs, against the emulator's RAM. */

const PASSWORD_VARIABLE = 'TAIRFLEET_SECRET_RAM';
const REQUEST = createTestRequest(25, {
  maxPrice: '100 CNY',
  followUps: {
    passwordFrom: { env: PASSWORD_VARIABLE },
    parameters: { 'maxmemory-policy': 'allkeys-lru' },
    maintenanceWindow: { start: '18:00Z', end: '22:00Z' },
    resourceGroupId: 'rg-default',
    tags: { team: 'payments' },
    securityIps: ['10.0.0.0/8'],
  },
});

let fleet: Fleet;
beforeAll(async () => {
  process.env[PASSWORD_VARIABLE] = 'Correct-Horse-9';
  fleet = await startFleet({ tuning: { isAddressCounted: true, soldOutMemoryMs: 60_000 } });
});
afterAll(async () => {
  delete process.env[PASSWORD_VARIABLE];
  await fleet.close();
});

function createPolicy() {
  const checked = checkBatchRequest({ apiVersion: 'tairfleet/v1', batchId: 'b', ...REQUEST });
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return createRamPolicy([checked.request], {
    ...{ isPreflight: false, isRelease: false, isSpendCapped: false, isConditional: true },
  });
}

it('a worker with the least policy runs the whole batch, and makes use of every operation in it', async () => {
  const { Statement: statements } = createPolicy();
  await fleet.control.put('config', { ramPolicy: { statements } });
  const batch = await fleet.start({ ...REQUEST });
  expect(await batch.result()).toMatchObject({ outcome: 'succeeded', counts: { ready: 25 } });
  const log = await fleet.control.log();
  expect(log.filter(({ status }) => status === 403)).toEqual([]);
  // What is called and what is allowed are the same: without any of them something would be denied.
  const called = [...new Set(log.map(({ action }) => action))].sort();
  const allowed = statements.flatMap(({ Action }) => Action.map((name) => name.split(':')[1]));
  expect(called).toEqual(allowed.sort());
});

it('a worker with the policy of another request buys nothing', async () => {
  const spec = { instanceClass: 'redis.master.mid.default', engineVersion: '5.0' };
  const before = (await fleet.control.stats()).instances.live;
  const batch = await fleet.start(createTestRequest(5, { spec }));
  await batch.until(({ parked }) => parked.length > 0);
  expect((await fleet.control.stats()).instances.live).toBe(before);
  await batch.update('cancel');
  expect(await batch.result()).toMatchObject({ counts: { ready: 0 } });
});
