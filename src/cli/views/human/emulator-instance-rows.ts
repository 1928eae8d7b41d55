import type { EmulatorInstance } from '../../emulator/control-client';
import type { RowKind } from '../../rows/column';

/** Instances of an emulator as rows of a list. */
export const EMULATOR_INSTANCE_ROWS: RowKind<EmulatorInstance> = {
  toId: ({ InstanceId }) => InstanceId,
  none: 'no instances',
  columns: [
    { name: 'id', toValue: ({ InstanceId }) => InstanceId, shown: 'always' },
    { name: 'name', toValue: ({ InstanceName }) => InstanceName, shown: 'always' },
    { name: 'status', toValue: ({ InstanceStatus }) => InstanceStatus, shown: 'always' },
    { name: 'class', toValue: ({ InstanceClass }) => InstanceClass, shown: 'always' },
    { name: 'zone', toValue: ({ ZoneId }) => ZoneId, shown: 'always' },
    { name: 'region', toValue: ({ RegionId }) => RegionId, shown: 'wide' },
    { name: 'vSwitch', toValue: ({ VSwitchId }) => VSwitchId, shown: 'wide' },
    { name: 'address', toValue: ({ PrivateIp }) => PrivateIp, shown: 'wide' },
    { name: 'charge', toValue: ({ ChargeType }) => ChargeType, shown: 'wide' },
    { name: 'engine', toValue: ({ EngineVersion }) => EngineVersion, shown: 'wide' },
    { name: 'account', toValue: ({ AccountId }) => AccountId, shown: 'wide' },
    { name: 'order', toValue: ({ OrderId }) => OrderId, shown: 'wide' },
    { name: 'created', toValue: ({ CreateTime }) => CreateTime, shown: 'wide' },
  ],
};
