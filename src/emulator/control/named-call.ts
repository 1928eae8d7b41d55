import type { LogEntry } from '../request-log';

/** The parameters by which a client names a call, or an instance of it. */
const NAMING = new Set(['Token', 'ClientToken', 'InstanceId', 'DBInstanceId', 'InstanceIds']);

const NAMING_PATTERN = /^(ResourceId\.\d+|SrcDBInstanceId)$/;

/** An entry that restores an instance names it; names that clients give may look like anything. */
const SOURCE_PATTERN = /"SrcDBInstanceId"\s*:\s*"([^"]*)"/gi;

/**
 * True for a call that is named so: by its token or its request id, or by an instance that it was
 * about or that its answer named. Tokens, request ids and parameters may have the name as a part.
 */
export function isNamed(entry: LogEntry, name: string): boolean {
  const { requestId, ids, committedIds, params } = entry;
  return (
    requestId.includes(name) ||
    ids.includes(name) ||
    committedIds.includes(name) ||
    Object.entries(params).some(
      ([parameter, value]) => isNaming(parameter) && value.includes(name),
    ) ||
    isSource(params['Instances'], name)
  );
}

function isNaming(parameter: string): boolean {
  return NAMING.has(parameter) || NAMING_PATTERN.test(parameter);
}

/** The cheap look first: most orders restore nothing. */
function isSource(instances: string | undefined, name: string): boolean {
  if (instances?.includes(name) !== true) return false;
  for (const [, source] of instances.matchAll(SOURCE_PATTERN)) if (source === name) return true;
  return false;
}
