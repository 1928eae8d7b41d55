import type { ResultDocument } from '../../src/domain/result';
import { startFleet, type Fleet, type StartedBatch } from '../support/fleet';
import { openBooks, type GroupBooks } from '../support/scenario';
import { createTestRequest, PLACEMENT, SPEC } from '../support/test-request';

/**
 * The hard days: the cloud says no, for an hour or for one zone. One fleet for all, on a real Temporal
 * server; what was bought, and what calls were for nothing, is counted from the emulator's log.
 */

const NO_SUCH_CLASS = { ...SPEC, instanceClass: 'redis.no.such.class' };
const NEXT_ZONE = { ...PLACEMENT, zone: 'cn-hangzhou-i', vSwitchId: 'vsw-2' };
const OTHER_CLASS = { ...PLACEMENT, instanceClass: 'redis.master.mid.default' };

let fleet: Fleet;
beforeAll(async () => {
  // No worker dies here; on a busy machine forty creates at once may be late with their heartbeats.
  fleet = await startFleet({ tuning: { heartbeatTimeoutMs: 10_000 } });
}, 60_000);
beforeEach(() => fleet.control.restoreConfig());
afterAll(() => fleet.close());

describe('a quota', () => {
  it('for 60 of 100 is used up, and when it is raised all 100 are ready without anybody', async () => {
    await fleet.control.put('config', { quota: (await countLiving()) + 60 });
    const throttle = { kind: 'refuse', code: 'Throttling.User', status: 400, count: 1 };
    await fleet.control.put('faults', [{ action: 'CreateInstances', ...throttle }]);
    const { batch, books } = await start('quota', { count: 100 });
    const waiting = await batch.until(
      ({ counts, gate, delays }) =>
        counts.ready === 60 && (gate?.probes ?? 0) > 0 && delays?.throttled === 1,
    );
    expect(waiting).toMatchObject({
      needsOperator: false,
      gate: { cause: 'quota', code: 'QuotaExceed.AfterpayInstance' },
    });
    await fleet.control.put('config', { quota: null });
    await expectAll(books, await batch.result(), 100);
    expect(await countWasted(books)).toBeLessThanOrEqual(10);
  });
});

describe('a stock that is gone', () => {
  it.each([
    ['in the first zone', 'zones', NEXT_ZONE],
    ['of the class, where another class may be taken', 'classes', OTHER_CLASS],
  ])('%s sends the group to its next placement', async (_where, name, next) => {
    const stock = { [PLACEMENT.zone]: { [SPEC.instanceClass]: 0 } };
    await fleet.control.put('config', { stock });
    const { batch, books } = await start(name, { count: 50, placements: [PLACEMENT, next] });
    await expectAll(books, await batch.result(), 50);
    const zones = (await books.listLiving()).map(({ ZoneId }) => ZoneId);
    expect(new Set(zones)).toEqual(new Set([next.zone]));
    expect(await countWasted(books)).toBeLessThanOrEqual(2);
  });

  it('is met by a vSwitch with 30 free addresses for 50, too: the rest go to the next one', async () => {
    await fleet.control.put('config', { freeIps: { [PLACEMENT.vSwitchId]: 30 } });
    const { batch, books } = await start('nets', { count: 50, placements: [PLACEMENT, NEXT_ZONE] });
    await expectAll(books, await batch.result(), 50);
    expect(await countWasted(books)).toBeLessThanOrEqual(5);
    const zones = (await books.listLiving()).map(({ ZoneId }) => ZoneId);
    expect(zones.filter((zone) => zone === PLACEMENT.zone)).toHaveLength(30);
  });
});

