import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { IssuedCertificate } from './tls-authority';

/** A server that answers lines as a Redis would, over real sockets. */
export interface RedisStandIn {
  readonly port: number;
  /** `host:port`. */
  readonly address: string;
  /** The commands that came, each as its words. */
  readonly commands: readonly (readonly string[])[];
  close(): Promise<void>;
}

/** What it answers to a command; null: nothing at all. */
export type RedisAnswer = (words: readonly string[]) => string | null;

/** As an instance that has this password; without one it asks for none. */
export function answerAs(password?: string): RedisAnswer {
  let isIn = password === undefined;
  return ([name, word]) => {
    if (name === 'AUTH') {
      isIn = word === password;
      return isIn ? '+OK' : '-WRONGPASS invalid username-password pair or user is disabled.';
    }
    return isIn ? '+PONG' : '-NOAUTH Authentication required.';
  };
}

/**
 * Starts one on the loopback address.
 *
 * @param createAnswer - how a connection is answered
 * @param identity - makes it speak TLS
 */
export async function startRedisStandIn(
  createAnswer: () => RedisAnswer = answerAs,
  identity?: IssuedCertificate,
): Promise<RedisStandIn> {
  const sockets = new Set<Socket>();
  const commands: (readonly string[])[] = [];
  const serve = (socket: Socket): void => {
    sockets.add(socket);
    const answer = createAnswer();
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      for (const words of toCommands(bytes.toString())) {
        commands.push(words);
        const line = answer(words);
        if (line !== null) socket.write(`${line}\r\n`);
      }
    });
  };
  const server: Server =
    identity === undefined
      ? createServer(serve)
      : createTlsServer({ cert: identity.certificate, key: identity.key }, serve);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    address: `127.0.0.1:${port}`,
    commands,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Every command of a test comes whole, and none holds a line's end. */
function toCommands(text: string): string[][] {
  const lines = text.split('\r\n').slice(0, -1);
  const commands: string[][] = [];
  for (const line of lines) {
    if (line.startsWith('*')) commands.push([]);
    else if (!line.startsWith('$')) commands.at(-1)?.push(line);
  }
  return commands;
}
