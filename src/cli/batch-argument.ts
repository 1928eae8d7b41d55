import { REQUEST_DEFAULTS } from '../domain/batch-request';
import type { BatchKey } from '../outbound/result-store';
import type { CliFailure } from './command-report';

/** A parsed batch argument, or what is wrong with it. */
export type BatchArgument =
  | {
      readonly ok: true;
      readonly key: BatchKey;
      /** Whether somebody said whose it is; else the tenant is `default`, or that of an API key. */
      readonly isTenantNamed: boolean;
    }
  | { readonly ok: false; readonly failure: CliFailure };

/**
 * Reads how people name a batch: `tenant/batchId`, or `batchId` with `--tenant`. The workflow id
 * `batch/tenant/batchId`, as copied from the Temporal UI, is taken as well.
 *
 * @param text - the argument
 * @param tenant - value of `--tenant`; `default` when left out, which the HTTP API may know better
 */
export function parseBatchArgument(text: string, tenant?: string): BatchArgument {
  const parts = text.split('/');
  if (parts.length === 3 && parts[0] === 'batch') parts.shift();
  const [first = '', second] = parts;
  const isNamed = second !== undefined;
  const key = isNamed
    ? { tenant: first, batchId: second }
    : { tenant: tenant ?? REQUEST_DEFAULTS.tenant, batchId: first };
  if (parts.length > 2 || key.tenant === '' || key.batchId === '') {
    return createRefusal(`"${text}" names no batch. Write tenant/batchId, or batchId alone.`);
  }
  if (isNamed && tenant !== undefined && tenant !== key.tenant) {
    return createRefusal(`"${text}" and --tenant ${tenant} name two tenants. Leave out one.`);
  }
  return { ok: true, key, isTenantNamed: isNamed || tenant !== undefined };
}

function createRefusal(message: string): BatchArgument {
  return { ok: false, failure: { code: 'usage', message } };
}
