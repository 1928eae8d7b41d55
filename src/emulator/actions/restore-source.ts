import type { EmulatorState } from '../emulator-state';
import type { Instance } from '../instance';
import { createRefusal } from '../refusal';
import type { Refusal } from '../refusal';
import type { OrderLine } from './account-checks';
import type { CheckContext } from './entry-checks';
import { MALFORMED_INSTANCES } from './instances-parameter';
import type { Entry } from './instances-parameter';
import { createUnknownInstance } from './own-instance';

/**
 * A restore names its source. It may be living or in the recycle bin; a rebuild brings back one out
 * of the bin, and a backup set must be one of the source's and complete. What the service checks of
 * it is not documented.
 */
export function checkSource(entry: Entry, context: CheckContext): Refusal | undefined {
  const { state, accountId } = context;
  const sourceId = entry.get('SrcDBInstanceId');
  const backupId = entry.get('BackupId');
  if (sourceId === undefined) {
    return backupId !== undefined || isRebuild(entry) ? MALFORMED_INSTANCES : undefined;
  }
  const living = isRebuild(entry) ? undefined : state.store.find(sourceId);
  const source = living ?? findInRecycleBin(sourceId, state);
  if (source?.spec.accountId !== accountId) return createUnknownInstance();
  if (backupId === undefined) return undefined;
  return state.backups.findComplete(sourceId, backupId, state.nowMs()) === undefined
    ? createRefusal(400, 'InvalidBackupLogStatus', 'Current backup log status is not valid.')
    : undefined;
}

/** A deleted instance that can still be brought back. */
export function findInRecycleBin(id: string, state: EmulatorState): Instance | undefined {
  const instance = state.store.findReleased(id);
  if (instance?.deletedAtMs === undefined || state.store.isDestroyed(id)) return undefined;
  const isKept = state.nowMs() < instance.deletedAtMs + state.config.recycleTimeMs;
  return isKept ? instance : undefined;
}

/** True for an entry whose instance gets its content from another one. */
export function isRestore(entry: Entry): boolean {
  return entry.has('SrcDBInstanceId');
}

/** True for an entry that brings an instance back out of the recycle bin. */
function isRebuild(entry: Entry): boolean {
  return entry.get('RebuildInstance')?.toLowerCase() === 'true';
}

/** What an entry brings back out of the recycle bin. */
export function rebuiltIdOf(entry: Entry): string | undefined {
  return isRebuild(entry) ? entry.get('SrcDBInstanceId') : undefined;
}

/** An instance comes back once, also within one order. Which code the service has is not documented. */
export function checkRebuilds(entries: readonly Entry[]): Refusal | undefined {
  const ids = new Set<string>();
  for (const entry of entries) {
    const id = rebuiltIdOf(entry);
    if (id === undefined) continue;
    if (ids.has(id) || Number(entry.get('Quantity') ?? '1') > 1) return MALFORMED_INSTANCES;
    ids.add(id);
  }
  return undefined;
}

/** What is brought back is in the recycle bin no more. */
export function emptyRecycleBin(lines: readonly OrderLine[], { store }: EmulatorState): void {
  for (const { rebuiltId } of lines) if (rebuiltId !== undefined) store.destroy(rebuiltId);
}
