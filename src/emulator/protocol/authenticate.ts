import type { Account } from '../accounts';
import { createMissing, createRefusal } from '../refusal';
import type { Refusal } from '../refusal';
import { isSameSignature } from './call-signature';
import type { CallSignature } from './call-signature';
import { checkKey } from './key-checks';
import type { NonceBook } from './nonce-book';
import { getParameter } from './parameters';
import type { Parameters } from './parameters';

/** The gateway refuses timestamps further away than this (API common errors page). */
const CLOCK_SKEW_MAX_MS = 15 * 60_000;

const TIMESTAMP_PATTERN = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

/** What a signature is checked against. */
export interface SignedCall {
  readonly parameters: Parameters;
  readonly signature: CallSignature;
  /** Wall clock; a signature's age has nothing to do with the emulated clock. */
  readonly nowMs: number;
}

/** The keys and used nonces of one emulator. */
export interface Gatekeeper {
  readonly accounts: readonly Account[];
  readonly nonces: NonceBook;
  /** False: a nonce may come again, as from a transport that sends a request twice. */
  readonly checksNonces: boolean;
}

/**
 * Checks a signed call, in the order: common parameters, timestamp, key and its token, nonce,
 * signature. (The real order is not documented.) An accepted nonce is noted.
 *
 * @returns the account that signed, or the refusal to answer with
 */
export function authenticate(call: SignedCall, gatekeeper: Gatekeeper): Account | Refusal {
  const malformed = checkCommonParameters(call) ?? checkTimestamp(call);
  if (malformed !== undefined) return malformed;
  const keyId = call.parameters.get('AccessKeyId') ?? '';
  const account = gatekeeper.accounts.find(({ accessKeyId }) => accessKeyId === keyId);
  if (account === undefined) {
    return createRefusal(404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.');
  }
  const refusedKey = checkKey(account, call.parameters, call.nowMs);
  if (refusedKey !== undefined) return refusedKey;
  const nonce = call.parameters.get('SignatureNonce') ?? '';
  if (gatekeeper.checksNonces && gatekeeper.nonces.isUsed(keyId, nonce)) {
    return createRefusal(400, 'SignatureNonceUsed', 'Specified signature nonce was used already.');
  }
  const expected = call.signature.sign(account.accessKeySecret);
  if (!isSameSignature(expected, call.parameters.get('Signature') ?? '')) {
    return createSignatureMismatch(call.signature);
  }
  gatekeeper.nonces.add(keyId, nonce, call.nowMs);
  return account;
}

function checkCommonParameters({ parameters, signature }: SignedCall): Refusal | undefined {
  for (const name of signature.requiredParameters) {
    if (getParameter(parameters, name) === undefined) return createMissing(name);
  }
  return signature.malformed;
}

function checkTimestamp(call: SignedCall): Refusal | undefined {
  const text = call.parameters.get('Timestamp') ?? '';
  const timestampMs = TIMESTAMP_PATTERN.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(timestampMs)) {
    return createRefusal(
      400,
      'InvalidTimeStamp.Format',
      'Specified time stamp or date value is not well formatted.',
    );
  }
  if (Math.abs(call.nowMs - timestampMs) > CLOCK_SKEW_MAX_MS) {
    return createRefusal(
      400,
      'InvalidTimeStamp.Expired',
      'Specified time stamp or date value is expired.',
    );
  }
  return undefined;
}

/** The real message quotes all that the server signed, secrets in it or not. */
function createSignatureMismatch({ explanation }: CallSignature): Refusal {
  return createRefusal(
    400,
    'SignatureDoesNotMatch',
    `Specified signature is not matched with our calculation. ${explanation}`,
  );
}
