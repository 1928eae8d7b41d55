import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import { checkBatchRequest } from '../../src/domain/check-batch-request';
import { createFolderResultStore } from '../../src/outbound/folder-result-store';
import type { Submission } from '../../src/service/submission';
import { createBatchService } from '../../src/service/batch-service';
import type { BatchService } from '../../src/service/batch-service';
import { connectService } from '../../src/service/connect-service';
import { findFreePort } from '../../src/local/free-port';
import { createTempFolder } from '../support/temp-folder';
import type { TempFolder } from '../support/temp-folder';
import { waitFor } from '../support/wait-for';

/**
 * The service against a real server on which no worker runs: what a client sees before anybody
 * takes its tasks. A task queue cannot be chosen by a client, so the namespace is one of its own.
 */
describe('the service and a real server without a worker', () => {
  const namespace = `e2e-${randomUUID()}`;
  let connection: Connection;
  let client: Client;
  let service: BatchService;
  let folder: TempFolder;

  beforeAll(async () => {
    folder = createTempFolder();
    connection = await Connection.connect({
      address: process.env.TAIRFLEET_TEST_TEMPORAL_ADDRESS!,
    });
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: msToTs('1 day'),
    });
    client = new Client({ connection, namespace });
    service = createBatchService({ client, resultStore: createFolderResultStore(folder.path) });
    await untilNamespaceIsThere(client);
  });

  afterAll(async () => {
    await connection.close();
    folder.remove();
  });

  it('starts once, attaches to the same request, and refuses another one', async () => {
    const batchId = randomUUID();
    expect(await service.apply(createSubmission(batchId, 2))).toMatchObject({
      value: { kind: 'started' },
    });
    expect(await service.apply(createSubmission(batchId, 2))).toMatchObject({
      value: { kind: 'attached', run: { status: 'running', historyEvents: 2 } },
    });
    expect(await service.apply(createSubmission(batchId, 3))).toMatchObject({ code: 'conflict' });
  });

  it('starts one run when the same request comes many times at once', async () => {
    const submission = createSubmission(randomUUID(), 2);
    const applied = await Promise.all(Array.from({ length: 8 }, () => service.apply(submission)));
    const kinds = applied.map((result) => (result.ok ? result.value.kind : result.code));
    expect(kinds.filter((kind) => kind === 'started')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'attached')).toHaveLength(7);
  });

  it('shows in the list of the Temporal UI how many, for whom and which', async () => {
    const batchId = randomUUID();
    await service.apply(createSubmission(batchId, 1_000));
    const description = await client.workflow.getHandle(`batch/payments/${batchId}`).describe();
    expect(await description.staticSummary()).toBe(`1,000 instances for payments: ${batchId}`);
  });

  it('says that no worker answers', async () => {
    const batchId = randomUUID();
    await service.apply(createSubmission(batchId, 2));
    const key = { tenant: 'payments', batchId };
    expect(await service.progress(key)).toMatchObject({ ok: false, code: 'no-worker' });
    expect(await service.act(key, { name: 'pause', input: {} })).toMatchObject({
      code: 'no-worker',
    });
    expect(await service.pollers()).toEqual({ ok: true, value: [] });
  });

  it('attaches to a terminated run, and only retry starts the next one', async () => {
    const batchId = randomUUID();
    const submission = createSubmission(batchId, 2);
    await service.apply(submission);
    await client.workflow.getHandle(`batch/payments/${batchId}`).terminate('by hand');
    const key = { tenant: 'payments', batchId };
    expect(await service.apply(submission)).toMatchObject({
      value: { kind: 'attached', run: { status: 'terminated' } },
    });
    expect(await service.result(key)).toMatchObject({ code: 'broken-run' });
    expect(await service.act(key, { name: 'pause', input: {} })).toMatchObject({
      code: 'already-finished',
    });
    expect(await service.retry(key, {})).toMatchObject({ value: { kind: 'started' } });
    expect(await service.status(key)).toMatchObject({ value: { run: { status: 'running' } } });
  });

  it('knows no batch that nobody submitted', async () => {
    const key = { tenant: 'payments', batchId: 'nobody' };
    expect(await service.status(key)).toMatchObject({ ok: false, code: 'not-found' });
    expect(await service.act(key, { name: 'pause', input: {} })).toMatchObject({
      code: 'not-found',
    });
  });
});

it('a service without a server is a value that says where it looked', async () => {
  const address = `127.0.0.1:${await findFreePort()}`;
  const connected = await connectService({
    connection: { address, connectTimeout: 500 },
    namespace: 'default',
    resultStore: createFolderResultStore('unused'),
  });
  expect(connected).toMatchObject({
    ok: false,
    code: 'no-server',
    message: expect.stringContaining(address),
  });
});

function createSubmission(batchId: string, count: number): Submission {
  const document = {
    apiVersion: 'tairfleet/v1',
    batchId,
    tenant: 'payments',
    groups: [
      {
        name: 'sessions',
        count,
        spec: { instanceClass: 'redis.master.small.default' },
        placements: [
          { region: 'cn-hangzhou', zone: 'cn-hangzhou-h', vpcId: 'vpc-1', vSwitchId: 'vsw-1' },
        ],
      },
    ],
  };
  const checked = checkBatchRequest(document);
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return { document, request: checked.request };
}

/** A new namespace is known to the whole server only after its caches were refreshed. */
async function untilNamespaceIsThere(client: Client): Promise<void> {
  const probe = (): Promise<string> =>
    client.workflow.start('probe', { taskQueue: 'probe', workflowId: randomUUID() }).then(
      () => 'there',
      (error: unknown) => String(error),
    );
  await waitFor(probe, (answer) => answer === 'there', 20_000);
}
