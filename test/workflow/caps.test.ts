import type { BatchProgress } from '../../src/domain/progress';
import { startFleet, type Fleet, type StartedBatch } from '../support/fleet';
import { createTestRequest, PLACEMENT } from '../support/test-request';
import { waitFor } from '../support/wait-for';

/** Prices, addresses and caps, on a real Temporal server and counted by the emulator. */

const OTHER = { ...PLACEMENT, zone: 'cn-hangzhou-i', vSwitchId: 'vsw-2' };
const NOTE = { by: 'ada', why: 'prices have changed' };

let fleet: Fleet;

beforeAll(async () => {
  const guards = {
    ...{ slotsPerBatchMax: 100, isPrepaidAllowed: false, accountsByTenant: {} },
    instancesMaxByTenant: { capped: 30 },
    spendMaxByTenant: { thrifty: { perHour: '12 CNY' } },
  };
  // A busy machine must not be too slow for what was counted.
  const tuning = { isAddressCounted: true, soldOutMemoryMs: 30_000 };
  fleet = await startFleet({ tuning, dependencies: { guards } });
});

afterEach(() => fleet.control.restoreConfig());

afterAll(() => fleet.close());

async function countCreates(): Promise<{ refused: number; all: number }> {
  const log = await fleet.control.log('CreateInstances');
  return { all: log.length, refused: log.filter(({ code }) => code !== null).length };
}

/** Whether what was parked has been tried since, and is parked again. */
function isParkedAnew(
  { phase, parked }: BatchProgress,
  since: readonly (number | undefined)[],
): boolean {
  return phase === 'parked' && parked.every(({ sinceMs }) => !since.includes(sinceMs));
}

async function countByZone(batch: StartedBatch): Promise<Readonly<Record<string, number>>> {
  const { instances } = await batch.result();
  const zones: Record<string, number> = {};
  for (const { zone } of instances ?? []) zones[zone] = (zones[zone] ?? 0) + 1;
  return zones;
}

describe('a vSwitch with fewer free addresses than the batch wants', () => {
  it('gets as many as fit, and the next placement the others, without a refused call', async () => {
    await fleet.control.put('config', { freeIps: { 'vsw-1': 30 } });
    const before = await countCreates();
    const request = createTestRequest(50, { placements: [PLACEMENT, OTHER] });
    const batch = await fleet.start(request);
    expect(await countByZone(batch)).toEqual({ 'cn-hangzhou-h': 30, 'cn-hangzhou-i': 20 });
    const after = await countCreates();
    expect(after.refused - before.refused).toBe(0);
  });

  it('lets the rest wait at the gate where there is no other, and goes on by itself', async () => {
    await fleet.control.put('config', { freeIps: { 'vsw-3': 6 } });
    const placements = [{ ...PLACEMENT, zone: 'cn-hangzhou-j', vSwitchId: 'vsw-3' }];
    const batch = await fleet.start(createTestRequest(10, { placements }));
    await batch.until(({ counts, gate }) => counts.ready === 6 && gate !== null);
    await fleet.control.put('config', { freeIps: { 'vsw-3': null } });
    expect(await batch.result()).toMatchObject({ outcome: 'succeeded', counts: { ready: 10 } });
  });

  it('changes nothing for an account that may not look', async () => {
    const ramPolicy = { deny: ['DescribeVSwitches'], statements: [] };
    await fleet.control.put('config', { freeIps: { 'vsw-1': 6 }, ramPolicy });
    const request = createTestRequest(10, { placements: [PLACEMENT, OTHER] });
    const batch = await fleet.start(request);
    expect(await batch.result()).toMatchObject({ outcome: 'succeeded', counts: { ready: 10 } });
  });
});

