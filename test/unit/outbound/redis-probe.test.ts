import { createServer } from 'node:net';
import { once } from 'node:events';
import {
  createRedisProbe,
  type ProbeTarget,
  type RedisProbeOptions,
} from '../../../src/outbound/redis-probe';
import { SecretValue } from '../../../src/outbound/secret-value';
import {
  answerAs,
  startRedisStandIn,
  type RedisAnswer,
  type RedisStandIn,
} from '../../support/redis-stand-in';
import { createTlsAuthority } from '../../support/tls-authority';

const PASSWORD = 'Correct-Horse-9';

let standIn: RedisStandIn | undefined;
afterEach(async () => {
  await standIn?.close();
  standIn = undefined;
});

async function pingAt(answer: RedisAnswer, changes: Partial<ProbeTarget> = {}) {
  standIn = await startRedisStandIn(() => answer);
  return ping({ port: standIn.port, ...changes });
}

function ping(changes: Partial<ProbeTarget>, options: Partial<RedisProbeOptions> = {}) {
  const signal = new AbortController().signal;
  const target = { host: '127.0.0.1', port: 0, isTls: false, password: null, signal, ...changes };
  return createRedisProbe({ timeoutMs: 2_000, ...options }).ping(target);
}

describe('a PING', () => {
  it('is answered with PONG, after the password when there is one', async () => {
    const password = new SecretValue(PASSWORD);
    expect(await pingAt(answerAs(PASSWORD), { password })).toEqual({ kind: 'answered' });
    expect(standIn?.commands).toEqual([['AUTH', PASSWORD], ['PING']]);
  });

  it('counts as answered by who asks for a password that nobody has told', async () => {
    expect(await pingAt(answerAs(PASSWORD))).toEqual({ kind: 'answered' });
    expect(standIn?.commands).toEqual([['PING']]);
  });

  it('is not answered by who does not take the password, and does not repeat it', async () => {
    const password = new SecretValue(PASSWORD);
    const said = `-ERR ${PASSWORD} is wrong`;
    expect(await pingAt(() => said, { password })).toEqual({
      kind: 'failed',
      code: 'ping-denied',
      message: `127.0.0.1:${standIn!.port} does not take the password (ERR)`,
    });
  });

  it.each([
    '-LOADING Redis is loading the dataset in memory',
    '+HELLO',
    'HTTP/1.1 400 Bad Request',
  ])('is not answered by %p', async (line) => {
    expect(await pingAt(() => line)).toMatchObject({ code: 'ping-bad-answer' });
  });

  it('does not wait longer than it should', async () => {
    standIn = await startRedisStandIn(() => () => null);
    expect(await ping({ port: standIn.port }, { timeoutMs: 100 })).toMatchObject({
      code: 'ping-timeout',
    });
  });

  it('ends when its attempt is called off, also before it began', async () => {
    standIn = await startRedisStandIn(() => () => null);
    const signal = AbortSignal.abort();
    expect(await ping({ port: standIn.port, signal })).toMatchObject({ kind: 'failed' });
  });

  it('says that nobody listens, and that a name is not known', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    server.close();
    await once(server, 'close');
    expect(await ping({ port })).toMatchObject({ code: 'ping-refused' });
    expect(await ping({ host: 'no-such-host.invalid', port })).toMatchObject({
      code: 'ping-unknown-host',
    });
  });

  it.each(['hangs up', 'never ends its line'])('is not answered by who %s', async (what) => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      if (what === 'hangs up') socket.end();
      else socket.end('x'.repeat(10_000));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    expect(await ping({ port })).toMatchObject({ code: 'ping-unreachable' });
    server.close();
  });
});

describe('a PING over TLS', () => {
  it('goes only to who has a certificate that is trusted', async () => {
    const authority = await createTlsAuthority('Nobody knows it');
    standIn = await startRedisStandIn(answerAs, await authority.issue('localhost'));
    const target = { port: standIn.port, isTls: true };
    expect(await ping(target)).toMatchObject({ code: 'ping-tls' });
    expect(standIn.commands).toEqual([]);
    const caCertificate = authority.certificate;
    expect(await ping(target, { caCertificate })).toEqual({ kind: 'answered' });
  });

  it('goes to nobody who speaks none', async () => {
    standIn = await startRedisStandIn(() => () => '-ERR Protocol error');
    expect(await ping({ port: standIn.port, isTls: true })).toMatchObject({ kind: 'failed' });
  });
});
