import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { Webhook } from 'standardwebhooks';
import type { BatchEvent } from '../../src/domain/batch-event';
import { type Fleet, startFleet } from '../support/fleet';
import { waitFor } from '../support/wait-for';
import {
  type ReceivedDelivery,
  startWebhookReceiver,
  type WebhookReceiver,
} from '../support/webhook-receiver';
import { createTestRequest } from '../support/test-request';

const KEY = `whsec_${Buffer.from('a key that nobody else may read').toString('base64')}`;
const VARIABLE = 'TAIRFLEET_SECRET_HOOK_TEST';
const REQUEST = createTestRequest(20);

let fleet: Fleet;
let receiver: WebhookReceiver;

beforeEach(async () => {
  process.env[VARIABLE] = KEY;
  receiver = await startWebhookReceiver();
});

afterEach(async () => {
  delete process.env[VARIABLE];
  await fleet.close();
  await receiver.close();
});

function toRequest(entry: object = {}): Record<string, unknown> {
  const webhook = { url: receiver.url, secretFrom: { env: VARIABLE } };
  return { ...REQUEST, notify: [{ webhook, ...entry }] };
}

/** What the receiver made of a delivery, once it has verified it. */
function verify({ body, headers }: ReceivedDelivery): BatchEvent {
  return new Webhook(KEY).verify(body, { ...headers }) as BatchEvent;
}

async function untilDelivered(count: number): Promise<readonly ReceivedDelivery[]> {
  return waitFor(
    () => Promise.resolve(receiver.deliveries),
    ({ length }) => length >= count,
  );
}

/** Everything that Temporal keeps of a workflow, as one text. */
async function readHistory(workflowId: string): Promise<string> {
  const history = await fleet.client.workflow.getHandle(workflowId).fetchHistory();
  return historyToJSON(history);
}

/** The workflow of a delivery; it may outlive its batch. */
function getDelivery(batchWorkflowId: string, eventId: string) {
  const [, tenant, batchId] = batchWorkflowId.split('/');
  return fleet.client.workflow.getHandle(`notify/${tenant}/${batchId}/${eventId}/0`);
}

describe('the end of a batch', () => {
  it('reaches a webhook that fails at first, as one event with the final document', async () => {
    fleet = await startFleet();
    receiver.answerNext(500, (answer) => answer.writeHead(503, { 'retry-after': '1' }).end());
    const batch = await fleet.start(toRequest());
    const document = await batch.result();
    const events = (await untilDelivered(3)).map(verify);
    expect(events[0]).toMatchObject({
      specversion: '1.0',
      type: 'tairfleet.batch.finished.v1',
      subject: document.batchId,
      time: document.finishedAt,
      data: document,
    });
    expect(events.every((event) => JSON.stringify(event) === JSON.stringify(events[0]))).toBe(true);
    expect(new Set(receiver.deliveries.map(({ headers }) => headers['webhook-id']))).toEqual(
      new Set([events[0]!.id]),
    );
    const delivery = getDelivery(batch.workflowId, events[0]!.id);
    expect(await delivery.result()).toEqual({ status: 204 });
    expect(receiver.deliveries).toHaveLength(3);
  });

  it('does not wait for a receiver that never answers well', async () => {
    fleet = await startFleet({ tuning: { notifyForMs: 2_000 } });
    receiver.answerNext(...Array.from({ length: 20 }, () => 500));
    const batch = await fleet.start(toRequest());
    expect(await batch.result()).toMatchObject({ outcome: 'succeeded' });
    const [first] = await untilDelivered(1);
    const delivery = getDelivery(batch.workflowId, verify(first!).id);
    await expect(delivery.result()).rejects.toMatchObject({
      cause: { cause: { type: 'NotDelivered' } },
    });
  });

  it('is told no more to a receiver that is gone', async () => {
    fleet = await startFleet();
    receiver.answerNext(410);
    const batch = await fleet.start(toRequest());
    await batch.result();
    const [first] = await untilDelivered(1);
    const delivery = getDelivery(batch.workflowId, verify(first!).id);
    await expect(delivery.result()).rejects.toMatchObject({
      cause: { cause: { type: 'ReceiverGone' } },
    });
    expect(receiver.deliveries).toHaveLength(1);
  });

  it('leaves no secret in any history, whatever went wrong', async () => {
    fleet = await startFleet();
    receiver.answerNext((answer) => answer.writeHead(500).end(`your key is ${KEY}`));
    const batch = await fleet.start(toRequest());
    await batch.result();
    const [first] = await untilDelivered(2);
    const delivery = getDelivery(batch.workflowId, verify(first!).id);
    await delivery.result();
    const texts = [await readHistory(batch.workflowId), await readHistory(delivery.workflowId)];
    const decoded = texts.map((text) =>
      text.replace(/"data": ?"([^"]+)"/g, (_match, data: string) =>
        Buffer.from(data, 'base64').toString(),
      ),
    );
    // The reference is there, so it was looked for in the right place.
    expect(decoded.every((text) => text.includes(VARIABLE))).toBe(true);
    expect(decoded.filter((text) => text.includes(KEY.slice(6)))).toEqual([]);
  });
});

