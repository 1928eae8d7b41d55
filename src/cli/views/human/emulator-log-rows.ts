import type { LogEntry } from '../../../emulator/request-log';
import type { RowKind } from '../../rows/column';

/** Wide enough for most calls; a longer word pushes the rest of its line. */
const WIDTHS = { seq: 6, status: 7, durationMs: 9, action: 22 };

/** Calls of an emulator as rows of a list. */
export const EMULATOR_LOG_ROWS: RowKind<LogEntry> = {
  toId: ({ requestId }) => requestId,
  none: 'no calls',
  columns: [
    { name: 'seq', toValue: ({ seq }) => seq, shown: 'always' },
    { name: 'at', toValue: ({ at }) => at, toCell: ({ at }) => toTime(at), shown: 'always' },
    { name: 'action', toValue: ({ action }) => action, shown: 'always' },
    {
      ...{ name: 'status', shown: 'always' },
      toValue: ({ status }) => status,
      toCell: toStatus,
    },
    {
      ...{ name: 'durationMs', header: 'ms', shown: 'always' },
      toValue: ({ durationMs }) => durationMs,
    },
    { name: 'code', toValue: ({ code }) => code, shown: 'always' },
    { name: 'fault', toValue: ({ fault }) => fault, shown: 'always' },
    { name: 'instance', toValue: ({ params }) => params['InstanceId'] ?? null, shown: 'always' },
    { name: 'committed', toValue: ({ committed }) => committed, shown: 'wide' },
    {
      ...{ name: 'token', shown: 'wide' },
      toValue: ({ params }) => params['Token'] ?? params['ClientToken'] ?? null,
    },
    { name: 'requestId', toValue: ({ requestId }) => requestId, shown: 'wide' },
  ],
};

/** Whether a call stands out: something went wrong with it. */
export function isCallMarked({ status, code, fault }: LogEntry): boolean {
  return code !== null || fault !== null || (status !== null && status !== 200);
}

/** A call as a line that is printed before the next one is known, so without a table around it. */
export function toCallLine(call: LogEntry): string {
  const { seq, at, action, durationMs, code, fault, params } = call;
  const parts = [
    `${seq}`.padStart(WIDTHS.seq),
    toTime(at),
    action.padEnd(WIDTHS.action),
    toStatus(call).padStart(WIDTHS.status),
    (durationMs === null ? '' : `${durationMs} ms`).padStart(WIDTHS.durationMs),
    ...[code, fault, params['InstanceId']].filter((part) => typeof part === 'string'),
  ];
  return parts.join('  ').trimEnd();
}

function toTime(at: string): string {
  return at.slice(11, 23);
}

function toStatus({ status }: LogEntry): string {
  if (status === null) return 'running';
  return status === 0 ? 'cut' : `${status}`;
}
