import type { EmulatorState } from '../emulator-state';
import type { World } from '../world';

/** One zone of the world. */
export type Zone = World['regions'][number]['zones'][number];

/** True for a zone that takes no new instances, by the world or by the config. */
export function isZoneClosed(zone: Zone, { config }: EmulatorState): boolean {
  return zone.closed || config.closedZones.includes(zone.id);
}
