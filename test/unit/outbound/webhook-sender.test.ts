import { Webhook } from 'standardwebhooks';
import { createFinishedEvent } from '../../../src/domain/batch-event';
import { SecretValue } from '../../../src/outbound/secret-value';
import type { WebhookOutcome } from '../../../src/outbound/webhook-outcome';
import {
  createWebhookSender,
  type WebhookSender,
  type WebhookSettings,
} from '../../../src/outbound/webhook-sender';
import { createResultDocument } from '../../support/result-document';
import { startWebhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver';

const KEY = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`;
const NEXT_KEY = `whsec_${Buffer.from('abcdef0123456789abcdef0123456789').toString('base64')}`;
const IDENTITY = { installationId: 'test', account: 'prod', tenant: 'shop', batchId: 'nightly' };
const EVENT = createFinishedEvent(IDENTITY, createResultDocument({ batchId: 'nightly' }));

let receiver: WebhookReceiver;
const senders: WebhookSender[] = [];

beforeEach(async () => {
  receiver = await startWebhookReceiver();
});

afterEach(async () => {
  await receiver.close();
  await Promise.all(senders.splice(0).map((sender) => sender.close()));
});

function createSender(settings: Partial<WebhookSettings> = {}): WebhookSender {
  const sender = createWebhookSender({
    privateNetworks: ['127.0.0.0/8'],
    timeoutMs: 5_000,
    ...settings,
  });
  senders.push(sender);
  return sender;
}

interface SendOptions {
  readonly url?: string;
  readonly key?: string;
  readonly settings?: Partial<WebhookSettings>;
  readonly signal?: AbortSignal;
}

async function send(options: SendOptions = {}): Promise<WebhookOutcome> {
  const {
    url = receiver.url,
    key = KEY,
    settings,
    signal = new AbortController().signal,
  } = options;
  const delivery = { url, event: EVENT, secret: new SecretValue(key) };
  const outcome = await createSender(settings).send(delivery, signal);
  // Whatever happens, an outcome goes into a history.
  expect(JSON.stringify(outcome)).not.toMatch(/whsec_\w|hunter2|secret-path|the body/);
  return outcome;
}

describe('a delivery', () => {
  it('is a CloudEvent in structured form that the receiver can verify by Standard Webhooks', async () => {
    expect(await send()).toEqual({ kind: 'delivered', status: 204 });
    const [delivery] = receiver.deliveries;
    expect(delivery).toMatchObject({
      path: '/hook',
      headers: {
        'content-type': 'application/cloudevents+json; charset=utf-8',
        'webhook-id': EVENT.id,
      },
    });
    expect(new Webhook(KEY).verify(delivery!.body, { ...delivery!.headers })).toEqual(EVENT);
    const altered = delivery!.body.replace('nightly', 'mightly');
    expect(() => new Webhook(KEY).verify(altered, { ...delivery!.headers })).toThrow();
  });

  it('bears a signature of each key while keys are changed', async () => {
    await send({ key: `${KEY}\n${NEXT_KEY}` });
    const [delivery] = receiver.deliveries;
    for (const key of [KEY, NEXT_KEY]) {
      expect(new Webhook(key).verify(delivery!.body, { ...delivery!.headers })).toEqual(EVENT);
    }
  });

  it.each(['hunter2hunter2hunter2hunter2', 'whsec_', 'whsec_c2hvcnQ=', 'whsec_not-base64!', ' '])(
    'is not made with the key %p, which others would read differently',
    async (key) => {
      expect(await send({ key })).toMatchObject({ kind: 'failed', code: 'bad-secret' });
      expect(receiver.deliveries).toEqual([]);
    },
  );
});

describe('an answer', () => {
  it.each([200, 202, 299])('of %p means that the event was taken', async (status) => {
    receiver.answerNext(status);
    expect(await send()).toEqual({ kind: 'delivered', status });
  });

  it.each([301, 302, 307, 308])('of %p is a failure, and nobody follows it', async (status) => {
    receiver.answerNext((answer) => answer.writeHead(status, { location: '/elsewhere' }).end());
    expect(await send()).toMatchObject({
      kind: 'failed',
      code: 'redirected',
      message: expect.stringContaining(`answered ${status}, a redirect`) as unknown,
    });
    expect(receiver.deliveries.map(({ path }) => path)).toEqual(['/hook']);
  });

  it('of 410 means that the receiver wants no more', async () => {
    receiver.answerNext(410);
    expect(await send()).toMatchObject({ kind: 'gone', status: 410 });
  });

  it.each([400, 401, 404, 429, 500, 503])('of %p fails by its status', async (status) => {
    receiver.answerNext((answer) => answer.writeHead(status).end('the body'));
    expect(await send()).toEqual({
      kind: 'failed',
      code: 'status',
      message: `127.0.0.1:${receiver.port} answered ${status}`,
      retryAfterMs: null,
    });
  });

  it.each([
    ['120', 120_000],
    ['0', 0],
    ['soon', null],
  ])('may ask for a pause: Retry-After %s', async (header, retryAfterMs) => {
    receiver.answerNext((answer) => answer.writeHead(503, { 'retry-after': header }).end());
    expect(await send()).toMatchObject({ kind: 'failed', retryAfterMs });
  });

  it('may ask for a pause until a time', async () => {
    const until = new Date(Date.now() + 60_000).toUTCString();
    receiver.answerNext((answer) => answer.writeHead(503, { 'retry-after': until }).end());
    const { retryAfterMs } = (await send()) as { retryAfterMs: number };
    expect(retryAfterMs).toBeGreaterThan(50_000);
    expect(retryAfterMs).toBeLessThanOrEqual(60_000);
  });

  it('counts by its status though the rest of it never ends, or is very long', async () => {
    receiver.answerNext((answer) => answer.writeHead(200).write('the body'));
    expect(await send({ settings: { timeoutMs: 300 } })).toMatchObject({ kind: 'delivered' });
    receiver.answerNext((answer) => answer.writeHead(200).end('the body'.repeat(100_000)));
    expect(await send()).toMatchObject({ kind: 'delivered' });
  });
});

describe('no answer', () => {
  it('in time is a timeout', async () => {
    receiver.answerNext(() => {});
    expect(await send({ settings: { timeoutMs: 200 } })).toMatchObject({ code: 'timeout' });
  });

  it('is not waited for when the worker stops', async () => {
    const controller = new AbortController();
    receiver.answerNext(() => controller.abort());
    expect(await send({ signal: controller.signal })).toMatchObject({ code: 'unreachable' });
  });

  it('comes from a connection that breaks, or that nobody takes', async () => {
    receiver.answerNext((answer) => answer.destroy());
    expect(await send()).toMatchObject({ code: 'unreachable' });
    await receiver.close();
    expect(await send({ url: `${receiver.url}/secret-path` })).toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining(`127.0.0.1:${receiver.port}`) as unknown,
    });
  });

  it('comes from a name that does not exist', async () => {
    const url = 'https://receiver.invalid/secret-path';
    expect(await send({ url })).toMatchObject({ code: 'unknown-host' });
  });

  it('comes from a server whose certificate nobody vouches for', async () => {
    const url = `https://127.0.0.1:${receiver.port}/`;
    expect(await send({ url })).toMatchObject({ kind: 'failed', code: 'tls' });
  });
});

describe('a receiver in a network that is not public', () => {
  it.each(['127.0.0.1', 'localhost', '0x7f.1', '[::ffff:127.0.0.1]'])(
    'is not connected to when nobody has allowed it: %s',
    async (host) => {
      const url = `http://${host}:${receiver.port}/hook`;
      const outcome = await send({ url, settings: { privateNetworks: ['10.0.0.0/8'] } });
      expect(outcome).toMatchObject({ kind: 'failed', code: 'address-not-allowed' });
      expect(receiver.deliveries).toEqual([]);
    },
  );

  it('is reached by its name when its network is allowed', async () => {
    const url = `http://localhost:${receiver.port}/hook`;
    expect(await send({ url })).toMatchObject({ kind: 'delivered' });
  });
});
