import { formatAmount, parseAmount } from '../domain/amount';
import type {
  BackupFact,
  PriceFact,
  VpcFact,
  VSwitchFact,
  ZoneFact,
} from '../domain/preflight-facts';
import { toTotalCount } from './answer-mapping';
import { isPlainObject } from './plain-json';
import type { Good } from './preflight-port';

/** Each reads one answer, and gives null when it is not one of the service. */

/** `Zones.KVStoreZone[]` of DescribeZones (SDK 6.4.0). */
export function toZones(body: unknown): readonly ZoneFact[] | null {
  return toList(body, ['Zones', 'KVStoreZone'], (zone) => {
    const id = zone['ZoneId'];
    return typeof id === 'string' ? { zone: id, isOpen: zone['Disabled'] !== true } : null;
  });
}

/** The levels of DescribeAvailableResource below the one of versions, each a list in an object (SDK 6.4.0). */
const LEVELS_TO_GOODS = [
  ['SupportedArchitectureTypes', 'SupportedArchitectureType'],
  ['SupportedShardNumbers', 'SupportedShardNumber'],
  ['SupportedNodeTypes', 'SupportedNodeType'],
  ['AvailableResources', 'AvailableResource'],
] as const;

/** The levels above it. */
const LEVELS_TO_VERSIONS = [
  ['AvailableZones', 'AvailableZone'],
  ['SupportedEngines', 'SupportedEngine'],
  ['SupportedEditionTypes', 'SupportedEditionType'],
  ['SupportedSeriesTypes', 'SupportedSeriesType'],
  ['SupportedEngineVersions', 'SupportedEngineVersion'],
] as const;

/** The leaves of DescribeAvailableResource; a level that is missing has none. */
export function toGoods(body: unknown): readonly Good[] | null {
  if (!isPlainObject(body) || !isPlainObject(body['AvailableZones'])) return null;
  return descend([body], LEVELS_TO_VERSIONS).flatMap((version) =>
    descend([version], LEVELS_TO_GOODS).flatMap((good) => {
      const instanceClass = good['InstanceClass'];
      if (typeof instanceClass !== 'string') return [];
      const capacityMb = toNumber(good['Capacity']);
      return [{ instanceClass, capacityMb, engineVersion: String(version['Version']) }];
    }),
  );
}

/** `Order` of DescribePrice: what is paid after discounts. */
export function toPrice(body: unknown): PriceFact | null {
  const order = isPlainObject(body) ? body['Order'] : undefined;
  if (!isPlainObject(order)) return null;
  const { TradeAmount: paid, Currency: currency } = order;
  const amount =
    typeof paid === 'string' || typeof paid === 'number' ? parseAmount(String(paid)) : null;
  if (amount === null || typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency)) return null;
  return { amount: formatAmount(amount), currency };
}

/** `Backups.Backup[]` of DescribeBackups, where an id is a number, and text in an order (SDK 6.4.0). */
export function toBackups(body: unknown): readonly (BackupFact & { readonly id: string })[] | null {
  return toList(body, ['Backups', 'Backup'], (backup) => {
    const { BackupId: id, BackupStatus: status } = backup;
    if (typeof id !== 'number' && typeof id !== 'string') return null;
    if (typeof status !== 'string') return null;
    return { id: String(id), status, sizeBytes: toNumber(backup['BackupSize']) };
  });
}

/** `Vpcs.Vpc[]` of DescribeVpcs. */
export function toVpcs(body: unknown): readonly VpcFact[] | null {
  return toList(body, ['Vpcs', 'Vpc'], (vpc) => {
    const { VpcId: vpcId, Status: status } = vpc;
    return typeof vpcId === 'string' && typeof status === 'string' ? { vpcId, status } : null;
  });
}

/** One page of DescribeVSwitches. */
export interface VSwitchPage {
  readonly vSwitches: readonly VSwitchFact[];
  /** How many there are over all pages. */
  readonly totalCount: number;
}

/** `VSwitches.VSwitch[]` of DescribeVSwitches. */
export function toVSwitchPage(body: unknown): VSwitchPage | null {
  const totalCount = toTotalCount(body);
  const vSwitches = toList(body, ['VSwitches', 'VSwitch'], (one) => {
    const { VSwitchId: vSwitchId, ZoneId: zone, Status: status } = one;
    const isWhole = [vSwitchId, zone, status].every((value) => typeof value === 'string');
    if (!isWhole) return null;
    const freeIps = toNumber(one['AvailableIpAddressCount']);
    return { vSwitchId, zone, status, freeIps } as VSwitchFact;
  });
  return totalCount === null || vSwitches === null ? null : { vSwitches, totalCount };
}

type Level = readonly [wrapper: string, list: string];

function descend(
  from: readonly Record<string, unknown>[],
  levels: readonly Level[],
): readonly Record<string, unknown>[] {
  return levels.reduce(
    (above, [wrapper, list]) => above.flatMap((one) => readLevel(one, wrapper, list)),
    from,
  );
}

function readLevel(
  above: Record<string, unknown>,
  wrapper: string,
  list: string,
): Record<string, unknown>[] {
  const inner = above[wrapper];
  const found = isPlainObject(inner) ? inner[list] : undefined;
  return Array.isArray(found) ? found.filter(isPlainObject) : [];
}

function toList<Item>(
  body: unknown,
  [wrapper, list]: Level,
  toItem: (item: Record<string, unknown>) => Item | null,
): readonly Item[] | null {
  const inner = isPlainObject(body) ? body[wrapper] : undefined;
  const found = isPlainObject(inner) ? inner[list] : undefined;
  if (!Array.isArray(found)) return null;
  const items = found.map((item) => (isPlainObject(item) ? toItem(item) : null));
  return items.every((item) => item !== null) ? items : null;
}

function toNumber(value: unknown): number | null {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : null;
}
