/**
 * Calls signed by the published rules, over `fetch`: version 1.0 in its three places, and version 3.
 * Written without a line of the emulator, so that both cannot share a mistake.
 */
import { createHash, createHmac, randomUUID } from 'node:crypto';

/** @typedef {{ id: string, secret: string, token?: string }} Keys */
/** @typedef {{ endpoint: string, keys: Keys, signal: AbortSignal }} Target - `signal` ends a call */
/** @typedef {{ action: string, version: string, parameters: Record<string, string> }} Call */

/**
 * Sends a call of version 1.0 (HMAC-SHA1 over the parameters).
 *
 * @param {Target} target - where to, and with which keys
 * @param {Call} call - what
 * @param {'form' | 'query' | 'split' | 'get' | 'xml'} place - where the parameters go
 */
export async function sendV1({ endpoint, keys, signal }, { action, version, parameters }, place) {
  const method = place === 'get' ? 'GET' : 'POST';
  const common = {
    Action: action,
    Version: version,
    AccessKeyId: keys.id,
    ...(place === 'xml' ? {} : { Format: 'JSON' }),
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureNonce: randomUUID(),
    Timestamp: nowText(),
    ...(keys.token === undefined ? {} : { SecurityToken: keys.token }),
  };
  const all = { ...common, ...parameters };
  const canonical = toQuery(all);
  const Signature = createHmac('sha1', `${keys.secret}&`)
    .update(`${method}&%2F&${encode(canonical)}`)
    .digest('base64');
  const places = {
    form: [{}, { ...all, Signature }],
    split: [{ ...common, Signature }, parameters],
    query: [{ ...all, Signature }, {}],
    xml: [{ ...all, Signature }, {}],
    get: [{ ...all, Signature }, undefined],
  };
  const [query, form] = places[place];
  const body = form === undefined ? {} : { body: new URLSearchParams(form) };
  return toOutcome(await fetch(`${endpoint}/?${toQuery(query)}`, { method, signal, ...body }));
}

/** Sends a call of version 3 (HMAC-SHA256 over headers and query), as the official clients do. */
export async function sendV3({ endpoint, keys, signal }, { action, version, parameters }) {
  const query = toQuery(parameters);
  const sent = {
    'x-acs-action': action,
    'x-acs-content-sha256': sha256(''),
    'x-acs-date': nowText(),
    ...(keys.token === undefined ? {} : { 'x-acs-security-token': keys.token }),
    'x-acs-signature-nonce': randomUUID(),
    'x-acs-version': version,
  };
  // Node writes the host itself.
  const headers = { ...sent, host: new URL(endpoint).host };
  const names = Object.keys(headers).sort();
  const lines = names.map((name) => `${name}:${headers[name]}\n`).join('');
  const canonical = ['POST', '/', query, lines, names.join(';'), sha256('')].join('\n');
  const signature = createHmac('sha256', keys.secret)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest('hex');
  const authorization = `ACS3-HMAC-SHA256 Credential=${keys.id},SignedHeaders=${names.join(';')},Signature=${signature}`;
  const answer = await fetch(`${endpoint}/?${query}`, {
    ...{ method: 'POST', signal },
    headers: { ...sent, authorization, accept: 'application/json' },
  });
  return toOutcome(answer);
}

async function toOutcome(response) {
  const text = await response.text();
  const headers = Object.fromEntries(response.headers);
  try {
    return { status: response.status, headers, text, body: JSON.parse(text) };
  } catch {
    return { status: response.status, headers, text, body: {} };
  }
}

/** Sorted and percent-encoded: what both versions sign, and what may stand in a URL as it is. */
function toQuery(parameters) {
  return Object.keys(parameters)
    .sort()
    .map((name) => `${encode(name)}=${encode(parameters[name])}`)
    .join('&');
}

function encode(text) {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha256(text) {
  return createHash('sha256').update(text).digest('hex');
}

function nowText() {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}
