import type { ServerConfig } from '../../config/config';
import { ALL_TENANTS } from '../subject';
import type { Subject } from '../subject';
import { KEY_PREFIX } from './api-keys';
import { createJwtCheck } from './jwt';
import { createKeysFile } from './keys-file';
import type { OnKeysProblem } from './keys-file';

/** Says who sends a request, by its `Authorization` header; null when there is no proof. */
export type Authenticate = (authorization: string | undefined) => Promise<Subject | null>;

/** Whoever reaches a server without authentication, which only this very host does. */
const ANYBODY: Subject = { name: 'local', role: 'admin', tenants: [ALL_TENANTS] };

/**
 * Builds the check of a server's requests.
 *
 * @param server - whom to let in
 * @param onProblem - told of a keys file that cannot be read
 * @returns the check; null when nobody could ever be let in
 */
export function createAuthenticate(
  server: ServerConfig,
  onProblem: OnKeysProblem,
): Authenticate | null {
  if (server.authentication === 'none') return () => Promise.resolve(ANYBODY);
  const { jwksUrl, issuer, audience, ...claims } = server.jwt;
  const isJwt = jwksUrl !== undefined && issuer !== undefined && audience !== undefined;
  const checkJwt = isJwt ? createJwtCheck({ jwksUrl, issuer, audience, ...claims }) : null;
  const readKeys =
    server.keysFile === undefined ? null : createKeysFile(server.keysFile, onProblem);
  if (checkJwt === null && readKeys === null) return null;
  return async (authorization) => {
    const credential = /^Bearer ([\x21-\x7e]{1,8192})$/i.exec(authorization ?? '')?.[1];
    if (credential === undefined) return null;
    if (!credential.startsWith(KEY_PREFIX)) return (await checkJwt?.(credential)) ?? null;
    return (await readKeys?.())?.find(credential, Date.now()) ?? null;
  };
}
