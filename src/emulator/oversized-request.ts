import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { createErrorAnswer } from './protocol/wire-answer';
import { createRefusal } from './refusal';

/** How long a client may go on sending what is too much before it is cut. */
const DRAIN_MS = 10_000;

/** True for what Node says of a request whose URL and headers are larger than the server takes. */
export function isOversized(error: NodeJS.ErrnoException): boolean {
  return error.code === 'HPE_HEADER_OVERFLOW';
}

/**
 * Answers a request that was too large to be read, and ends the connection. What the client still
 * sends is taken and forgotten: cut off, it would see a reset, and not the answer.
 *
 * @param bytesMax - the largest URL and headers that the server takes
 */
export function answerOversized(socket: Duplex, bytesMax: number): void {
  const requestId = randomUUID().toUpperCase();
  const refusal = createRefusal(
    431,
    'RequestHeaderFieldsTooLarge',
    `The URL and the headers of the request are larger than ${bytesMax} bytes. Send the parameters as a form body.`,
  );
  const { body, contentType } = createErrorAnswer(requestId, '', refusal);
  const head = [
    'HTTP/1.1 431 Request Header Fields Too Large',
    `x-acs-request-id: ${requestId}`,
    `content-type: ${contentType}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  const timer = setTimeout(() => socket.destroy(), DRAIN_MS).unref();
  socket.once('close', () => clearTimeout(timer));
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
