import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What one delivery looked like at the receiver. */
export interface ReceivedDelivery {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How the receiver answers one delivery; a number is a status without a body. */
export type ReceiverAnswer = number | ((answer: ServerResponse) => void);

/** A receiver of webhooks on this host. */
export interface WebhookReceiver {
  readonly url: string;
  readonly port: number;
  readonly deliveries: readonly ReceivedDelivery[];
  /** Answers for the next deliveries, in order; afterwards everything is taken with 204. */
  answerNext(...answers: readonly ReceiverAnswer[]): void;
  close(): Promise<void>;
}

/** Starts a receiver on 127.0.0.1 and a free port. */
export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const deliveries: ReceivedDelivery[] = [];
  const answers: ReceiverAnswer[] = [];
  const server = createServer((request, response) => {
    void readDelivery(request).then((delivery) => {
      deliveries.push(delivery);
      const answer = answers.shift() ?? 204;
      if (typeof answer === 'number') response.writeHead(answer).end();
      else answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    port,
    deliveries,
    answerNext: (...next) => void answers.push(...next),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function readDelivery(request: IncomingMessage): Promise<ReceivedDelivery> {
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  return {
    path: request.url ?? '',
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: await text(request),
  };
}
