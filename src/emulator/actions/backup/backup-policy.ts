import type { BackupPolicy } from '../../instance-features';
import { getParameter } from '../../protocol/parameters';
import { optional, required } from '../action-parameters';
import { createInstanceRead } from '../instance-read';
import { createModification } from '../modification';
import { isIntegerIn, isOneOf } from '../value-rules';

const DAYS = new Set([
  ...['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
]);

const HOUR_PATTERN = /^([01]\d|2[0-3]):[0-5]\dZ-([01]\d|2[0-3]):[0-5]\dZ$/;

const DAY_MS = 86_400_000;

/** DescribeBackupPolicy. `EnableBackupLog` is a number and the retention a text (SDK 6.4.0). */
export const describeBackupPolicyAction = createInstanceRead({
  name: 'DescribeBackupPolicy',
  view: ({ settings }, { state }) => {
    const { backupPolicy } = settings.features;
    return {
      PreferredBackupPeriod: backupPolicy.period,
      PreferredBackupTime: backupPolicy.time,
      PreferredNextBackupTime: nextBackupTime(backupPolicy, state.nowMs()),
      BackupRetentionPeriod: String(backupPolicy.retentionDays),
      EnableBackupLog: backupPolicy.isLogKept ? 1 : 0,
      BackupLogStartTime: '',
      DbsInstance: '0',
    };
  },
});

/** ModifyBackupPolicy: days, hour and how long backups are kept. */
export const modifyBackupPolicyAction = createModification({
  name: 'ModifyBackupPolicy',
  parameters: [
    required('PreferredBackupPeriod', (text) => text.split(',').every((day) => DAYS.has(day))),
    required('PreferredBackupTime', (text) => HOUR_PATTERN.test(text)),
    optional('BackupRetentionPeriod', isIntegerIn(7, 730), 'InvalidRetention'),
    optional('EnableBackupLog', isOneOf('0', '1')),
  ],
  busyStatus: 'none',
  change: ({ settings }, { parameters }) => {
    const before = settings.features.backupPolicy;
    const isLogKept = getParameter(parameters, 'EnableBackupLog');
    const backupPolicy = {
      period: parameters.get('PreferredBackupPeriod') ?? before.period,
      time: parameters.get('PreferredBackupTime') ?? before.time,
      retentionDays: Number(
        getParameter(parameters, 'BackupRetentionPeriod') ?? before.retentionDays,
      ),
      isLogKept: isLogKept === undefined ? before.isLogKept : isLogKept === '1',
    };
    return { features: { backupPolicy } };
  },
});

/** The next day's hour, without regard to the days of the week. */
function nextBackupTime({ time }: BackupPolicy, nowMs: number): string {
  const tomorrow = new Date(nowMs + DAY_MS).toISOString().slice(0, 10);
  return `${tomorrow}T${time.slice(0, 6)}`;
}
