import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { RedisReplies, toCommand } from './redis-replies';
import type { SecretValue } from './secret-value';

/** Why an instance did not answer as it should; stable. */
export type ProbeFailureCode =
  | 'ping-timeout'
  | 'ping-refused'
  | 'ping-unreachable'
  | 'ping-unknown-host'
  /** The TLS handshake failed, or the certificate is not trusted. */
  | 'ping-tls'
  /** It does not take the password. */
  | 'ping-denied'
  /** It answered, and not with PONG. */
  | 'ping-bad-answer';

/** What one probe found out. Messages hold neither a password nor the text of an answer. */
export type ProbeOutcome =
  | { readonly kind: 'answered' }
  | { readonly kind: 'failed'; readonly code: ProbeFailureCode; readonly message: string };

/** Where to connect, and how. */
export interface ProbeTarget {
  readonly host: string;
  readonly port: number;
  readonly isTls: boolean;
  /** Sent with AUTH before the PING; without one an answer that asks for it counts as an answer. */
  readonly password: SecretValue | null;
  readonly signal: AbortSignal;
}

/** Asks an instance whether it answers, as a client of it would. */
export interface RedisProbe {
  /** One connection, one PING; never throws. */
  ping(target: ProbeTarget): Promise<ProbeOutcome>;
}

/** What a probe is made of. */
export interface RedisProbeOptions {
  /** Longest time from the first packet to the last answer. */
  readonly timeoutMs: number;
  /** PEM of the authority to trust instead of those of this host; for tests. */
  readonly caCertificate?: string;
}

/** A probe over real sockets. */
export function createRedisProbe({ timeoutMs, caCertificate }: RedisProbeOptions): RedisProbe {
  return {
    async ping(target) {
      const where = `${target.host}:${target.port}`;
      const over = AbortSignal.any([target.signal, AbortSignal.timeout(timeoutMs)]);
      const socket = open(target, caCertificate);
      const stop = (): void => void socket.destroy(new ProbeTimeout());
      over.addEventListener('abort', stop);
      if (over.aborted) stop();
      try {
        return await talk(socket, target, where);
      } catch (error) {
        const code = toFailureCode(error);
        return { kind: 'failed', code, message: `${where} ${WHY[code]}` };
      } finally {
        over.removeEventListener('abort', stop);
        socket.destroy();
      }
    },
  };
}

class ProbeTimeout extends Error {
  readonly code = 'ETIMEDOUT';
}

function open({ host, port, isTls }: ProbeTarget, ca: string | undefined): Socket {
  if (!isTls) return connectPlain({ host, port });
  const trust = ca === undefined ? {} : { ca };
  return connectTls({ host, port, ...trust, ...(isIP(host) === 0 ? { servername: host } : {}) });
}

async function talk(
  socket: Socket,
  { password }: ProbeTarget,
  where: string,
): Promise<ProbeOutcome> {
  const replies = new RedisReplies(socket);
  if (password !== null) {
    socket.write(toCommand('AUTH', password.reveal()));
    const reply = await replies.next();
    if (reply !== '+OK') return toFailure('ping-denied', where, reply);
  }
  socket.write(toCommand('PING'));
  const reply = await replies.next();
  // Who asks for a password is there and serves; nobody has told us one.
  const isAnswer = reply === '+PONG' || (password === null && reply.startsWith('-NOAUTH'));
  return isAnswer ? { kind: 'answered' } : toFailure('ping-bad-answer', where, reply);
}

/** The first word of an error is a code, such as `WRONGPASS`; the rest may repeat what was sent. */
function toFailure(code: ProbeFailureCode, where: string, reply: string): ProbeOutcome {
  const word = /^-([A-Z]{1,20})\b/.exec(reply)?.[1];
  const said = word === undefined ? '' : ` (${word})`;
  return { kind: 'failed', code, message: `${where} ${WHY[code]}${said}` };
}

const WHY: Readonly<Record<ProbeFailureCode, string>> = {
  'ping-timeout': 'did not answer in time',
  'ping-refused': 'refuses the connection',
  'ping-unreachable': 'could not be reached, or broke the connection',
  'ping-unknown-host': 'is no known name',
  'ping-tls': 'speaks no TLS that is trusted here; for its authority set NODE_EXTRA_CA_CERTS',
  'ping-denied': 'does not take the password',
  'ping-bad-answer': 'does not answer a PING with PONG',
};

/** By code, never by text. */
function toFailureCode(error: unknown): ProbeFailureCode {
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? '';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'ping-unknown-host';
  if (code === 'ECONNREFUSED') return 'ping-refused';
  if (code === 'ETIMEDOUT') return 'ping-timeout';
  return /CERT|TLS|SSL|VERIFY/.test(code) ? 'ping-tls' : 'ping-unreachable';
}
