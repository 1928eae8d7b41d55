import { fromWorkflowId } from '../../src/contract/workflow-id';
import type { ReconcileAction } from '../../src/contract/operation-types';
import type { ResultDocument } from '../../src/domain/result';
import type { BatchKey } from '../../src/outbound/result-store';
import { createBatchService, type BatchService } from '../../src/service/batch-service';
import type { Finding } from '../../src/service/doctor/finding';
import type { ServiceResult } from '../../src/service/service-result';
import { createByHand } from '../support/by-hand';
import { startFleet, type Fleet, type FleetOptions, type StartedBatch } from '../support/fleet';
import { waitFor } from '../support/wait-for';
import { createTestRequest, SPEC } from '../support/test-request';

/** What is done to ended batches, on a real Temporal server and against the emulator. */

const NOTE = { by: 'ada', why: 'a test' };

let fleet: Fleet;
let service: BatchService;

afterEach(() => fleet.close());

describe('a release', () => {
  it('takes away every instance of the batch, and nothing else, and writes it down', async () => {
    const { key } = await provision(12);
    const other = await fleet.start(createTestRequest(3));
    await other.result();
    const plan = getValue(await service.planRelease(key));
    expect(plan).toMatchObject({ instances: 12, groups: [{ name: 'sessions', instances: 12 }] });
    const report = getValue(await service.release(plan, NOTE));
    expect(report).toMatchObject({ released: 12, gone: 0, kept: 0, revision: 1 });
    expect((await fleet.control.stats()).instances.live).toBe(3);
    const { document } = getValue(await service.result(key));
    expect(document.counts).toMatchObject({ slots: 12, ready: 0, failed: 0, released: 12 });
    expect(document.instances?.every(({ state }) => state === 'released')).toBe(true);
    expect(document.log.at(-1)).toMatchObject({ action: 'release', ...NOTE });
    expect(getValue(await service.status(key)).finished?.document.revision).toBe(1);
  });

  it('takes what is gone already for gone, and tells it from what it released', async () => {
    const { key, document } = await provision(3);
    await call('DeleteInstance', { InstanceId: idOf(document, 1) });
    const report = getValue(await service.release(await plan(key), NOTE));
    expect(report).toMatchObject({ released: 2, gone: 1, kept: 0 });
    expect(getValue(await service.result(key)).document).toMatchObject({
      counts: { released: 2, failed: 1, gone: 1 },
      missing: [idOf(document, 1)],
    });
  });

  it('goes on after throttling and lost answers until everything is gone', async () => {
    const { key } = await provision(10);
    await fleet.control.put('faults', [
      { action: 'DeleteInstance', kind: 'refuse', code: 'Throttling.User', status: 400, count: 3 },
      { action: 'DeleteInstance', kind: 'drop', when: 'after', count: 2 },
    ]);
    const report = getValue(await service.release(await plan(key), NOTE));
    expect(report).toMatchObject({ released: 10, gone: 0, kept: 0 });
    expect((await fleet.control.stats()).instances.live).toBe(0);
  });

  it('keeps an instance that no longer bears the name of the batch, and says why', async () => {
    const { key, document } = await provision(3);
    const InstanceId = idOf(document, 0);
    await call('ModifyInstanceAttribute', { InstanceId, InstanceName: 'somebody-else' });
    const report = getValue(await service.release(await plan(key), NOTE));
    expect(report).toMatchObject({
      ...{ released: 2, kept: 1 },
      keptRows: [{ id: InstanceId, code: 'foreign-name' }],
    });
    expect((await fleet.control.stats()).instances.live).toBe(1);
  });

  it('never deletes what is prepaid', async () => {
    const guards = { slotsPerBatchMax: 100, isPrepaidAllowed: true, accountsByTenant: {} };
    const prepaid = { spec: { ...SPEC, chargeType: 'PrePaid', periodMonths: 1, autoPay: true } };
    const { key } = await provision(2, { group: prepaid, fleet: { dependencies: { guards } } });
    const report = getValue(await service.release(await plan(key), NOTE));
    expect(report).toMatchObject({ released: 0, kept: 2, keptRows: [{ code: 'prepaid' }, {}] });
    expect(await countCalls('DeleteInstance')).toBe(0);
  });

  it('refuses a result that has changed since it was confirmed, and deletes nothing', async () => {
    const { key } = await provision(2);
    const confirmed = { ...(await plan(key)), revision: 7 };
    expect(await service.release(confirmed, NOTE)).toMatchObject({ ok: false, code: 'refused' });
    expect((await fleet.control.stats()).instances.live).toBe(2);
  });

  it('refuses while the batch runs', async () => {
    await start({ emulator: { quota: 0 } });
    const batch = await fleet.start(createTestRequest(2));
    await batch.until(({ gate }) => gate !== null);
    expect(await service.planRelease(toKey(batch))).toMatchObject({ code: 'not-finished' });
    await batch.update('cancel');
    await batch.result();
  });

  it('lets nobody buy the batch again', async () => {
    const { key } = await provision(2);
    getValue(await service.release(await plan(key), NOTE));
    expect(await service.retry(key, {})).toMatchObject({ ok: false, code: 'refused' });
  });
});

