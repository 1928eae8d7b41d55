import { SWEEP_ORPHANS, toSweepId } from '../../src/contract/operations';
import type { SweepOrphansInput, SweepReport } from '../../src/contract/sweep-types';
import { toWorkflowId } from '../../src/contract/workflow-id';
import type { ResultDocument } from '../../src/domain/result';
import { createBatchService, type BatchService } from '../../src/service/batch-service';
import type { ServiceResult } from '../../src/service/service-result';
import { createByHand, type ByHand } from '../support/by-hand';
import { startFleet, type Fleet } from '../support/fleet';
import { createTestRequest } from '../support/test-request';
import { waitFor } from '../support/wait-for';

/** Looks for orphans that somebody orders, and what they leave alone. */

const REQUEST = createTestRequest(2);
const BY_IDS = { isCountEnough: false, note: { by: 'ada' } };
const BY_COUNT = { isCountEnough: true, note: {} };

let fleet: Fleet;
let service: BatchService;
let byHand: ByHand;
let startedAtMs: number;
/** Ended batches, one for each test and one more. */
let swapped: ResultDocument;
let released: ResultDocument;
let repeated: ResultDocument;
let untouched: ResultDocument;

beforeAll(async () => {
  startedAtMs = Date.now();
  fleet = await startFleet();
  const { client, taskQueue, dependencies, control } = fleet;
  service = createBatchService({ client, taskQueue, resultStore: dependencies.results });
  byHand = createByHand(control.url);
  const provision = async (): Promise<ResultDocument> => (await fleet.start(REQUEST)).result();
  [swapped, released, repeated, untouched] = await Promise.all([
    ...([provision(), provision(), provision(), provision()] as const),
  ]);
});

afterAll(() => fleet.close());

describe('a sweep on demand', () => {
  it('compares ids, since one gone and one too many make the count right', async () => {
    await byHand.call('DeleteInstance', { InstanceId: idOf(swapped, 0) });
    const orphan = await byHand.buy(nameOf(swapped));
    const counted = getValue(await service.sweep(swapped, BY_COUNT));
    expect(counted).toMatchObject({ outcome: 'clean', isCompared: false });
    expect(await sweep(swapped)).toMatchObject({ outcome: 'orphans', orphans: [{ id: orphan }] });
    const { log } = getValue(await service.result(swapped)).document;
    expect(log.at(-1)).toMatchObject({ action: 'orphansFound', by: 'ada' });
  });

  it('has written down what a reconciliation adopts, and then nothing is left', async () => {
    const { orphans } = getValue(await service.result(swapped)).document;
    const ids = orphans.map(({ id }) => id);
    await Promise.all(ids.map((id) => byHand.untilNormal(id)));
    const order = { action: 'adopt', note: {} } as const;
    expect(getValue(await service.reconcile(swapped, order)).adopted).toEqual(ids);
    expect(await sweep(swapped)).toMatchObject({ outcome: 'clean', knownOrphans: 0 });
  });

  it('does not take for an orphan what a release has just deleted', async () => {
    getValue(await service.release(getValue(await service.planRelease(released)), {}));
    const looks: SweepReport[] = [];
    await waitFor(
      async () => looks.push(await sweep(released)),
      () => looks.at(-1)?.outcome !== 'notNow',
    );
    expect(looks[0]).toMatchObject({ outcome: 'notNow', hindrance: 'just-deleted' });
    expect(looks.at(-1)).toMatchObject({ outcome: 'clean', orphans: [], knownOrphans: 0 });
  });

  it('looks at every ended batch of a time, and gives a row for each', async () => {
    const orphan = await byHand.buy(nameOf(untouched));
    const filter = { tenant: 'default', startedAfterMs: startedAtMs, limit: 100 };
    const own = [swapped, untouched].map(({ batchId }) => batchId);
    const swept = await waitFor(
      async () => getValue(await service.sweepAll(filter, BY_COUNT)).batches,
      (rows) => own.every((id) => rows.some(({ key }) => key.batchId === id)),
    );
    const [clean, found] = own.map((id) => swept.find(({ key }) => key.batchId === id)!.report);
    expect(getValue(clean!)).toMatchObject({ outcome: 'clean', isCompared: false });
    expect(getValue(found!)).toMatchObject({ orphans: [{ id: orphan }] });
  });
});

describe('the next generation of a batch', () => {
  it('keeps what it owns, while it runs and when it has ended, whoever looks', async () => {
    await byHand.call('DeleteInstance', { InstanceId: idOf(repeated, 0) });
    const next = await startAgain(repeated);
    expect(await sweep(repeated)).toMatchObject({ outcome: 'notNow', hindrance: 'running' });
    const followed = follow(repeated);
    const second = await next();
    expect(second).toMatchObject({ generation: 1, counts: { ready: 2 } });
    expect(second.instances?.map(({ id }) => id)).not.toContain(idOf(repeated, 0));
    expect(await sweep(second)).toMatchObject({ outcome: 'clean', isCompared: true, orphans: [] });
    expect(await followed).toMatchObject({ outcome: 'superseded', orphans: [] });
  });
});

/** Runs the sweep that would have followed the batch; what stands against it makes it wait. */
function follow(document: ResultDocument): Promise<SweepReport> {
  const { tenant, batchId, generation } = document;
  const input: SweepOrphansInput = {
    ...{ tenant, batchId, generation, afterMs: [0], isCountEnough: false, scope: null },
  };
  const { taskQueue, client } = fleet;
  const workflowId = toSweepId(document);
  const options = { workflowId, taskQueue, args: [input] };
  return client.workflow.execute(SWEEP_ORPHANS, options) as Promise<SweepReport>;
}

/** Starts the next run of an ended batch, as a retry does, and gives what waits for its end. */
async function startAgain({
  tenant,
  batchId,
}: ResultDocument): Promise<() => Promise<ResultDocument>> {
  const handle = await fleet.client.workflow.start('provisionBatch', {
    workflowId: toWorkflowId(tenant, batchId),
    taskQueue: fleet.taskQueue,
    args: [{ request: { apiVersion: 'tairfleet/v1', batchId, ...REQUEST } }],
  });
  return () => handle.result() as Promise<ResultDocument>;
}

async function sweep(document: ResultDocument): Promise<SweepReport> {
  return getValue(await service.sweep(document, BY_IDS));
}

function idOf(document: ResultDocument, slot: number): string {
  const found = document.instances?.find((instance) => instance.slot === slot);
  if (found === undefined) throw new Error(`slot ${slot} has no instance`);
  return found.id;
}

function nameOf({ instances = [] }: ResultDocument): string {
  return instances[0]?.name ?? '';
}

function getValue<Value>(result: ServiceResult<Value>): Value {
  if (!result.ok) throw new Error(`${result.code}: ${result.message}`);
  return result.value;
}
