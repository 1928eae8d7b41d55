import type { EmulatorState } from './emulator-state';
import type { ApiRequest } from './protocol/decode-call';
import { getParameter } from './protocol/parameters';
import type { Parameters } from './protocol/parameters';

/** The place in `Instances` that names the region: CreateInstances has no parameter for it. */
const ENTRY_REGION_PATTERN = /"regionid"\s*:\s*"([^"]*)"/i;

/**
 * The region that a call counts for: that of its parameter or its first entry, else that of the
 * instance it is about, else that of the host it was sent to.
 *
 * @returns empty for a region that does not exist, and for a call that tells none
 */
export function regionOfCall({ parameters, hostId }: ApiRequest, state: EmulatorState): string {
  const { regions } = state.config.world;
  const named =
    getParameter(parameters, 'RegionId') ??
    ENTRY_REGION_PATTERN.exec(parameters.get('Instances') ?? '')?.[1];
  if (named !== undefined) return regions.some(({ id }) => id === named) ? named : '';
  return (
    regionOfInstance(parameters, state) ??
    regions.find(({ id }) => hostId.includes(`.${id}.`))?.id ??
    ''
  );
}

function regionOfInstance(parameters: Parameters, { store }: EmulatorState): string | undefined {
  const id = getParameter(parameters, 'InstanceId') ?? getParameter(parameters, 'DBInstanceId');
  if (id === undefined) return undefined;
  return (store.find(id) ?? store.findReleased(id))?.spec.regionId;
}
