import { getParameter } from '../../protocol/parameters';
import { createRefusal } from '../../refusal';
import { ignored, optionals, required } from '../action-parameters';
import { EFFECTIVE_TIME } from '../effective-time';
import { createModification } from '../modification';

/** MigrateToOtherZone: another zone of the region, with a vSwitch of the same VPC there. */
export const migrateToOtherZoneAction = createModification({
  name: 'MigrateToOtherZone',
  idParameter: 'DBInstanceId',
  parameters: [
    required('ZoneId'),
    EFFECTIVE_TIME,
    ...optionals('VSwitchId', 'SecondaryZoneId'),
    ...ignored('ReadOnlyCount', 'ReplicaCount', 'SlaveReadOnlyCount', 'SlaveReplicaCount'),
  ],
  busyStatus: 'ZoneMigrating',
  taskType: 'MigrateIns',
  change: ({ spec }, { parameters, state }) => {
    const zoneId = parameters.get('ZoneId') ?? '';
    const vSwitchId = getParameter(parameters, 'VSwitchId') ?? '';
    const { regions, vSwitches } = state.config.world;
    const region = regions.find(({ id }) => id === spec.regionId);
    if (region?.zones.every(({ id }) => id !== zoneId) ?? true) {
      return createRefusal(
        404,
        'InvalidZoneId.NotFound',
        'The ZoneId provided does not exist in our records.',
      );
    }
    const vSwitch = vSwitches.find(({ id }) => id === vSwitchId);
    const isFit = vSwitch?.zoneId === zoneId && vSwitch.vpcId === spec.vpcId;
    if (spec.vSwitchId !== '' && !isFit) {
      return createRefusal(
        400,
        'InvalidVSwitchId.Mismatch',
        'The vSwitch does not belong to the zone or to the VPC of the instance.',
      );
    }
    const secondaryZoneId = getParameter(parameters, 'SecondaryZoneId') ?? '';
    return { spec: { zoneId, vSwitchId, secondaryZoneId } };
  },
});
