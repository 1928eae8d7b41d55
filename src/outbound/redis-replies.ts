import { once } from 'node:events';
import type { Socket } from 'node:net';

/** Longest line that is read; all answers to a PING are far shorter. */
const LINE_BYTES_MAX = 4 * 1024;

/** The lines that a Redis server answers with, one by one (RESP2: `+` a status, `-` an error). */
export class RedisReplies {
  private read = Buffer.alloc(0);
  private failure: Error | null = null;
  private isEnded = false;

  constructor(private readonly socket: Socket) {
    socket.on('data', (bytes: Buffer) => {
      this.read = Buffer.concat([this.read, bytes]);
    });
    socket.on('error', (error) => {
      this.failure ??= error;
    });
    socket.on('close', () => {
      this.isEnded = true;
    });
  }

  /**
   * The next line, without its end.
   *
   * @throws the socket's error, or one of code `ECONNRESET` when it ends before
   */
  async next(): Promise<string> {
    for (;;) {
      const end = this.read.indexOf('\r\n');
      if (end >= 0) {
        const line = this.read.toString('latin1', 0, end);
        this.read = this.read.subarray(end + 2);
        return line;
      }
      if (this.failure !== null) throw this.failure;
      if (this.isEnded || this.read.length > LINE_BYTES_MAX) throw new BrokenConversation();
      await Promise.race([this.happens('data'), this.happens('close')]);
    }
  }

  /** An error is followed by `close`, which is awaited instead. */
  private happens(event: string): Promise<unknown> {
    return once(this.socket, event).catch(() => undefined);
  }
}

class BrokenConversation extends Error {
  readonly code = 'ECONNRESET';
}

/** A command as a client sends it: an array of bulk strings. */
export function toCommand(...words: readonly string[]): string {
  const bulks = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
  return `*${words.length}\r\n${bulks.join('')}`;
}