describe('a reconciliation', () => {
  it('finds nothing where nothing differs', async () => {
    const { key } = await provision(4);
    const report = getValue(await reconcile(key));
    expect(report.counts).toEqual({ both: 4, missing: 0, orphans: 0, changed: 0 });
    expect(report.isRequestKnown).toBe(true);
  });

  it('names what is missing, what is too much and what was changed', async () => {
    const { key, document } = await provision(4);
    await call('DeleteInstance', { InstanceId: idOf(document, 0) });
    await call('ModifyInstanceAttribute', {
      InstanceId: idOf(document, 1),
      InstanceName: `${nameOf(document)}-renamed`,
    });
    const orphan = await buyOrphan(nameOf(document));
    const report = getValue(await reconcile(key));
    expect(report.counts).toEqual({ both: 3, missing: 1, orphans: 1, changed: 1 });
    expect(report.missing).toEqual([idOf(document, 0)]);
    expect(report.changes).toMatchObject([{ id: idOf(document, 1), what: 'name' }]);
    expect(report.orphans).toMatchObject([{ id: orphan, fits: 'sessions/0' }]);
  });

  it('takes an orphan that fits into the place of a missing one', async () => {
    const { key, document } = await provision(4);
    await call('DeleteInstance', { InstanceId: idOf(document, 2) });
    const orphan = await buyOrphan(nameOf(document));
    const report = getValue(await reconcile(key, 'adopt'));
    expect(report.adopted).toEqual([orphan]);
    const revised = getValue(await service.result(key)).document;
    expect(revised).toMatchObject({ revision: 1, counts: { slots: 4, ready: 4, orphans: 0 } });
    expect(revised.instances?.[2]).toMatchObject({ id: orphan, slot: 2, state: 'ready' });
    const after = getValue(await reconcile(key));
    expect(after.counts).toEqual({ both: 4, missing: 0, orphans: 0, changed: 0 });
  });

  it('leaves an orphan without a free slot alone, and deletes it only when told to', async () => {
    const { key, document } = await provision(4);
    const orphan = await buyOrphan(nameOf(document));
    expect(getValue(await reconcile(key, 'adopt')).adopted).toEqual([]);
    expect((await fleet.control.stats()).instances.live).toBe(5);
    const report = getValue(await reconcile(key, 'deleteOrphans'));
    expect(report).toMatchObject({ deleted: [orphan], kept: [] });
    expect((await fleet.control.stats()).instances.live).toBe(4);
    expect(getValue(await reconcile(key)).counts).toMatchObject({ both: 4, orphans: 0 });
  });

  it('writes down what is gone, so that it counts no more, and not what was renamed', async () => {
    const { key, document } = await provision(4);
    await call('DeleteInstance', { InstanceId: idOf(document, 0) });
    await call('ModifyInstanceAttribute', { InstanceId: idOf(document, 1), InstanceName: 'other' });
    const report = getValue(await reconcile(key, 'writeMissing'));
    expect(report).toMatchObject({
      counts: { both: 2, missing: 2 },
      gone: [idOf(document, 0)],
      kept: [{ id: idOf(document, 1), code: 'renamed' }],
    });
    expect(getValue(await service.result(key)).document).toMatchObject({
      ...{ revision: 1, missing: [idOf(document, 0)] },
      counts: { slots: 4, ready: 3, failed: 1, gone: 1 },
      groups: [{ ready: 3, failed: 1, gone: 1 }],
    });
    expect(getValue(await reconcile(key)).missing).toEqual([idOf(document, 1)]);
  });

  it('says that it cannot be done while the batch runs', async () => {
    await start({ emulator: { quota: 0 } });
    const batch = await fleet.start(createTestRequest(2));
    await batch.until(({ gate }) => gate !== null);
    expect(await reconcile(toKey(batch))).toMatchObject({
      code: 'refused',
      message: expect.stringContaining('is running'),
    });
    await batch.update('cancel');
    await batch.result();
  });
});

