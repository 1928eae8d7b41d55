/** Accounts by tenant; `*` stands for every tenant without an entry. */
export type AccountsByTenant = Readonly<Record<string, readonly string[]>>;

/** Key of the entry for every tenant that has none of its own. */
export const ANY_TENANT = '*';

/**
 * Whether a tenant may order from an account. An empty table lets everybody use every account; once
 * it has an entry, a tenant that neither it nor `*` names may use none.
 */
export function isAccountAllowed(
  table: AccountsByTenant,
  tenant: string,
  account: string,
): boolean {
  if (Object.keys(table).length === 0) return true;
  const allowed = Object.hasOwn(table, tenant) ? table[tenant] : table[ANY_TENANT];
  return allowed?.includes(account) ?? false;
}
