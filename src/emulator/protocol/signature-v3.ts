import { createHash, createHmac } from 'node:crypto';
import { createRefusal } from '../refusal';
import type { Refusal } from '../refusal';
import type { CallSignature } from './call-signature';
import type { Parameters } from './parameters';
import { encodeRfc3986 } from './percent-encoding';
import { getHeader } from './wire-request';
import type { WireRequest } from './wire-request';

const ALGORITHM = 'ACS3-HMAC-SHA256';

const AUTHORIZATION_PATTERN =
  /^ACS3-HMAC-SHA256\s+Credential=([^,\s]*),\s*SignedHeaders=([^,\s]*),\s*Signature=([0-9a-f]*)$/;

/** What a signature that leaves them out would not protect. */
const SIGNED_AT_LEAST = [
  'host',
  'x-acs-action',
  'x-acs-content-sha256',
  'x-acs-date',
  'x-acs-signature-nonce',
  'x-acs-version',
];

const REQUIRED_PARAMETERS = ['AccessKeyId', 'SignatureNonce', 'Timestamp', 'Signature'];

/** Header → the common parameter of version 1.0 that says the same. */
const HEADER_PARAMETERS = [
  ['x-acs-action', 'Action'],
  ['x-acs-version', 'Version'],
  ['x-acs-date', 'Timestamp'],
  ['x-acs-signature-nonce', 'SignatureNonce'],
  ['x-acs-security-token', 'SecurityToken'],
] as const;

/**
 * True for a call signed with version 3. Clients of version 1.0 send `x-acs-action` too, but always
 * with their `Action` parameter.
 */
export function isSignedV3(request: WireRequest, parameters: Parameters): boolean {
  if (getHeader(request, 'authorization').startsWith(ALGORITHM)) return true;
  return getHeader(request, 'x-acs-action') !== '' && !parameters.has('Action');
}

/** The common parameters of a call, which version 3 puts into headers. Absent ones are left out. */
export function readCommonParameters(request: WireRequest): Parameters {
  const [, keyId = '', , signature = ''] = parseAuthorization(request);
  const found = HEADER_PARAMETERS.map(([header, name]) => [name, getHeader(request, header)]);
  const common: (readonly string[])[] = [
    ...found,
    ['AccessKeyId', keyId],
    ['SignatureMethod', ALGORITHM],
    ['Signature', signature],
  ];
  return new Map(
    common.flatMap(([name = '', value = '']) => (value === '' ? [] : [[name, value]])),
  );
}

/** The signature of a call by version 3: HMAC-SHA256 over method, query, headers and body. */
export function createSignatureV3(request: WireRequest): CallSignature {
  const [, , signedHeaders = ''] = parseAuthorization(request);
  const payloadHash = createHash('sha256').update(request.body).digest('hex');
  const canonicalRequest = createCanonicalRequest(request, signedHeaders, payloadHash);
  const stringToSign = `${ALGORITHM}\n${createHash('sha256').update(canonicalRequest).digest('hex')}`;
  return {
    requiredParameters: REQUIRED_PARAMETERS,
    malformed: checkForm(request, signedHeaders, payloadHash),
    stringToSign,
    explanation: `server string to sign is:${stringToSign}, server canonical request is:${canonicalRequest}`,
    sign: (secret) => createHmac('sha256', secret).update(stringToSign).digest('hex'),
  };
}

/**
 * The text whose hash version 3 signs.
 *
 * @param signedHeaders - the names as the client lists them, joined by `;`
 * @param payloadHash - lower-case hex SHA-256 of the body
 */
export function createCanonicalRequest(
  request: WireRequest,
  signedHeaders: string,
  payloadHash: string,
): string {
  const names = signedHeaders === '' ? [] : signedHeaders.split(';');
  const headers = names.map((name) => `${name}:${getHeader(request, name.toLowerCase())}\n`);
  return [
    request.method,
    '/',
    createCanonicalQuery(request.query),
    headers.join(''),
    signedHeaders,
    payloadHash,
  ].join('\n');
}

/** Decoded and encoded again: clients write `!` raw and a space as `+`, and in any order. */
function createCanonicalQuery(query: string): string {
  return [...new URLSearchParams(query)]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, value]) => `${encodeRfc3986(name)}=${encodeRfc3986(value)}`)
    .join('&');
}

function parseAuthorization(request: WireRequest): readonly string[] {
  return AUTHORIZATION_PATTERN.exec(getHeader(request, 'authorization')) ?? [];
}

function checkForm(
  request: WireRequest,
  signedHeaders: string,
  payloadHash: string,
): Refusal | undefined {
  const signed = new Set(signedHeaders.toLowerCase().split(';'));
  const isComplete = SIGNED_AT_LEAST.every((name) => signed.has(name));
  const isOfBody = getHeader(request, 'x-acs-content-sha256') === payloadHash;
  if (isComplete && isOfBody) return undefined;
  return createRefusal(
    400,
    'IncompleteSignature',
    'The request signature does not conform to Aliyun standards.',
  );
}
