import type { EmulatorState } from '../emulator-state';
import { createRefusal } from '../refusal';
import type { Refusal } from '../refusal';
import type { World } from '../world';

/** One zone of the world. */
export type Zone = World['regions'][number]['zones'][number];

/** True for a zone that takes no new instances, by the world or by the config. */
export function isZoneClosed(zone: Zone, { config }: EmulatorState): boolean {
  return zone.closed || config.closedZones.includes(zone.id);
}

/** A zone of a region; undefined when either is unknown. */
export function findZone(
  regionId: string | undefined,
  zoneId: string | undefined,
  { config }: EmulatorState,
): Zone | undefined {
  const region = config.world.regions.find(({ id }) => id === regionId);
  return region?.zones.find(({ id }) => id === zoneId);
}

/** No zone of the region has the id. */
export function createUnknownZone(): Refusal {
  return createRefusal(
    404,
    'InvalidZoneId.NotFound',
    'The ZoneId provided does not exist in our records.',
  );
}
