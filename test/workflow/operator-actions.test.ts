import type { Fleet } from '../support/fleet';
import { useOwnFleets } from '../support/own-fleets';
import { createTestRequest, PLACEMENT, SPEC } from '../support/test-request';
import { waitFor } from '../support/wait-for';
import { about } from '../support/side-by-side';

/** What operators can order beyond a retry, on a real Temporal server and counted by the emulator. */

const NOTE = { by: 'ada', why: 'a test', ticket: 'OPS-7' };
const UNKNOWN_CLASS = { ...SPEC, instanceClass: 'redis.no.such.class' };

const openFleet = useOwnFleets();

about('skip', (it) => {
  it('gives up what is parked, and lets the batch end with the rest', async () => {
    const fleet = await openFleet();
    const batch = await fleet.start({
      groups: [
        { name: 'good', count: 10, spec: SPEC, placements: [PLACEMENT] },
        { name: 'bad', count: 30, spec: UNKNOWN_CLASS, placements: [PLACEMENT] },
      ],
    });
    await batch.until(({ counts }) => counts.parked === 30 && counts.ready === 10);
    await expect(batch.update('skip', { chunks: ['bad/0-8'] })).rejects.toMatchObject({
      cause: { message: expect.stringContaining('parked are: bad/0-9, bad/10-19, bad/20-29') },
    });
    await batch.update('skip', { chunks: ['bad/0-9'], ...NOTE });
    await batch.until(({ counts }) => counts.skipped === 10 && counts.parked === 20);
    await batch.update('skip', NOTE);
    const document = await batch.result();
    expect(document).toMatchObject({
      outcome: 'partial',
      counts: { slots: 40, ready: 10, parked: 0, skipped: 30, orphans: 0 },
    });
    expect(document.log).toContainEqual(
      expect.objectContaining({ action: 'skip', ...NOTE, detail: 'bad/10-19, bad/20-29' }),
    );
    expect((await fleet.control.stats()).instances.live).toBe(10);
  });
});

about('retryNow', (it) => {
  it('asks at a closed gate at once', async () => {
    const tuning = { gateBackOffMinMs: 3_600_000, gateBackOffMaxMs: 3_600_000 };
    const fleet = await openFleet({ emulator: { quota: 20 }, tuning });
    const batch = await fleet.start(createTestRequest(40));
    await batch.until(({ gate }) => gate?.nextProbeAtMs != null);
    await fleet.control.put('config', { quota: null });
    await batch.update('retryNow', NOTE);
    expect(await batch.result()).toMatchObject({ outcome: 'succeeded', counts: { ready: 40 } });
    expect((await fleet.control.stats()).instances.live).toBe(40);
  });

  it('is refused where nothing waits, and says what is', async () => {
    const fleet = await openFleet();
    const batch = await fleet.start(createTestRequest(10, { spec: UNKNOWN_CLASS }));
    await batch.until(({ phase }) => phase === 'parked');
    await expect(batch.update('retryNow')).rejects.toMatchObject({
      cause: { message: expect.stringContaining('retryFailed') },
    });
    await batch.update('cancel');
    await batch.result();
  });
});

