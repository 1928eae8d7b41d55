import type { EmulatorStats } from '../../../emulator/stats';
import type { Colors } from '../../cli-io';
import { formatCount, formatCountOf } from './numbers';
import { toTable } from './table';

/**
 * What an emulator has counted, with a row for each operation that was called.
 *
 * @param stats - its counts
 * @param colors - of stdout
 */
export function toEmulatorStatsLines(stats: EmulatorStats, colors: Colors): string[] {
  const [header = '', ...rows] = toTable([
    ['call', 'received', 'ok', 'refused', 'throttled', 'faulted', 'running'],
    ...Object.entries(stats.calls).map(([action, counts]) => toCallRow(action, counts)),
  ]);
  return [
    ...toTable([
      ['instances', toInstancesText(stats)],
      ['orders', formatCount(stats.orders)],
      ['tokens', toTokensText(stats)],
    ]),
    ...toNamesTwice(stats).map((line) => colors.yellow(line)),
    '',
    ...(rows.length === 0 ? ['no calls yet'] : [colors.bold(header), ...rows]),
  ];
}

function toInstancesText({ instances }: EmulatorStats): string {
  const { live, creating, normal, failed, deleted } = instances;
  const parts = Object.entries({ creating, normal, failed });
  const text = parts.map(([state, count]) => `${formatCount(count)} ${state}`).join(', ');
  return `${formatCount(live)} live (${text}), ${formatCount(deleted)} deleted`;
}

function toTokensText({ tokens }: EmulatorStats): string {
  const { used, replayed, mismatched } = tokens;
  return `${formatCount(used)} used, ${formatCount(replayed)} replayed, ${formatCount(mismatched)} mismatched`;
}

/** Of interest only when there are some: a retry that bought twice looks like this. */
function toNamesTwice({ namesTwice }: EmulatorStats): string[] {
  if (namesTwice === 0) return [];
  const names = formatCountOf(namesTwice, 'name');
  return [`${names} given to instances of more than one order`];
}

function toCallRow(action: string, counts: EmulatorStats['calls'][string]): (string | number)[] {
  const { received, ok, refused, throttled, faulted } = counts;
  const running = received - ok - refused - throttled - faulted;
  return [action, received, ok, refused, throttled, faulted, running];
}
