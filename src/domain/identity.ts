import { sha256Base32 } from './hash';

/**
 * What makes a batch this batch, for ever. It is part of every token and name, so the installation
 * id and the account's name must never change (rule R11).
 */
export interface Identity {
  readonly installationId: string;
  readonly account: string;
  readonly tenant: string;
  readonly batchId: string;
}

/** Characters of an identity's code: five bits each, so 50 bits (rule R8). */
export const IDENTITY_CODE_LENGTH = 10;

/** A short code of the identity, as it stands in the names of its instances. */
export function toIdentityCode(identity: Identity): string {
  return sha256Base32(JSON.stringify(toList(identity)), IDENTITY_CODE_LENGTH);
}

/** The identity as a list in fixed order, for hashing. */
export function toList(identity: Identity): readonly string[] {
  return [identity.installationId, identity.account, identity.tenant, identity.batchId];
}