describe('a batch that needs a person', () => {
  it('says so once an episode, with what to do', async () => {
    fleet = await startFleet({ emulator: { balance: 0 } });
    const batch = await fleet.start(toRequest({ events: ['needsAttention'] }));
    const [first] = (await untilDelivered(1)).map(verify);
    expect(first).toMatchObject({
      type: 'tairfleet.batch.needs-attention.v1',
      data: {
        schema: 'tairfleet/attention/v1',
        episode: 1,
        hold: expect.stringContaining('InsufficientBalance') as unknown,
        nextSteps: [expect.stringContaining('retryFailed') as unknown],
      },
    });
    await batch.update('retryFailed');
    const [, second] = (await untilDelivered(2)).map(verify);
    expect(second).toMatchObject({ data: { episode: 2 } });
    expect(second?.id).not.toBe(first?.id);
    await batch.update('cancel');
    const { log } = await batch.result();
    expect(log.filter(({ action }) => action === 'notified')).toHaveLength(2);
    expect(receiver.deliveries).toHaveLength(2);
  });

  it('says so by signal to a workflow that asks for it', async () => {
    fleet = await startFleet({ emulator: { balance: 0 } });
    const waiting = await fleet.client.workflow.start('anything', {
      workflowId: `receiver-${fleet.taskQueue}`,
      taskQueue: 'nobody-polls-here',
    });
    const signal = { workflowId: waiting.workflowId, name: 'fleetNews' };
    const batch = await fleet.start({
      ...REQUEST,
      notify: [{ signal, events: ['needsAttention'] }],
    });
    await waitFor(
      async () => (await batch.progress()).log.map(({ action }) => action),
      (actions) => actions.includes('notified'),
    );
    await batch.update('cancel');
    await batch.result();
    const { events } = await waiting.fetchHistory();
    const signals = (events ?? []).flatMap(
      ({ workflowExecutionSignaledEventAttributes: signaled }) => signaled ?? [],
    );
    const texts = signals.map(({ input }) => Buffer.from(input!.payloads![0]!.data!).toString());
    expect(texts.map((text) => (JSON.parse(text) as { schema: string }).schema)).toEqual([
      'tairfleet/attention/v1',
    ]);
    await waiting.terminate('test over');
  });

  it('says nothing when the need goes away in time', async () => {
    fleet = await startFleet({ emulator: { balance: 0 }, tuning: { attentionDelayMs: 60_000 } });
    const batch = await fleet.start(toRequest());
    await batch.until(({ phase }) => phase === 'parked');
    await fleet.control.put('config', { balance: 1_000_000 });
    await batch.update('retryFailed');
    await batch.result();
    const events = (await untilDelivered(1)).map(verify);
    expect(events.map(({ type }) => type)).toEqual(['tairfleet.batch.finished.v1']);
  });
});

test('A delivery that somebody starts by hand goes only where a request may send one.', async () => {
  fleet = await startFleet();
  const webhook = { url: 'http://10.0.0.1/hook', secretFrom: { env: VARIABLE } };
  const run = fleet.client.workflow.execute('notifyReceiver', {
    workflowId: `notify/by-hand/${fleet.taskQueue}`,
    taskQueue: fleet.taskQueue,
    args: [{ webhook, event: { id: 'evt_1', type: 'x' }, tenant: 'default', notifyForMs: 1_000 }],
  });
  await expect(run).rejects.toMatchObject({ cause: { type: 'InvalidRequest' } });
});
