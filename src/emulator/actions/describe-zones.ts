import { getParameter } from '../protocol/parameters';
import { KVSTORE } from './action';
import { createPlainAnswer } from '../action-result';
import type { Action, ActionCall } from './action';
import type { ActionResult } from '../action-result';
import { ignored, optionals } from './action-parameters';
import { isZoneClosed } from './zones';

/** DescribeZones: the zones of a region, or of all; closed ones are `Disabled`. */
export const describeZonesAction: Action = {
  name: 'DescribeZones',
  product: KVSTORE,
  source: 'sdk',
  parameters: [...optionals('RegionId'), ...ignored('AcceptLanguage')],
  run,
};

function run({ parameters, state }: ActionCall): ActionResult {
  const regionId = getParameter(parameters, 'RegionId');
  const regions = state.config.world.regions.filter(
    ({ id }) => regionId === undefined || id === regionId,
  );
  const zones = regions.flatMap((region) =>
    region.zones.map((zone) => ({
      ZoneId: zone.id,
      ZoneName: zone.id,
      RegionId: region.id,
      Disabled: isZoneClosed(zone, state),
      IsRds: true,
      SwitchNetwork: zone.vpc,
    })),
  );
  return createPlainAnswer({ Zones: { KVStoreZone: zones } });
}
