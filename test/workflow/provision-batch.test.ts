import { randomUUID } from 'node:crypto';
import { startFleet, type Fleet } from '../support/fleet';
import { createTestRequest } from '../support/test-request';

/** The happy path and the hard days of one batch, on a real Temporal server and real sockets. */

let fleet: Fleet;
afterEach(() => fleet.close());

describe('provisionBatch', () => {
  it('buys exactly as many instances as asked and completes with all of them', async () => {
    fleet = await startFleet();
    const batch = await fleet.start(createTestRequest(35));
    const document = await batch.result();
    expect(document).toMatchObject({
      outcome: 'succeeded',
      counts: { slots: 35, ready: 35, failed: 0, orphans: 0 },
      generation: 0,
    });
    expect(new Set(document.instances?.map(({ id }) => id)).size).toBe(35);
    const stats = await fleet.control.stats();
    expect(stats.instances.live).toBe(35);
    expect(stats.namesTwice).toBe(0);
  });

  it('sends a first chunk alone and controls that its name finds it before the second', async () => {
    fleet = await startFleet({ emulator: { visibilityLagMs: 100 } });
    await (await fleet.start(createTestRequest(30))).result();
    const log = await fleet.control.log();
    const actions = log.map(({ action, params }) => `${action} ${params['SearchKey'] ?? ''}`);
    const creates = actions.flatMap((each, at) => (each.startsWith('CreateInstances') ? [at] : []));
    const control = actions.findIndex((each) => /DescribeInstances .*c0000$/.test(each));
    expect(creates).toHaveLength(3);
    expect(control).toBeGreaterThan(creates[0] ?? 0);
    expect(control).toBeLessThan(creates[1] ?? 0);
  });

  it('adopts what was bought when the answer is lost after the commit', async () => {
    fleet = await startFleet({
      emulator: {
        faults: [
          { action: 'CreateInstances', when: 'after', kind: 'drop', probability: 1, count: 2 },
        ],
      },
    });
    const document = await (await fleet.start(createTestRequest(30))).result();
    expect(document.counts).toMatchObject({ ready: 30, orphans: 0 });
    expect((await fleet.control.stats()).instances.live).toBe(30);
  });

  it('sends a token again with the same body, whatever happens in between', async () => {
    fleet = await startFleet({
      seed: 7,
      emulator: {
        faults: [
          { action: 'CreateInstances', when: 'after', kind: 'drop', probability: 0.3 },
          {
            action: 'CreateInstances',
            when: 'before',
            kind: 'refuse',
            probability: 0.3,
            status: 400,
            code: 'VpcServiceError',
            message: 'Invoke vpc service failed.',
          },
        ],
      },
    });
    const document = await (await fleet.start(createTestRequest(100))).result();
    expect(document.counts).toMatchObject({ ready: 100, orphans: 0 });
    const bodies = new Map<string, Set<string>>();
    for (const { params } of await fleet.control.log('CreateInstances')) {
      const { SignatureNonce, Timestamp, Signature, ...frozen } = params;
      const token = frozen['Token'] ?? '';
      bodies.set(token, (bodies.get(token) ?? new Set()).add(JSON.stringify(frozen)));
      expect([SignatureNonce, Timestamp].every((each) => each !== undefined)).toBe(true);
      expect(Signature).toBeUndefined();
    }
    expect([...bodies.values()].every((each) => each.size === 1)).toBe(true);
    expect((await fleet.control.stats()).instances.live).toBe(100);
  });

  it('makes no new calls while paused, and refuses what makes no sense', async () => {
    fleet = await startFleet({ emulator: { quota: 10 } });
    const batch = await fleet.start(createTestRequest(30));
    await batch.until(({ gate }) => gate !== null);
    await batch.update('pause', { by: 'ann' });
    await expect(batch.update('pause')).rejects.toMatchObject({
      cause: { message: expect.stringContaining('paused already') as unknown },
    });
    await fleet.control.put('config', { quota: 100 });
    expect((await batch.progress()).phase).toBe('paused');
    await batch.update('resume');
    const document = await batch.result();
    expect(document.counts).toMatchObject({ ready: 30 });
  });

  it('cancels: awaits what is in flight, keeps it and lists it', async () => {
    fleet = await startFleet({ emulator: { quota: 20 } });
    const batch = await fleet.start(createTestRequest(50));
    await batch.until(({ counts }) => counts.ready === 20);
    await batch.update('cancel', { why: 'enough' });
    const document = await batch.result();
    expect(document).toMatchObject({
      outcome: 'cancelled',
      counts: { slots: 50, ready: 20, skipped: 30, orphans: 0 },
    });
    expect(document.instances).toHaveLength(20);
  });

  it('settles everything first in a second submission, and buys nothing twice', async () => {
    fleet = await startFleet();
    const request = createTestRequest(30);
    const first = await fleet.start(request);
    await first.until(({ counts }) => counts.starting + counts.ready >= 10);
    const handle = fleet.client.workflow.getHandle(first.workflowId);
    const input = await readInput(first.workflowId);
    await handle.terminate('crash of a whole run');
    const again = await fleet.client.workflow.start('provisionBatch', {
      workflowId: first.workflowId,
      taskQueue: fleet.taskQueue,
      args: [input],
    });
    const document = (await again.result()) as { counts: object };
    expect(document.counts).toMatchObject({ slots: 30, ready: 30, orphans: 0 });
    expect((await fleet.control.stats()).instances.live).toBe(30);
  });

  it('signals the named workflow with the document, and survives a receiver that is gone', async () => {
    fleet = await startFleet();
    const receiver = await fleet.client.workflow.start('anything', {
      workflowId: `receiver-${randomUUID()}`,
      taskQueue: 'nobody-polls-here',
    });
    const batch = await fleet.start({
      ...createTestRequest(2),
      notify: [
        { signal: { workflowId: receiver.workflowId, name: 'fleetReady' } },
        { signal: { workflowId: 'nobody', name: 'fleetReady' } },
      ],
    });
    const document = await batch.result();
    const { events } = await receiver.fetchHistory();
    const signal = events?.at(-1)?.workflowExecutionSignaledEventAttributes;
    expect(signal?.signalName).toBe('fleetReady');
    expect(readPayload(signal?.input?.payloads?.[0])).toEqual(document);
    await receiver.terminate('test over');
  });
});

describe('the first line of provisionBatch', () => {
  it.each([
    ['no input at all', [], 'InvalidRequest'],
    ['a text', ['hello'], 'InvalidRequest'],
    ['a request without groups', [{ apiVersion: 'tairfleet/v1' }], 'InvalidRequest'],
    [
      'a request of another batch',
      [{ apiVersion: 'tairfleet/v1', batchId: 'other', ...createTestRequest(1) }],
      'WrongWorkflowId',
    ],
  ])('fails with a stable type at %s, and sends nothing', async (_what, args, type) => {
    fleet = await startFleet();
    const run = fleet.client.workflow.execute('provisionBatch', {
      workflowId: `batch/default/typed-${randomUUID()}`,
      taskQueue: fleet.taskQueue,
      args,
    });
    await expect(run).rejects.toMatchObject({ cause: { type } });
    expect(await fleet.control.log()).toHaveLength(0);
  });
});

async function readInput(workflowId: string): Promise<unknown> {
  const { events } = await fleet.client.workflow.getHandle(workflowId).fetchHistory();
  const payload = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0];
  return readPayload(payload);
}

function readPayload(payload: { data?: Uint8Array | null } | undefined): unknown {
  return JSON.parse(Buffer.from(payload?.data ?? []).toString()) as unknown;
}
