import { REQUEST_DEFAULTS } from './batch-request';
import type { SecretReference } from './secret-reference';
import { findByTenant } from './tenant-caps';
import type { ByTenant } from './tenant-caps';

/**
 * Secrets that each tenant may name: a variable, the beginning of variables (`…_`), a file, or a folder.
 * `*` stands for every tenant without an entry.
 */
export type SecretsByTenant = ByTenant<readonly string[]>;

/**
 * Whether a tenant may refer to a secret that is open to requests at all. An empty table opens all of them
 * to the tenant `default`, which is everybody where there are no tenants, and none to any other: a tenant
 * must not sign with the key of another, nor have it set as a password that it then reads.
 */
export function isSecretOpen(
  table: SecretsByTenant,
  tenant: string | null,
  reference: SecretReference,
): boolean {
  if (Object.keys(table).length === 0) return tenant === REQUEST_DEFAULTS.tenant;
  const open = (tenant === null ? null : findByTenant(table, tenant)) ?? [];
  return open.some((entry) =>
    'env' in reference ? isVariableOf(entry, reference.env) : isFileOf(entry, reference.file),
  );
}

/** Whether an entry of the table speaks of a file or folder. */
export function isPathEntry(entry: string): boolean {
  return entry.startsWith('/');
}

/** Only what ends with `_` is a beginning, so that `…_PAY` does not open `…_PAYROLL`. */
function isVariableOf(entry: string, name: string): boolean {
  return entry.endsWith('_') ? name.startsWith(entry) : name === entry;
}

function isFileOf(entry: string, file: string): boolean {
  return isPathEntry(entry) && (file === entry || file.startsWith(`${entry.replace(/\/$/, '')}/`));
}
