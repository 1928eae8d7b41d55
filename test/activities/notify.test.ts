import { ApplicationFailure } from '@temporalio/common';
import { createNotify } from '../../src/activities/notify';
import { createFinishedEvent } from '../../src/domain/batch-event';
import type { SecretResolver } from '../../src/outbound/secret-resolver';
import { SecretValue } from '../../src/outbound/secret-value';
import type { WebhookOutcome, WebhookFailureCode } from '../../src/outbound/webhook-outcome';
import type { WebhookDelivery } from '../../src/outbound/webhook-sender';
import { createKeptMetrics } from '../support/kept-metrics';
import { createResultDocument } from '../support/result-document';
import { createEnvironment, runActivity } from './activity-stage';

const SECRET = new SecretValue('hunter2');
const IDENTITY = { installationId: 'test', account: 'prod', tenant: 'shop', batchId: 'nightly' };
const EVENT = createFinishedEvent(IDENTITY, createResultDocument());
const INPUT = {
  webhook: { url: 'https://hooks.example.com/secret-path', secretFrom: { env: 'HOOK' } },
  event: EVENT,
};
const RESOLVED: SecretResolver = {
  resolve: () => Promise.resolve({ kind: 'resolved', secret: SECRET }),
};

function createActivity(outcome: WebhookOutcome, secrets: SecretResolver = RESOLVED) {
  const deliveries: WebhookDelivery[] = [];
  const send = (delivery: WebhookDelivery) => {
    deliveries.push(delivery);
    return Promise.resolve(outcome);
  };
  const webhooks = { send, close: () => Promise.resolve() };
  const { metrics, written } = createKeptMetrics();
  return { deliveries, written, notify: createNotify({ secrets, webhooks, metrics }) };
}

/** What the activity fails with; nothing of the secret may be in it. */
async function failureOf(notify: ReturnType<typeof createNotify>): Promise<ApplicationFailure> {
  const failure: unknown = await runActivity(notify, INPUT).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ApplicationFailure);
  const { message, stack, details } = failure as ApplicationFailure;
  expect(JSON.stringify({ message, stack, details })).not.toMatch(/hunter2|secret-path/);
  return failure as ApplicationFailure;
}

function createFailed(code: WebhookFailureCode, retryAfterMs: number | null = null) {
  const message = 'hooks.example.com answered 503';
  return { kind: 'failed', code, message, retryAfterMs } as const;
}

describe('a try to deliver an event', () => {
  it('sends it with the key as it is now, and says what was answered', async () => {
    const { notify, deliveries } = createActivity({ kind: 'delivered', status: 202 });
    expect(await runActivity(notify, INPUT)).toEqual({ status: 202 });
    expect(deliveries).toEqual([{ url: INPUT.webhook.url, event: EVENT, secret: SECRET }]);
  });

  it('is counted by how it ended', async () => {
    const delivered = createActivity({ kind: 'delivered', status: 202 });
    await runActivity(delivered.notify, INPUT);
    expect(delivered.written).toEqual(['tairfleet_webhook_tries{outcome="delivered"} 1']);
    const failed = createActivity(createFailed('tls'));
    await failureOf(failed.notify);
    expect(failed.written).toEqual(['tairfleet_webhook_tries{outcome="tls"} 1']);
  });

  it('is made again when it fails, by the policy of the server', async () => {
    const { notify } = createActivity(createFailed('status'));
    expect(await failureOf(notify)).toMatchObject({
      type: 'NotDelivered',
      nonRetryable: false,
      nextRetryDelay: undefined,
      message: expect.stringContaining('hooks.example.com answered 503') as unknown,
    });
  });

  it.each([
    ['as the receiver asks', 120_000, 120_000],
    ['but not at once', 0, 1_000],
    ['but not in years', 1e12, 3_600_000],
  ])('is made again after a pause, %s', async (_what, asked, pause) => {
    const { notify } = createActivity(createFailed('status', asked));
    expect(await failureOf(notify)).toMatchObject({ nextRetryDelay: pause });
  });

  it('is the last one when the receiver is gone', async () => {
    const { notify } = createActivity({ kind: 'gone', status: 410, message: 'gone' });
    expect(await failureOf(notify)).toMatchObject({ type: 'ReceiverGone', nonRetryable: true });
  });

  it('waits for a key that is missing, since somebody may mend that', async () => {
    const secrets: SecretResolver = {
      resolve: () =>
        Promise.resolve({ kind: 'failed', code: 'secret-missing', message: 'no variable HOOK' }),
    };
    const { notify, deliveries } = createActivity({ kind: 'delivered', status: 200 }, secrets);
    expect(await failureOf(notify)).toMatchObject({
      type: 'NotDelivered',
      nonRetryable: false,
      message: expect.stringContaining('no variable HOOK') as unknown,
    });
    expect(deliveries).toEqual([]);
  });

  it('is called off with its attempt', async () => {
    const environment = createEnvironment();
    const signals: AbortSignal[] = [];
    const webhooks = {
      send: async (_delivery: WebhookDelivery, signal: AbortSignal): Promise<WebhookOutcome> => {
        signals.push(signal);
        environment.cancel();
        return createFailed('unreachable');
      },
      close: () => Promise.resolve(),
    };
    const { metrics } = createKeptMetrics();
    const notify = createNotify({ secrets: RESOLVED, webhooks, metrics });
    await expect(environment.run(notify, INPUT)).rejects.toThrow();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });
});