describe('setConcurrency', () => {
  it.concurrent('says what it takes, and is obeyed by the whole batch', async () => {
    const fleet = await openFleet({ emulator: { quota: 10 } });
    const batch = await fleet.start(createTestRequest(60));
    await batch.until(({ gate }) => gate !== null);
    for (const chunksInFlight of [0, 41, '5', undefined]) {
      await expect(batch.update('setConcurrency', { chunksInFlight })).rejects.toMatchObject({
        cause: { message: expect.stringContaining('from 1 to 40') },
      });
    }
    await batch.update('setConcurrency', { chunksInFlight: 1, ...NOTE });
    await fleet.control.put('config', { quota: null, createTimeMs: 100 });
    const document = await batch.result();
    expect(document).toMatchObject({ counts: { ready: 60, orphans: 0 } });
    expect(document.log).toContainEqual(
      expect.objectContaining({ action: 'setConcurrency', ...NOTE }),
    );
    expect(await countTogether(fleet)).toBe(1);
  });

  it.concurrent('costs no settle when it comes before the run is proven', async () => {
    const fleet = await openFleet();
    const slowly = { action: 'DescribeInstances', kind: 'delay', when: 'after', delayMs: 1_500 };
    await fleet.control.addFaults([{ ...slowly, count: 1 }]);
    const batch = await fleet.start(createTestRequest(10));
    await batch.until(({ phase }) => phase === 'provisioning');
    await batch.update('setConcurrency', { chunksInFlight: 1 });
    expect((await fleet.control.stats()).orders).toBe(0);
    expect(await batch.result()).toMatchObject({ counts: { ready: 10 } });
    expect(await listActivities(fleet, batch.workflowId)).not.toContain('settle');
  });

  async function listActivities(
    { client }: Fleet,
    workflowId: string,
  ): Promise<readonly unknown[]> {
    const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
    return (events ?? []).map(
      ({ activityTaskScheduledEventAttributes: task }) => task?.activityType?.name,
    );
  }

  /** Most calls that bought something within the time that one takes. */
  async function countTogether({ control }: Fleet): Promise<number> {
    const calls = await control.log('CreateInstances');
    const bought = calls.filter(({ ids, at }) => ids.length > 0 && at !== calls[0]?.at);
    const times = bought.map(({ at }) => Date.parse(at));
    return Math.max(
      ...times.map((from) => times.filter((time) => time >= from && time < from + 90).length),
    );
  }
});

about('extendDeadline', (it) => {
  it('moves the end of the batch, and says what it takes', async () => {
    const fleet = await openFleet({ emulator: { quota: 10 } });
    const batch = await fleet.start({ ...createTestRequest(20), policy: { deadline: '8s' } });
    const { deadlineAtMs } = await batch.until(({ gate }) => gate !== null);
    await expect(batch.update('extendDeadline', { extendBy: 6 })).rejects.toMatchObject({
      cause: { message: expect.stringContaining('such as 90m, 6h or 2d') },
    });
    await batch.update('extendDeadline', { extendBy: '1h', ...NOTE });
    const later = await batch.until(() => Date.now() > deadlineAtMs + 1_000);
    expect(later).toMatchObject({
      phase: 'provisioning',
      deadlineAtMs: deadlineAtMs + 3_600_000,
    });
    await fleet.control.put('config', { quota: null });
    await batch.update('retryNow');
    expect(await batch.result()).toMatchObject({ outcome: 'succeeded', counts: { ready: 20 } });
  });
});

about('a cancel', (it) => {
  it('releases what was bought when it is told to, and says so in the one document', async () => {
    const fleet = await openFleet({ emulator: { quota: 20 } });
    const batch = await fleet.start(createTestRequest(40));
    await batch.until(({ counts }) => counts.ready === 20);
    await expect(batch.update('cancel', { instances: 'burn' })).rejects.toMatchObject({
      cause: { message: expect.stringContaining('keep or release') },
    });
    await batch.update('cancel', { instances: 'release', ...NOTE });
    const document = await batch.result();
    expect(document).toMatchObject({
      outcome: 'cancelled',
      revision: 1,
      counts: { slots: 40, ready: 0, skipped: 20, released: 20, orphans: 0 },
    });
    expect(document.instances?.every(({ state }) => state === 'released')).toBe(true);
    expect((await fleet.control.stats()).instances.live).toBe(0);
  });

  it('keeps what was bought unless the request or the operator says otherwise', async () => {
    const fleet = await openFleet({ emulator: { quota: 20 } });
    const batch = await fleet.start({
      ...createTestRequest(40),
      policy: { onCancel: 'release' },
    });
    await batch.until(({ counts }) => counts.ready === 20);
    await batch.update('cancel', { instances: 'keep' });
    expect(await batch.result()).toMatchObject({ counts: { ready: 20, released: 0 } });
    expect((await fleet.control.stats()).instances.live).toBe(20);
  });
});