describe('the doctor', () => {
  it('finds an installation in order, with its account and its clocks', async () => {
    await start();
    const findings = await examineWithWorker();
    const wrong = findings.filter(({ level }) => level !== 'ok');
    expect(wrong).toEqual([]);
    expect(findings.map(({ check }) => check)).toEqual(
      expect.arrayContaining(['temporal', 'retention', 'worker-cloud', 'account', 'cloud-clock']),
    );
  });

  it('says which account has wrong keys, and what to do', async () => {
    await start({ emulator: { ramPolicy: { deny: ['DescribeInstances'] } } });
    const findings = await examineWithWorker();
    const advice: unknown = expect.stringContaining('keys');
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'account', level: 'fail', advice }),
    );
  });

  /** A worker that has just started is seen by the server with its first poll of each queue. */
  function examineWithWorker(): Promise<readonly Finding[]> {
    return waitFor(
      async () => getValue(await service.examine({ version: '0.0.0-test', region: 'cn-hangzhou' })),
      (findings) => !findings.some(({ message }) => message.startsWith('nobody polls')),
    );
  }
});

describe('the list', () => {
  it('shows open batches before ended ones, and only those that were asked for', async () => {
    const { key: ended } = await provision(2);
    await fleet.control.put('config', { balance: 0 });
    const open = await fleet.start(createTestRequest(2));
    await open.until(({ phase }) => phase === 'parked');
    const waiting = await waitFor(
      async () => getValue(await service.list({ needsOperator: true, limit: 50 })).batches,
      (rows) => rows.some(({ batchId }) => batchId === toKey(open).batchId),
    );
    expect(waiting.every(({ needsOperator }) => needsOperator)).toBe(true);
    const all = getValue(await service.list({ tenant: 'default', limit: 1_000 })).batches;
    const at = (key: BatchKey): number => all.findIndex(({ batchId }) => batchId === key.batchId);
    expect(at(toKey(open))).toBeGreaterThanOrEqual(0);
    expect(at(ended)).toBeGreaterThan(at(toKey(open)));
    expect(all[at(ended)]).toMatchObject({ outcome: 'succeeded', ready: 2, slots: 2 });
    expect(getValue(await service.list({ tenant: 'nobody', limit: 5 })).batches).toEqual([]);
    await open.update('cancel');
    await open.result();
  });
});

/** A finished batch, and the service that works on the fleet's queue. */
async function provision(
  count: number,
  changes: { readonly group?: object; readonly fleet?: FleetOptions } = {},
): Promise<{ key: BatchKey; document: ResultDocument }> {
  await start(changes.fleet);
  const batch = await fleet.start(createTestRequest(count, changes.group));
  return { key: toKey(batch), document: await batch.result() };
}

async function start(options: FleetOptions = {}): Promise<void> {
  fleet = await startFleet(options);
  const { client, taskQueue, dependencies } = fleet;
  service = createBatchService({ client, taskQueue, resultStore: dependencies.results });
}

function plan(key: BatchKey): Promise<Parameters<BatchService['release']>[0]> {
  return service.planRelease(key).then(getValue);
}

function reconcile(
  key: BatchKey,
  action: ReconcileAction = 'report',
): ReturnType<BatchService['reconcile']> {
  return service.reconcile(key, { action, note: NOTE });
}

function toKey({ workflowId }: StartedBatch): BatchKey {
  const key = fromWorkflowId(workflowId);
  if (key === null) throw new Error(`${workflowId} is no batch`);
  return key;
}

function idOf(document: ResultDocument, slot: number): string {
  const found = document.instances?.find((instance) => instance.slot === slot);
  if (found === undefined) throw new Error(`slot ${slot} has no instance`);
  return found.id;
}

function nameOf(document: ResultDocument): string {
  return document.instances?.[0]?.name ?? '';
}

/** Buys an instance past us, under the name of a batch. */
async function buyOrphan(instanceName: string): Promise<string> {
  const byHand = createByHand(fleet.control.url);
  const id = await byHand.buy(instanceName);
  await byHand.untilNormal(id);
  return id;
}

function call(action: string, parameters: object): Promise<unknown> {
  return createByHand(fleet.control.url).call(action, parameters);
}

async function countCalls(action: string): Promise<number> {
  return (await fleet.control.log(action)).length;
}

function getValue<Value>(result: ServiceResult<Value>): Value {
  if (!result.ok) throw new Error(`${result.code}: ${result.message}`);
  return result.value;
}