describe('a placement under a price cap', () => {
  it('is not used when it costs more, and the next one is', async () => {
    const placements = [{ ...PLACEMENT, maxPrice: '0.01 CNY' }, OTHER];
    const batch = await fleet.start(createTestRequest(20, { placements }));
    expect(await countByZone(batch)).toEqual({ 'cn-hangzhou-i': 20 });
    expect((await batch.result()).apiCalls).toMatchObject({ DescribePrice: 1 });
  });

  it('parks its group without a purchase when there is no other, and asks again by retryFailed', async () => {
    const ramPolicy = { deny: ['DescribePrice'], statements: [] };
    await fleet.control.put('config', { ramPolicy });
    const before = await countCreates();
    const batch = await fleet.start(createTestRequest(20, { maxPrice: '100 CNY' }));
    const { parked } = await batch.until(({ phase }) => phase === 'parked');
    expect(parked).toMatchObject(Array(2).fill({ code: 'price-unknown', slots: 10 }));
    await batch.update('retryFailed', NOTE);
    const since = parked.map(({ sinceMs }) => sinceMs);
    await batch.until((now) => isParkedAnew(now, since));
    expect((await countCreates()).all).toBe(before.all);
    await fleet.control.put('config', { ramPolicy: { deny: [], statements: [] } });
    await batch.update('retryFailed', NOTE);
    expect(await batch.result()).toMatchObject({ outcome: 'succeeded', counts: { ready: 20 } });
  });

  it('asks once more for a retryFailed that comes while an older question is on its way', async () => {
    await fleet.control.put('config', { pricePerInstance: 200 });
    const batch = await fleet.start(createTestRequest(20, { maxPrice: '100 CNY' }));
    await batch.until(({ phase }) => phase === 'parked');
    const asked = await fleet.control.log('DescribePrice');
    await fleet.control.addFaults([
      { action: 'DescribePrice', kind: 'delay', when: 'after', delayMs: 3_000, count: 1 },
    ]);
    await batch.update('retryFailed', NOTE);
    await waitFor(
      () => fleet.control.log('DescribePrice'),
      ({ length }) => length > asked.length,
    );
    await fleet.control.put('config', { pricePerInstance: 1 });
    await batch.update('retryFailed', NOTE);
    expect(await batch.result()).toMatchObject({ outcome: 'succeeded', counts: { ready: 20 } });
  });

  it('makes no call for a request without a cap', async () => {
    const batch = await fleet.start(createTestRequest(5));
    expect((await batch.result()).apiCalls).not.toHaveProperty('DescribePrice');
  });
});

describe('a tenant with a cap', () => {
  it('has at most one of two batches let in that do not fit together, be they at once', async () => {
    const tenant = 'capped';
    const request = { ...createTestRequest(20), tenant };
    const both = await Promise.all([fleet.start(request), fleet.start(request)]);
    const ends = await Promise.allSettled(both.map((batch) => batch.result()));
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const again = await fleet.start(request);
    await expect(again.result()).rejects.toMatchObject({
      cause: { type: 'RefusedByGuard', message: expect.stringContaining('has 20 of the 30') },
    });
    const small = await fleet.start({ ...createTestRequest(10), tenant });
    expect(await small.result()).toMatchObject({ outcome: 'succeeded' });
  });
});

describe('a tenant that may spend so much', () => {
  it('is counted by the prices that its batches keep, while they run and when they have ended', async () => {
    await fleet.control.put('config', { pricePerInstance: 1 });
    const request = { ...createTestRequest(8), tenant: 'thrifty' };
    const first = await fleet.start(request);
    const refused = {
      cause: { type: 'RefusedByGuard', message: expect.stringContaining('8.00 CNY an hour of') },
    };
    await expect((await fleet.start(request)).result()).rejects.toMatchObject(refused);
    const prices = [{ group: 'sessions', chargeType: 'PostPaid', each: '1.00 CNY' }];
    expect(await first.result()).toMatchObject({ outcome: 'succeeded', prices });
    await fleet.control.put('config', { pricePerInstance: 0.5 });
    await expect((await fleet.start(request)).result()).resolves.toMatchObject({
      prices: [{ each: '0.50 CNY' }],
    });
    await expect((await fleet.start(request)).result()).rejects.toMatchObject({
      cause: { message: expect.stringContaining('has 12.00 CNY an hour of the 12.00') },
    });
  });
});

describe('a batch whose price has to be approved', () => {
  it('waits above the price, shows it, and buys once somebody approves it', async () => {
    const policy = { approvalAbovePrice: '0.50 CNY' };
    const batch = await fleet.start({ ...createTestRequest(20), policy });
    const { approval } = await batch.until(({ phase }) => phase === 'awaitingApproval');
    expect(approval?.price).toMatch(/^\d+\.\d+ CNY$/);
    await batch.update('approve', { plan: approval!.plan, ...NOTE });
    expect(await batch.result()).toMatchObject({ outcome: 'succeeded', counts: { ready: 20 } });
  });

  it('waits when the price is not known, and buys at once below the price', async () => {
    await fleet.control.put('config', { ramPolicy: { deny: ['DescribePrice'], statements: [] } });
    const policy = { approvalAbovePrice: '1000 CNY' };
    const unknown = await fleet.start({ ...createTestRequest(2), policy });
    const { approval } = await unknown.until(({ phase }) => phase === 'awaitingApproval');
    expect(approval).toMatchObject({ price: 'unknown' });
    await unknown.update('reject', { plan: approval!.plan, ...NOTE });
    expect(await unknown.result()).toMatchObject({ outcome: 'cancelled' });
    await fleet.control.put('config', { ramPolicy: { deny: [], statements: [] } });
    const cheap = await fleet.start({ ...createTestRequest(2), policy });
    expect(await cheap.result()).toMatchObject({ outcome: 'succeeded' });
  });
});
