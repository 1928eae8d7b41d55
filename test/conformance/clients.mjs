/** The clients that a case is run with: an official one as it comes, and signed calls of our own. */
import http from 'node:http';
import https from 'node:https';
import { createRequire } from 'node:module';
import { sendV1, sendV3 } from './sign-calls.mjs';

const { RPCClient } = createRequire(import.meta.url)('@alicloud/pop-core');

/** Of its own limits, which begin anew with each piece of an answer: the signal of the call ends it. */
const TIMEOUT_MS = 600_000;

/** Name → a function from target and call to `{ status, headers, text, body }`; it throws without an answer. */
export const CLIENTS = {
  'pop-core POST': (target, call) => sendPopCore(target, call, 'POST'),
  'pop-core GET': (target, call) => sendPopCore(target, call, 'GET'),
  'V1 query': (target, call) => sendV1(target, call, 'query'),
  'V1 split': (target, call) => sendV1(target, call, 'split'),
  V3: sendV3,
};

async function sendPopCore({ endpoint, keys, signal }, { action, version, parameters }, method) {
  const client = new RPCClient(
    {
      accessKeyId: keys.id,
      accessKeySecret: keys.secret,
      ...(keys.token === undefined ? {} : { securityToken: keys.token }),
      ...{ endpoint, apiVersion: version },
    },
    true,
  );
  const { Agent } = endpoint.startsWith('https:') ? https : http;
  const agent = new Agent();
  const options = { method, timeout: TIMEOUT_MS, agent };
  try {
    const request = client.request(action, parameters, options);
    const [body, { response }] = await Promise.race([request, rejectAtEnd(signal)]);
    return { status: response.statusCode, headers: response.headers, text: '', body };
  } catch (error) {
    const response = error.entry?.response;
    if (response === undefined) throw error;
    return { status: response.statusCode, headers: response.headers, text: '', body: error.data };
  } finally {
    // Also the connection of a call that was given up.
    agent.destroy();
  }
}

function rejectAtEnd(signal) {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
