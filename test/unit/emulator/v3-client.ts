import { createHash, createHmac, randomUUID } from 'node:crypto';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Json } from './api-client';

/** A call signed with version 3. All members but the address have the values of a valid call. */
export interface V3Call {
  readonly url: string;
  readonly action?: string;
  readonly method?: string;
  /** As it stands in the URL, after the `?`. */
  readonly query?: string;
  readonly contentType?: string;
  readonly body?: string;
  readonly secret?: string;
  readonly accessKeyId?: string;
  /** Replaces headers before signing; undefined leaves one out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Replaces headers after signing. */
  readonly forged?: Readonly<Record<string, string>>;
  /** Headers that are sent without being signed. */
  readonly unsigned?: readonly string[];
  /** Sends the body in chunks, also an empty one. */
  readonly isChunked?: boolean;
}

/** Sends a call as the official clients do, over a plain socket: `fetch` would rewrite the URL. */
export async function callV3(call: V3Call): Promise<{ readonly status: number; json: Json }> {
  const { hostname, port, host } = new URL(call.url);
  const headers = signV3({ ...call, host });
  const length = call.isChunked
    ? { 'transfer-encoding': 'chunked' }
    : { 'content-length': String(Buffer.byteLength(call.body ?? '')) };
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        ...{ hostname, port, method: call.method ?? 'POST', path: `/?${call.query ?? ''}` },
        headers: { ...headers, ...call.forged, ...length },
      },
      (response) => {
        readJson(response).then((json) => {
          resolve({ status: response.statusCode ?? 0, json });
        }, reject);
      },
    );
    sent.on('error', reject);
    sent.end(call.body);
  });
}

/** Written from the rules, without a line of what it checks. */
export function signV3(call: Omit<V3Call, 'url'> & { readonly host: string }): Headers {
  const body = call.body ?? '';
  const headers: Headers = {
    host: call.host,
    'x-acs-action': call.action ?? 'DescribeInstances',
    'x-acs-version': '2015-01-01',
    'x-acs-date': new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    'x-acs-signature-nonce': randomUUID(),
    'x-acs-content-sha256': sha256(body),
    ...(call.contentType === undefined ? {} : { 'content-type': call.contentType }),
  };
  for (const [name, value] of Object.entries(call.headers ?? {})) {
    if (value === undefined) delete headers[name];
    else headers[name] = value;
  }
  const signed = Object.keys(headers).filter((name) => !call.unsigned?.includes(name));
  signed.sort();
  let canonical = `${call.method ?? 'POST'}\n/\n${toCanonicalQuery(call.query ?? '')}\n`;
  for (const name of signed) canonical += `${name}:${headers[name]?.trim()}\n`;
  canonical += `\n${signed.join(';')}\n${sha256(body)}`;
  const signature = createHmac('sha256', call.secret ?? 'testsecret')
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest('hex');
  const keyId = call.accessKeyId ?? 'testid';
  const credential = `Credential=${keyId},SignedHeaders=${signed.join(';')},Signature=${signature}`;
  return { authorization: `ACS3-HMAC-SHA256 ${credential}`, ...headers };
}

type Headers = Record<string, string>;

function toCanonicalQuery(query: string): string {
  if (query === '') return '';
  const pairs = query.split('&').map((pair) => {
    const [name = '', value = ''] = pair.split('=');
    return [decode(name), decode(value)] as const;
  });
  pairs.sort(([a], [b]) => (a < b ? -1 : 1));
  return pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
}

function decode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

function encode(text: string): string {
  let encoded = '';
  for (const byte of Buffer.from(text)) {
    const character = String.fromCharCode(byte);
    encoded += /[A-Za-z0-9\-_.~]/.test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

async function readJson(response: IncomingMessage): Promise<Json> {
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return JSON.parse(text);
}
