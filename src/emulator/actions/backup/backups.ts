import type { Backup } from '../../backup-book';
import type { Instance } from '../../instance';
import { getParameter } from '../../protocol/parameters';
import { createInvalid } from '../../refusal';
import { KVSTORE } from '../action';
import { createPlainAnswer } from '../../action-result';
import type { Action, ActionCall } from '../action';
import type { ActionResult } from '../../action-result';
import { ignored, optional, optionals, required, withoutEffect } from '../action-parameters';
import { toApiTime } from '../instance-view';
import { createModification } from '../modification';
import { findNamedInstance } from '../own-instance';
import { readPage, slicePage } from '../page';
import { isIntegerIn } from '../value-rules';

const PAGE_SIZES = { sizeDefault: 30, sizeMax: 300 };

const MINUTE_PATTERN = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}Z$/;

const isMinute = (text: string): boolean => MINUTE_PATTERN.test(text);

/** CreateBackup: a backup set by hand; it is complete after the time that a modification takes. */
export const createBackupAction = createModification({
  name: 'CreateBackup',
  parameters: [withoutEffect(optional('BackupRetentionPeriod', isIntegerIn(-1, 730)))],
  busyStatus: 'none',
  change: ({ id }, { state }) => {
    const nowMs = state.nowMs();
    const endsAtMs = nowMs + state.config.busyTimeMs / state.config.timeScale;
    const { jobId } = state.backups.add(id, nowMs, endsAtMs);
    return { body: { BackupJobID: String(jobId) } };
  },
});

/** DescribeBackups: the backup sets that began in a span of time, the newest first. */
export const describeBackupsAction: Action = {
  name: 'DescribeBackups',
  product: KVSTORE,
  source: 'sdk',
  parameters: [
    required('InstanceId'),
    required('StartTime', isMinute),
    required('EndTime', isMinute),
    ...optionals('BackupId', 'BackupJobId', 'PageNumber', 'PageSize'),
    ...ignored('NeedAof'),
  ],
  run: describeBackups,
};

function describeBackups(call: ActionCall): ActionResult {
  const { parameters, state } = call;
  const found = findNamedInstance(call);
  if (found.kind === 'refusal') return found;
  const fromMs = Date.parse(parameters.get('StartTime') ?? '');
  const toMs = Date.parse(parameters.get('EndTime') ?? '');
  if (toMs < fromMs) return createInvalid('Param.Invalid.TimeEndBeforeStart', 'EndTime');
  const id = getParameter(parameters, 'BackupId');
  const jobId = getParameter(parameters, 'BackupJobId');
  const backups = state.backups.list(found.instance.id).filter(
    (backup) =>
      // The span is given in minutes: the last one counts as a whole.
      backup.startedAtMs >= fromMs &&
      backup.startedAtMs < toMs + 60_000 &&
      (id === undefined || String(backup.id) === id) &&
      (jobId === undefined || String(backup.jobId) === jobId),
  );
  const page = readPage(parameters, PAGE_SIZES);
  const shown = slicePage(backups.toReversed(), page);
  return createPlainAnswer({
    ...{ PageNumber: page.number, PageSize: page.size, TotalCount: backups.length },
    ...{ FreeSize: 0, FullStorageSize: 0, LogStorageSize: 0 },
    Backups: { Backup: shown.map((backup) => toView(found.instance, backup, state.nowMs())) },
  });
}

function toView({ id, spec }: Instance, backup: Backup, nowMs: number): object {
  const isComplete = nowMs >= backup.endsAtMs;
  return {
    BackupId: backup.id,
    BackupJobID: backup.jobId,
    NodeInstanceId: id,
    BackupStatus: isComplete ? 'Success' : 'Running',
    BackupStartTime: toApiTime(backup.startedAtMs),
    BackupEndTime: isComplete ? toApiTime(backup.endsAtMs) : '',
    BackupSize: backup.size,
    ...{ BackupType: 'FullBackup', BackupMode: 'Manual', BackupMethod: 'Physical' },
    ...{ BackupDBNames: 'all', BackupDownloadURL: '', BackupIntranetDownloadURL: '' },
    ...{ EngineVersion: spec.engineVersion, ExpectExpireTime: '', RecoverConfigMode: '' },
  };
}
