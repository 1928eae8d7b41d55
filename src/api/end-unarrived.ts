import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ApiApp } from './api-app';

/** How long what is on its way may take to arrive once the server stops. */
const PATIENCE_MS = 1_000;

/** The latest exchange of a connection. */
interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/**
 * Ends at a stop the connections whose request has not arrived: nothing of it was begun, and Node looks
 * after no timeout of a server that stops, so that they would take its whole grace.
 *
 * @param app - the server, before its routes
 */
export function endUnarrived(app: ApiApp): void {
  const open = new Map<Socket, Exchange | null>();
  const arrived = new WeakSet<IncomingMessage>();
  app.server.on('connection', (socket) => {
    open.set(socket, null);
    socket.once('close', () => open.delete(socket));
  });
  app.server.on('request', (request, response) => {
    open.set(request.socket, { request, response });
  });
  app.addHook('preValidation', async ({ raw }) => void arrived.add(raw));
  const isUnderWay = (exchange: Exchange | null): boolean =>
    exchange !== null && arrived.has(exchange.request) && !exchange.response.writableFinished;
  app.addHook('preClose', (done) => {
    const end = (): void => {
      for (const [socket, exchange] of open) if (!isUnderWay(exchange)) socket.destroy();
    };
    setTimeout(end, PATIENCE_MS).unref();
    done();
  });
}
