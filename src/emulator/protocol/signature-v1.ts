import { createHmac } from 'node:crypto';
import { createRefusal } from '../refusal';
import type { Refusal } from '../refusal';
import type { CallSignature } from './call-signature';
import type { Parameters } from './parameters';
import { encodeRfc3986 } from './percent-encoding';

const REQUIRED_PARAMETERS = [
  'AccessKeyId',
  'SignatureMethod',
  'SignatureVersion',
  'SignatureNonce',
  'Timestamp',
  'Signature',
];

/**
 * The signature of a call by version 1.0 (HMAC-SHA1 over the parameters).
 *
 * @param method - the HTTP method actually used, upper case
 */
export function createSignatureV1(method: string, parameters: Parameters): CallSignature {
  const stringToSign = createStringToSign(method, parameters);
  return {
    requiredParameters: REQUIRED_PARAMETERS,
    malformed: checkForm(parameters),
    stringToSign,
    explanation: `server string to sign is:${stringToSign}`,
    sign: (secret) => signV1(stringToSign, secret),
  };
}

/**
 * The text that signature version 1.0 signs (API signature page of the RPC style).
 *
 * @param method - the HTTP method actually used, upper case
 * @param parameters - all parameters; `Signature` itself is left out
 */
export function createStringToSign(method: string, parameters: Parameters): string {
  const canonical = [...parameters.keys()]
    .filter((name) => name !== 'Signature')
    .sort()
    .map((name) => `${encodeRfc3986(name)}=${encodeRfc3986(parameters.get(name) ?? '')}`)
    .join('&');
  return `${method}&%2F&${encodeRfc3986(canonical)}`;
}

/** Base64 of HMAC-SHA1 with the secret and an ampersand as its key. */
export function signV1(stringToSign: string, secret: string): string {
  return createHmac('sha1', `${secret}&`).update(stringToSign).digest('base64');
}

function checkForm(parameters: Parameters): Refusal | undefined {
  if (parameters.get('SignatureMethod') !== 'HMAC-SHA1') {
    return createRefusal(
      400,
      'InvalidSignatureMethod',
      'Specified signature method is not supported.',
    );
  }
  if (parameters.get('SignatureVersion') === '1.0') return undefined;
  return createRefusal(
    400,
    'IncompleteSignature',
    'The request signature does not conform to Aliyun standards.',
  );
}
