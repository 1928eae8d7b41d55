import { getParameter } from '../protocol/parameters';
import type { Parameters } from '../protocol/parameters';
import type { World } from '../world';
import type { Entry, EntryKey } from './instances-parameter';

/** Parameters that are called as the member of an entry that says the same. */
const SAME_NAMES: readonly EntryKey[] = [
  ...(['RegionId', 'InstanceType', 'InstanceClass', 'Capacity', 'EngineVersion'] as const),
  ...(['ChargeType', 'Period', 'AutoRenew', 'InstanceName', 'Password', 'NetworkType'] as const),
  ...(['VpcId', 'VSwitchId', 'SrcDBInstanceId', 'BackupId'] as const),
];

/** Classic and cloud-native names of the node types. */
const NODE_TYPES: Readonly<Record<string, string>> = {
  double: 'MASTER_SLAVE',
  single: 'STAND_ALONE',
};

/**
 * What CreateInstance asks for, as an entry of CreateInstances: both obey the same rules. Without a
 * `ZoneId` the zone is that of the vSwitch.
 */
export function toEntry(parameters: Parameters, world: World): Entry {
  const entry = new Map<EntryKey, string>();
  for (const key of SAME_NAMES) {
    const value = getParameter(parameters, key);
    if (value !== undefined) entry.set(key, value);
  }
  const vSwitch = world.vSwitches.find(({ id }) => id === entry.get('VSwitchId'));
  const zoneId = getParameter(parameters, 'ZoneId') ?? vSwitch?.zoneId;
  if (zoneId !== undefined) entry.set('IzNo', zoneId);
  const nodeType = getParameter(parameters, 'NodeType');
  if (nodeType !== undefined) entry.set('NodeType', NODE_TYPES[nodeType] ?? nodeType);
  return entry;
}
