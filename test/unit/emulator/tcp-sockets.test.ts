import { once } from 'node:events';
import * as http from 'node:http';
import * as https from 'node:https';
import type { AddressInfo } from 'node:net';
import { TcpSockets } from '../../../src/emulator/tcp-sockets';
import { issueTlsIdentity } from '../../../src/emulator/tls-certificate';

/** A server that resets each connection, by HTTP and by HTTPS. */

type Listener = (end: () => void) => void;

function serve(server: http.Server, listener: Listener): http.Server {
  const sockets = new TcpSockets(server);
  return server.on('request', (_request: unknown, response: http.ServerResponse) =>
    listener(() => sockets.reset(response.socket)),
  );
}

/** What a client hears of a call that is never answered. */
async function callAndFail(
  server: http.Server,
  client: typeof http | typeof https,
): Promise<unknown> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const call = client.get({ host: '127.0.0.1', port, rejectUnauthorized: false });
  const [error] = await once(call, 'error').finally(() => server.close());
  return error;
}

// A connection that ends as usual is a "socket hang up" to the client, which has no system call.
const RESET = { code: 'ECONNRESET', syscall: 'read' };

it('resets a connection', async () => {
  const server = serve(http.createServer(), (reset) => reset());
  expect(await callAndFail(server, http)).toMatchObject(RESET);
});

it('resets the connection below an encrypted one', async () => {
  const { certificate: cert, privateKey: key } = await issueTlsIdentity(['localhost'], Date.now());
  const server = serve(https.createServer({ cert, key }), (reset) => reset());
  expect(await callAndFail(server, https)).toMatchObject(RESET);
});
