import { once } from 'node:events';
import net from 'node:net';

/** Bytes that are sent as an answer, whether they are HTTP or not. */
export interface RawAnswer {
  /** The bytes, given the body of the request: the service quotes it in its messages. */
  readonly toParts: (request: string) => readonly Uint8Array[];
  /** What follows the last part: nothing, the end of the stream, or a reset. */
  readonly end: 'open' | 'close' | 'reset';
}

/** A server that answers every request with the same bytes. */
export interface RawServer {
  readonly url: string;
  /** The answer from now on. */
  answer(answer: RawAnswer): void;
  close(): Promise<void>;
}

/** Starts a raw server on a free port of 127.0.0.1. */
export async function startRawServer(): Promise<RawServer> {
  let current: RawAnswer = { toParts: () => [], end: 'close' };
  const sockets = new Set<net.Socket>();
  const server = net.createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    readRequests(socket, (body) =>
      send(socket, { parts: current.toParts(body), end: current.end }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`,
    answer: (answer) => {
      current = answer;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Our requests have a head, a length and a body, so no more is understood. */
function readRequests(socket: net.Socket, onRequest: (body: string) => void): void {
  let text = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    text += chunk;
    for (;;) {
      const headEnd = text.indexOf('\r\n\r\n');
      if (headEnd < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
      if (text.length < headEnd + 4 + length) return;
      const body = text.slice(headEnd + 4, headEnd + 4 + length);
      text = text.slice(headEnd + 4 + length);
      onRequest(body);
    }
  });
}

interface Sending {
  readonly parts: readonly Uint8Array[];
  readonly end: RawAnswer['end'];
}

function send(socket: net.Socket, { parts, end }: Sending): void {
  const [part, ...rest] = parts;
  if (socket.destroyed) return;
  if (part !== undefined) {
    // Each part in a tick of its own, so that it arrives by itself.
    socket.write(part, () => setImmediate(send, socket, { parts: rest, end }));
  } else if (end === 'close') socket.end();
  else if (end === 'reset') socket.resetAndDestroy();
}