about('a batch that falls short', (it) => {
  it('releases what it has when its policy says so', async () => {
    const fleet = await openFleet({ emulator: { quota: 20 } });
    const batch = await fleet.start({
      ...createTestRequest(40),
      policy: { deadline: '10s', onShortfall: 'release' },
    });
    expect(await batch.result()).toMatchObject({
      outcome: 'partial',
      counts: { ready: 0, parked: 20, released: 20, orphans: 0 },
    });
    expect((await fleet.control.stats()).instances.live).toBe(0);
  });

  it('keeps it when enough are ready', async () => {
    const fleet = await openFleet({ emulator: { quota: 20 } });
    const batch = await fleet.start({
      ...createTestRequest(40),
      policy: { deadline: '10s', onShortfall: 'release', minReady: '50%' },
    });
    expect(await batch.result()).toMatchObject({ outcome: 'succeeded', counts: { ready: 20 } });
    expect((await fleet.control.stats()).instances.live).toBe(20);
  });
});

about('instances that end in Error', (it) => {
  it('are bought again when the request says so, and the failed ones stand under orphans', async () => {
    const fleet = await openFleet({ emulator: { errorShare: 1 } });
    const batch = await fleet.start({ ...createTestRequest(10), policy: { replaceFailed: 2 } });
    // Whether an instance ends in Error is decided when it is made.
    await waitFor(fleet.control.stats, ({ instances }) => instances.live >= 10);
    await fleet.control.put('config', { errorShare: 0 });
    const document = await batch.result();
    expect(document).toMatchObject({ outcome: 'succeeded', counts: { ready: 10, failed: 0 } });
    const { instances } = await fleet.control.stats();
    expect(document.orphans).toHaveLength(instances.live - 10);
    expect(document.orphans.length).toBeGreaterThan(0);
    expect(document.orphans.every(({ status }) => status === 'Error')).toBe(true);
  });
});

describe('a batch that needs an approval', () => {
  it.concurrent('buys nothing before somebody approves exactly this plan', async () => {
    const fleet = await openFleet();
    const batch = await fleet.start({ ...createTestRequest(20), policy: { approvalAbove: 19 } });
    const { approval, needsOperator } = await batch.until(
      ({ phase }) => phase === 'awaitingApproval',
    );
    expect(needsOperator).toBe(true);
    expect(approval).toMatchObject({ instances: 20 });
    const { plan } = approval!;
    for (const input of [{ plan: 'another', by: 'ada' }, { plan }]) {
      await expect(batch.update('approve', input)).rejects.toThrow();
    }
    expect((await fleet.control.stats()).orders).toBe(0);
    await batch.update('approve', { plan, ...NOTE });
    const document = await batch.result();
    expect(document).toMatchObject({ outcome: 'succeeded', counts: { ready: 20 } });
    expect(document.log).toContainEqual(
      expect.objectContaining({ action: 'approve', ...NOTE, detail: `plan ${plan}` }),
    );
  });

  it.concurrent(
    'ends without a purchase when it is rejected, or when nobody decides in time',
    async () => {
      const fleet = await openFleet();
      const policy = { approvalAbove: 19, approvalDeadline: '2s' };
      const rejected = await fleet.start({
        ...createTestRequest(20),
        policy: { approvalAbove: 0 },
      });
      const forgotten = await fleet.start({ ...createTestRequest(20), policy });
      const { approval } = await rejected.until(({ phase }) => phase === 'awaitingApproval');
      await rejected.update('reject', { plan: approval!.plan, ...NOTE });
      for (const batch of [rejected, forgotten]) {
        expect(await batch.result()).toMatchObject({
          outcome: 'cancelled',
          counts: { slots: 20, ready: 0, skipped: 20 },
        });
      }
      expect((await fleet.control.stats()).orders).toBe(0);
    },
  );

  it.concurrent('goes on at once where it is small enough', async () => {
    const fleet = await openFleet();
    const batch = await fleet.start({ ...createTestRequest(20), policy: { approvalAbove: 20 } });
    expect(await batch.result()).toMatchObject({ outcome: 'succeeded' });
  });
});