describe('a problem of the whole account', () => {
  it.each([
    ['an empty balance', 'money', 'InsufficientBalance', { balance: 0 }, { balance: null }],
    [
      'a missing permission',
      'rights',
      'Forbidden.RAM',
      { ramPolicy: { deny: ['CreateInstances'] } },
      { ramPolicy: { deny: [] } },
    ],
  ])('%s stops every group at the first call, until somebody retries', async (...row) => {
    const [, name, code, broken, mended] = row;
    await fleet.control.put('config', broken);
    const others = Array.from({ length: 4 }, (_none, index) => ({ name: `${name}-${index}` }));
    const batch = await fleet.start({
      groups: others.map((group) => toGroup({ count: 25, ...group })),
    });
    const stopped = await batch.until(({ phase }) => phase === 'parked');
    const { hold, holdSinceMs } = stopped;
    expect(hold).toContain(code);
    expect(stopped.needsOperator).toBe(true);
    expect(Date.now() - holdSinceMs!).toBeLessThan(60_000);
    const books = openBooks(fleet, name);
    // Groups go side by side: the first call of each may be under way when the first no comes.
    expect(await countWasted(books)).toBeLessThanOrEqual(others.length);
    const calls = (await books.listCreates()).length;
    await fleet.control.put('config', mended);
    await batch.update('retryFailed', { by: 'ada', why: 'mended', ticket: 'T-1' });
    const document = await batch.result();
    await expectAll(books, document, 100);
    expect(document.log).toMatchObject([{ action: 'retryFailed', by: 'ada', ticket: 'T-1' }]);
    expect(await countWasted(books)).toBe(calls);
  });
});

describe('a wrong request', () => {
  it('for 1,000 of a class that there is none of costs one call', async () => {
    const { batch, books } = await start('wrong', { count: 1_000, spec: NO_SUCH_CLASS });
    const { parked } = await batch.until(
      ({ phase, counts }) => phase === 'parked' && counts.parked === 1_000,
    );
    expect(parked[0]?.code).toBe('InvalidCapacity.NotFound');
    expect(await books.listCreates()).toHaveLength(1);
    await batch.update('cancel');
    expect(await batch.result()).toMatchObject({ counts: { ready: 0, skipped: 1_000 } });
    expect(await books.listCreates()).toHaveLength(1);
  });

  it('in one of 40 entries leaves the 39 others alone', async () => {
    const groups = Array.from({ length: 40 }, (_none, index) =>
      toGroup({
        name: `poison-${index}`,
        count: 1,
        ...(index === 22 ? { spec: NO_SUCH_CLASS } : {}),
      }),
    );
    const batch = await fleet.start({ groups });
    const { parked } = await batch.until(
      ({ counts }) => counts.ready === 39 && counts.parked === 1,
    );
    expect(parked).toMatchObject([{ chunk: 'poison-22/0-0', class: 'invalid' }]);
    expect(await countWasted(openBooks(fleet, 'poison'))).toBe(1);
    await batch.update('skip');
    expect(await batch.result()).toMatchObject({ counts: { ready: 39, skipped: 1, orphans: 0 } });
  });
});

describe('instances of which a part ends in Error', () => {
  beforeEach(() => fleet.control.put('config', { errorShare: 0.05 }));

  it('are listed as failed, and bought again by nobody', async () => {
    const { batch, books } = await start('broken', { count: 100 });
    const { counts } = await batch.result();
    expect(counts.failed).toBeGreaterThan(0);
    expect(counts.ready + counts.failed).toBe(100);
    expect(await books.listLiving()).toHaveLength(100);
  });
});

async function start(
  name: string,
  group: object,
): Promise<{ readonly batch: StartedBatch; readonly books: GroupBooks }> {
  const batch = await fleet.start(createTestRequest(1, { name, ...group }));
  return { batch, books: openBooks(fleet, name) };
}

function toGroup(changes: object): object {
  return { spec: SPEC, placements: [PLACEMENT], ...changes };
}

/** Exactly as many as asked, in the document and in the cloud. */
async function expectAll(
  books: GroupBooks,
  document: ResultDocument,
  slots: number,
): Promise<void> {
  expect(document).toMatchObject({
    outcome: 'succeeded',
    counts: { slots, ready: slots, failed: 0, orphans: 0 },
  });
  expect(await books.listLiving()).toHaveLength(slots);
}

/** Calls that bought nothing. */
async function countWasted({ listCreates }: GroupBooks): Promise<number> {
  return (await listCreates()).filter(({ committedIds }) => committedIds.length === 0).length;
}

async function countLiving(): Promise<number> {
  return (await fleet.control.stats()).instances.live;
}
