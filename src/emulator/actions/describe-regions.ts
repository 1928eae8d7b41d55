import { KVSTORE } from './action';
import { createPlainAnswer } from '../action-result';
import type { Action, ActionCall } from './action';
import type { ActionResult } from '../action-result';
import { ignored } from './action-parameters';

/** DescribeRegions: every region of the world with its zones. */
export const describeRegionsAction: Action = {
  name: 'DescribeRegions',
  product: KVSTORE,
  source: 'sdk',
  parameters: ignored('AcceptLanguage'),
  run,
};

function run({ hostId, state }: ActionCall): ActionResult {
  const regions = state.config.world.regions.map(({ id, zones }) => ({
    RegionId: id,
    LocalName: id,
    // The emulator serves all regions itself. A real host here would lead clients to the cloud.
    RegionEndpoint: hostId,
    ZoneIds: zones.map((zone) => zone.id).join(','),
    ZoneIdList: { ZoneId: zones.map((zone) => zone.id) },
  }));
  return createPlainAnswer({ RegionIds: { KVStoreRegion: regions } });
}
