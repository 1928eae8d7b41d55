import type { SeenInstance } from '../cloud/port';
import type { InstanceMatch } from '../contract/activity-types';

/** Statuses of instances that will not become ready any more (status page, 2025). */
const DEAD: ReadonlySet<string> = new Set(['Error', 'Released', 'Unavailable']);

/** Whether an instance can still become ready, or is. */
export function isHealthy(instance: Pick<SeenInstance, 'status'>): boolean {
  return !DEAD.has(instance.status);
}

/**
 * Whether an instance fits a placement of its slot (rule R8): region, zone, class, engine, charge
 * type and VPC.
 *
 * @param isClassCompared - off where the service is known to report other names for classes
 */
export function isOurs(
  instance: SeenInstance,
  matches: readonly InstanceMatch[],
  isClassCompared: boolean,
): boolean {
  return matches.some(
    (match) =>
      instance.region === match.region &&
      instance.zone === match.zone &&
      instance.vpcId === match.vpcId &&
      instance.engine === match.engine &&
      instance.chargeType === match.chargeType &&
      (!isClassCompared || isSameSize(instance, match)),
  );
}

function isSameSize(instance: SeenInstance, match: InstanceMatch): boolean {
  if (match.instanceClass !== undefined) return instance.instanceClass === match.instanceClass;
  return instance.capacityMb === null || instance.capacityMb === match.capacityMb;
}
