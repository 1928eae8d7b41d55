import type { EmulatorState } from '../emulator-state';
import type { Instance } from '../instance';
import { createRefusal } from '../refusal';
import type { Refusal } from '../refusal';
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
export function isRebuild(entry: Entry): boolean {
  return entry.get('RebuildInstance')?.toLowerCase() === 'true';
}

/** What is brought back is in the recycle bin no more. */
export function emptyRecycleBin(entries: readonly Entry[], { store }: EmulatorState): void {
  for (const entry of entries) {
    if (isRebuild(entry)) store.destroy(entry.get('SrcDBInstanceId') ?? '');
  }
}
