import { randomUUID } from 'node:crypto';
import type { Agent, RequestOptions } from 'node:http';
import RPCClient from '@alicloud/pop-core';
import type { Credentials } from './credentials';
import type { RpcParameters } from './request-mapping';

/** As the library says it. */
const TIMEOUT = Object.assign(new Error('no answer in time'), { name: 'RequestTimeoutError' });

/** Version of the r-kvstore API. */
const API_VERSION = '2015-01-01';

/** One signed request. */
export interface RpcSend {
  readonly endpoint: string;
  readonly action: string;
  /** Version of the product's API; that of r-kvstore when left out. */
  readonly apiVersion?: string | undefined;
  readonly parameters: RpcParameters;
  readonly credentials: Credentials;
  /** Longest time to the end of the answer, with the wait for a connection, ms. */
  readonly timeoutMs: number;
  readonly agent: Agent;
  /** Wall clock, ms since the epoch: the time that is signed. */
  readonly nowMs: number;
}

/** What the library tells about the HTTP answer. */
export interface RpcEntry {
  readonly response: {
    readonly statusCode: number;
    readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  };
}

/** The second constructor argument is missing in the library's types; it adds the HTTP answer. */
type VerboseRpcClient = new (
  config: RPCClient.Config,
  isVerbose: true,
) => {
  request(action: string, params: object, options: object): Promise<[unknown, RpcEntry]>;
};

/**
 * Sends one request with the client library, and never twice. Each call has a client of its own, so
 * that its keys cannot be another call's. Nonce and timestamp are ours, made in the tick of the send:
 * the library's nonce leans on host name and pid, which replicas share.
 *
 * @returns body and HTTP answer of whatever has no error `Code`, also of a 5xx
 * @throws the library's errors, which hold secrets: see `toCallTrouble`
 */
export async function sendRpc(send: RpcSend): Promise<[unknown, RpcEntry]> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), send.timeoutMs);
  try {
    return await request(send, limit.signal);
  } catch (error) {
    throw limit.signal.aborted && !isAnswered(error) ? TIMEOUT : error;
  } finally {
    clearTimeout(timer);
  }
}

function request(send: RpcSend, limit: AbortSignal): Promise<[unknown, RpcEntry]> {
  const { apiVersion = API_VERSION } = send;
  const client = new (RPCClient as unknown as VerboseRpcClient)(
    { endpoint: send.endpoint, apiVersion, ...send.credentials },
    true,
  );
  const parameters = {
    ...send.parameters,
    SignatureNonce: randomUUID(),
    Timestamp: toTimestamp(send.nowMs),
  };
  return client.request(send.action, parameters, {
    // Exactly so: `post` would sign for POST and put everything into the URL.
    method: 'POST',
    // One for both phases: alone, either leaves the other at 3 s, and the smaller one wins.
    timeout: send.timeoutMs,
    agent: send.agent,
    // The library's own time begins with a connection, and its end leaves an open answer open: enough
    // of them would take every connection of the agent, and what waits for one would wait for ever.
    beforeRequest: (options: RequestOptions) => ({ ...options, signal: limit }),
    // Fresh for each call: the library writes into it.
    headers: {
      'user-agent': 'tairfleet',
      'x-acs-action': send.action,
      'x-acs-version': apiVersion,
    },
  });
}

/** Whether the library throws because of what the service said. */
function isAnswered(error: unknown): boolean {
  return error instanceof Object && 'entry' in error;
}

/** `2025-01-02T03:04:05Z`: the service takes no fractions of a second. */
function toTimestamp(nowMs: number): string {
  return new Date(nowMs).toISOString().replace(/\.\d+Z$/, 'Z');
}
