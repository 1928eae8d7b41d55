import type { ServerConfig } from '../../config/config';
import { REQUEST_DEFAULTS } from '../../domain/batch-request';
import { ALL_TENANTS } from '../subject';
import type { Subject } from '../subject';
import { KEY_PREFIX } from './api-keys';
import { createRefusal } from './credential-refusal';
import type { CredentialRefusal } from './credential-refusal';
import { createJwtCheck } from './jwt';
import { openKeysFile } from './keys-file';
import type { KeysFileOptions } from './keys-file';

/** Who sends a request; null without a credential, and why it counts for nothing with a bad one. */
export type Identity = Subject | CredentialRefusal | null;

/** Says who sends a request, by its `Authorization` header. */
export type Authenticate = (authorization: string | undefined) => Promise<Identity>;

/** Whoever reaches a server without authentication, which only this very host does. */
const ANYBODY: Subject = {
  ...{ name: 'local', role: 'admin', tenants: [ALL_TENANTS] },
  ownTenant: REQUEST_DEFAULTS.tenant,
};

/**
 * Builds the check of a server's requests.
 *
 * @param server - whom to let in
 * @param keysFile - how its keys file is read
 * @returns the check; null when nobody could ever be let in
 * @throws Error when a key that everybody knows would be let in to a real account
 */
export async function createAuthenticate(
  server: ServerConfig,
  keysFile: KeysFileOptions,
): Promise<Authenticate | null> {
  if (server.authentication === 'none') return () => Promise.resolve(ANYBODY);
  const { jwksUrl, issuer, audience, ...claims } = server.jwt;
  const isJwt = jwksUrl !== undefined && issuer !== undefined && audience !== undefined;
  const checkJwt = isJwt ? createJwtCheck({ jwksUrl, issuer, audience, ...claims }) : null;
  const readKeys =
    server.keysFile === undefined ? null : await openKeysFile(server.keysFile, keysFile);
  if (checkJwt === null && readKeys === null) return null;
  return async (authorization) => {
    const credential = /^Bearer ([\x21-\x7e]{1,8192})$/i.exec(authorization ?? '')?.[1];
    if (credential === undefined) return null;
    if (!credential.startsWith(KEY_PREFIX)) {
      return checkJwt === null ? createRefusal('unsupported') : checkJwt(credential);
    }
    if (readKeys === null) return createRefusal('unsupported');
    return (await readKeys()).find(credential, Date.now()) ?? createRefusal('unknown-key');
  };
}
