import { toSweepId } from '../../src/contract/operations';
import type { SweepReport } from '../../src/contract/sweep-types';
import type { BatchEvent, OrphansReport } from '../../src/domain/batch-event';
import type { ResultDocument } from '../../src/domain/result';
import { createBatchService, type BatchService } from '../../src/service/batch-service';
import type { ServiceResult } from '../../src/service/service-result';
import { createByHand } from '../support/by-hand';
import { startFleet, type Fleet } from '../support/fleet';
import { createTestRequest, PLACEMENT } from '../support/test-request';
import { waitFor } from '../support/wait-for';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver';

/** The sweep that follows a batch, on a real Temporal server and against the emulator. */

const VARIABLE = 'TAIRFLEET_SECRET_SWEEP_TEST';

let fleet: Fleet;
let receiver: WebhookReceiver;
let service: BatchService;
/** A batch with an instance that appeared after its end, and one with which nothing is wrong. */
let late: ResultDocument;
let quiet: ResultDocument;
let orphan: string;

beforeAll(async () => {
  const key = Buffer.from('a key that only the sweeps know').toString('base64');
  process.env[VARIABLE] = `whsec_${key}`;
  receiver = await startWebhookReceiver();
  // The second look comes long after a purchase by hand, which takes one call.
  fleet = await startFleet({ tuning: { sweepAfterMs: [300, 4_000] } });
  const { client, taskQueue, dependencies } = fleet;
  service = createBatchService({ client, taskQueue, resultStore: dependencies.results });
  const appearing = provision(3).then(async (document) => {
    orphan = await createByHand(fleet.control.url).buy(document.instances?.[0]?.name ?? '');
    return document;
  });
  [late, quiet] = await Promise.all([appearing, provision(2)]);
});

afterAll(async () => {
  delete process.env[VARIABLE];
  await fleet.close();
  await receiver.close();
});

describe('the sweep that follows a batch', () => {
  it('finds an instance that appeared after the end, and writes it into the result', async () => {
    const report = await endOfSweep(late);
    expect(report).toMatchObject({ outcome: 'orphans', orphans: [{ id: orphan }] });
    const { document, location } = getValue(await service.result(late));
    expect(location).toBe(report.location);
    expect(document).toMatchObject({
      revision: 1,
      orphans: [{ id: orphan, region: PLACEMENT.region }],
      counts: { slots: 3, ready: 3, orphans: 1 },
      log: expect.arrayContaining([expect.objectContaining({ action: 'orphansFound' })]) as object,
    });
    expect(document.instances?.map(({ id }) => id)).not.toContain(orphan);
  });

  it('tells the receivers once, with what helps, however often somebody looks again', async () => {
    await endOfSweep(late);
    const order = { isCountEnough: false, note: {} };
    const again = getValue(await service.sweep(late, order));
    expect(again).toMatchObject({ outcome: 'clean', orphans: [], knownOrphans: 1 });
    await endOfSweep(quiet);
    const events = await waitFor(
      () => Promise.resolve(readEvents('tairfleet.batch.orphans-found.v1')),
      ({ length }) => length > 0,
    );
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      subject: late.batchId,
      data: {
        schema: 'tairfleet/orphans/v1',
        ...{ generation: 0, revision: 1, count: 1 },
        orphans: [{ id: orphan }],
        nextSteps: [
          expect.stringContaining('--adopt'),
          expect.stringContaining('--delete-orphans'),
        ],
      },
    });
  });

  it('shows an operator in the Temporal UI what there is, and what to do', async () => {
    await endOfSweep(late);
    const handle = fleet.client.workflow.getHandle(toSweepId(late));
    const { searchAttributes } = await handle.describe();
    expect(searchAttributes).toMatchObject({
      BatchNeedsOperator: [true],
      BatchTenant: ['default'],
    });
    const metadata = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
    expect(metadata.currentDetails).toContain(orphan);
    expect(metadata.currentDetails).toContain(
      `tairfleet reconcile default/${late.batchId} --adopt`,
    );
  });

  it('changes nothing and tells nobody where nothing is wrong, for a call a look', async () => {
    expect(await endOfSweep(quiet)).toEqual({
      ...{ tenant: 'default', batchId: quiet.batchId },
      ...{ outcome: 'clean', isCompared: true, orphans: [], knownOrphans: 0 },
      ...{ hindrance: null, location: null, calls: { DescribeInstances: 2 } },
    });
    expect(getValue(await service.result(quiet)).document.revision).toBe(0);
  });

  it('leaves a short history, and is no batch in a list of them', async () => {
    await endOfSweep(late);
    const { historyLength } = await fleet.client.workflow.getHandle(toSweepId(late)).describe();
    // Two looks with a finding that is told; without one they take 27.
    expect(historyLength).toBeLessThanOrEqual(45);
    const { batches } = getValue(await service.list({ tenant: 'default', limit: 1_000 }));
    expect(batches.filter(({ batchId }) => batchId === late.batchId)).toHaveLength(1);
    const waiting = getValue(await service.list({ needsOperator: true, limit: 1_000 })).batches;
    expect(waiting.map(({ batchId }) => batchId)).not.toContain(late.batchId);
  });
});

async function provision(count: number): Promise<ResultDocument> {
  const webhook = { url: receiver.url, secretFrom: { env: VARIABLE } };
  const request = { ...createTestRequest(count), notify: [{ webhook }] };
  return (await fleet.start(request)).result();
}

function endOfSweep(document: ResultDocument): Promise<SweepReport> {
  return fleet.client.workflow.getHandle(toSweepId(document)).result() as Promise<SweepReport>;
}

function readEvents(type: string): readonly BatchEvent<OrphansReport>[] {
  return receiver.deliveries
    .map(({ body }) => JSON.parse(body) as BatchEvent<OrphansReport>)
    .filter((event) => event.type === type);
}

function getValue<Value>(result: ServiceResult<Value>): Value {
  if (!result.ok) throw new Error(`${result.code}: ${result.message}`);
  return result.value;
}
