/** The search attributes of a batch, within the limits of SQL visibility. */
export const SEARCH_ATTRIBUTES = [
  { name: 'BatchTenant', type: 'Keyword' },
  { name: 'BatchPhase', type: 'Keyword' },
  { name: 'BatchNeedsOperator', type: 'Bool' },
  { name: 'BatchSlots', type: 'Int' },
  { name: 'BatchReady', type: 'Int' },
] as const;

/** The command that registers what is missing. */
export function toRegisterCommand(
  namespace: string,
  missing: readonly { readonly name: string; readonly type: string }[],
): string {
  const flags = missing.map(({ name, type }) => `--name ${name} --type ${type}`).join(' ');
  return `temporal operator search-attribute create --namespace ${namespace} ${flags}`;
}
