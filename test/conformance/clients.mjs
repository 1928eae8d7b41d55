/** The clients that a case is run with: an official one as it comes, and signed calls of our own. */
import { createRequire } from 'node:module';
import { sendV1, sendV3 } from './sign-calls.mjs';

const { RPCClient } = createRequire(import.meta.url)('@alicloud/pop-core');

const TIMEOUT_MS = 60_000;

/** Name → a function from target and call to `{ status, headers, text, body }`. */
export const CLIENTS = {
  'pop-core POST': (target, call) => sendPopCore(target, call, 'POST'),
  'pop-core GET': (target, call) => sendPopCore(target, call, 'GET'),
  'V1 query': (target, call) => sendV1(target, call, 'query'),
  'V1 split': (target, call) => sendV1(target, call, 'split'),
  V3: sendV3,
};

async function sendPopCore({ endpoint, keys }, { action, version, parameters }, method) {
  const client = new RPCClient(
    {
      accessKeyId: keys.id,
      accessKeySecret: keys.secret,
      ...(keys.token === undefined ? {} : { securityToken: keys.token }),
      ...{ endpoint, apiVersion: version },
    },
    true,
  );
  const options = { method, timeout: TIMEOUT_MS };
  try {
    const [body, { response }] = await client.request(action, parameters, options);
    return { status: response.statusCode, headers: response.headers, text: '', body };
  } catch (error) {
    const response = error.entry?.response;
    // Without an answer its message would carry the whole URL, keys and all: the code must do.
    if (response === undefined) return createNoAnswer(error.code ?? error.name);
    return { status: response.statusCode, headers: response.headers, text: '', body: error.data };
  }
}

function createNoAnswer(code) {
  return { status: 0, headers: {}, text: '', body: { Code: code } };
}
