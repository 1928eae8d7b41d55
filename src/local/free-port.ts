import { createServer } from 'node:net';

const LOOPBACK = '127.0.0.1';

/**
 * Finds a TCP port of the loopback address that nobody listens on. Another program can still take
 * it before it is used, so whoever listens on it must be ready to fail.
 */
export async function findFreePort(): Promise<number> {
  const port = await listenOnce(0);
  if (port === undefined) throw new Error('The system gave no free TCP port on 127.0.0.1.');
  return port;
}

/**
 * Says whether a TCP port of the loopback address can be listened on right now.
 *
 * @param port - 1 to 65535
 */
export async function isPortFree(port: number): Promise<boolean> {
  return (await listenOnce(port)) !== undefined;
}

function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, LOOPBACK, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}
