import { REQUEST_DEFAULTS } from '../domain/batch-request';
import { createFailure, createSuccess } from '../service/service-result';
import type { ServiceResult } from '../service/service-result';
import type { ApiConnection } from './api-connection';

/** Stands for every tenant (docs/api.md). */
const ALL_TENANTS = '*';

const HTTP_NOT_FOUND = 404;

/**
 * Whose things a command speaks of that names no tenant: those of the only tenant of the key, and of
 * `default` for a key of all tenants, as next to Temporal. A key of several means none of them: a guess
 * would order for the wrong one.
 *
 * @param api - the server
 * @returns the tenant; null when the server is of a version that does not tell; `invalid-request` for a
 *   key of several tenants; the failure of the server
 */
export async function readOwnTenant(api: ApiConnection): Promise<ServiceResult<string | null>> {
  let isUntold = false;
  const me = await api.send(async (client) => {
    const answer = await client.GET('/v1/me');
    isUntold = answer.response.status === HTTP_NOT_FOUND;
    return answer;
  });
  if (isUntold) return createSuccess(null);
  if (!me.ok) return me;
  const { tenants } = me.value;
  const [only, ...others] = tenants;
  if (tenants.includes(ALL_TENANTS)) return createSuccess(REQUEST_DEFAULTS.tenant);
  if (only !== undefined && others.length === 0) return createSuccess(only);
  const known = tenants.length === 0 ? 'no tenant' : `several tenants (${tenants.join(', ')})`;
  return createFailure(
    'invalid-request',
    `The key is of ${known}, so the one that is meant has to be named: by --tenant, in the file, or as tenant/name.`,
  );
}
