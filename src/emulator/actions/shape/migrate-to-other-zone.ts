import type { EmulatorState } from '../../emulator-state';
import type { InstanceSpec } from '../../instance';
import { getParameter } from '../../protocol/parameters';
import { createRefusal } from '../../refusal';
import type { Refusal } from '../../refusal';
import { ignored, optionals, required } from '../action-parameters';
import { EFFECTIVE_TIME } from '../effective-time';
import { createModification } from '../modification';
import { createUnknownZone, findZone, isZoneClosed } from '../zones';

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
    const secondaryZoneId = getParameter(parameters, 'SecondaryZoneId') ?? '';
    return (
      checkTarget(spec, { zoneId, vSwitchId, secondaryZoneId }, state) ?? {
        spec: { zoneId, vSwitchId, secondaryZoneId },
      }
    );
  },
});

type Target = Pick<InstanceSpec, 'zoneId' | 'vSwitchId' | 'secondaryZoneId'>;

/** Codes of the operation's list (API metadata, 2024-07-30), save for an unknown zone. */
function checkTarget(
  before: InstanceSpec,
  { zoneId, vSwitchId, secondaryZoneId }: Target,
  state: EmulatorState,
): Refusal | undefined {
  const zone = findZone(before.regionId, zoneId, state);
  if (zone === undefined) return createUnknownZone();
  if (isZoneClosed(zone, state)) {
    return createRefusal(400, 'InvalidIzNo.NotSupported', 'The Specified Zone does not supported.');
  }
  if (!zone.vpc) {
    return createRefusal(400, 'IzNotSupportVpcError', 'Specify zone not support VPC.');
  }
  const hasSecondary = secondaryZoneId !== '';
  if (hasSecondary && findZone(before.regionId, secondaryZoneId, state) === undefined) {
    return createUnknownZone();
  }
  const vSwitch = state.config.world.vSwitches.find(({ id }) => id === vSwitchId);
  const isFit = vSwitch?.zoneId === zoneId && vSwitch.vpcId === before.vpcId;
  if (before.vSwitchId === '' || isFit) return undefined;
  return createRefusal(
    400,
    'InvalidVSwitchId.Mismatch',
    'The vSwitch does not belong to the zone or to the VPC of the instance.',
  );
}
