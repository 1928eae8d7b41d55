import { formatExactDuration } from '../../../domain/duration';
import type { Fault } from '../../../emulator/faults';
import type { Column, RowKind } from '../../rows/column';

/** A rule with its place in the script, from 1. */
export interface EmulatorFault extends Fault {
  readonly number: number;
}

/** What has a column of its own; the rest of a rule is shown as it is. */
const SHOWN: readonly string[] = [
  ...(['number', 'action', 'kind', 'when', 'probability', 'fired', 'count'] as const),
  ...(['fromMs', 'untilMs', 'delayMs', 'status', 'code', 'match', 'since'] as const),
];

/** The script of faults as rows of a list. */
export const EMULATOR_FAULT_ROWS: RowKind<EmulatorFault> = {
  toId: ({ number }) => `${number}`,
  none: 'no faults',
  columns: [
    { name: 'number', header: '#', toValue: ({ number }) => number, shown: 'always' },
    { name: 'action', toValue: ({ action }) => action, shown: 'always' },
    { name: 'kind', toValue: ({ kind }) => kind, shown: 'always' },
    { name: 'when', toValue: ({ when }) => when, shown: 'always' },
    { name: 'probability', header: 'chance', toValue: toProbability, shown: 'always' },
    {
      ...{ name: 'fired', shown: 'always' },
      toValue: ({ fired }) => fired,
      toCell: ({ fired, count }) =>
        typeof count === 'number' ? `${fired} of ${count}` : `${fired}`,
    },
    { name: 'count', toValue: ({ count }) => count ?? null, shown: 'named' },
    { name: 'status', toValue: ({ status }) => status ?? null, shown: 'always' },
    { name: 'code', toValue: ({ code }) => code ?? null, shown: 'always' },
    toTime('fromMs', ({ fromMs }) => fromMs || null),
    toTime('untilMs', ({ untilMs }) => untilMs ?? null),
    toTime('delayMs', ({ delayMs }) => delayMs ?? null),
    { name: 'match', toValue: ({ match }) => match ?? null, shown: 'always' },
    { name: 'rest', toValue: toRest, shown: 'always' },
    { name: 'since', toValue: ({ since }) => since ?? null, shown: 'wide' },
  ],
};

function toProbability({ probability }: EmulatorFault): number {
  return probability;
}

function toTime(
  name: string,
  toValue: (fault: EmulatorFault) => number | null,
): Column<EmulatorFault> {
  const toCell = (fault: EmulatorFault): string => {
    const timeMs = toValue(fault);
    return timeMs === null ? '' : formatExactDuration(timeMs);
  };
  return { name, header: name.replace('Ms', ''), toValue, toCell, shown: 'always' };
}

function toRest(fault: EmulatorFault): string | null {
  const rest = Object.entries(fault).filter(([name]) => !SHOWN.includes(name));
  return rest.length === 0 ? null : JSON.stringify(Object.fromEntries(rest));
}
