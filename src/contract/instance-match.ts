import type { Group } from '../domain/batch-request';
import type { InstanceMatch } from './activity-types';

/** What an instance of a group must match to be ours (rule R8): one per placement. */
export function toMatches({ spec, placements }: Group): readonly InstanceMatch[] {
  return placements.map((placement) => {
    const instanceClass = placement.instanceClass ?? spec.instanceClass;
    return {
      region: placement.region,
      zone: placement.zone,
      vpcId: placement.vpcId,
      engine: spec.engine,
      chargeType: spec.chargeType,
      ...(instanceClass === undefined ? {} : { instanceClass }),
      ...(spec.capacityMb === undefined ? {} : { capacityMb: spec.capacityMb }),
    };
  });
}
