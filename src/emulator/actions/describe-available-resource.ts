import type { InstanceClass, InstanceFamily } from '../instance-classes';
import { getParameter } from '../protocol/parameters';
import { createRefusal } from '../refusal';
import { KVSTORE } from './action';
import { createPlainAnswer } from '../action-result';
import type { Action, ActionCall } from './action';
import type { ActionResult } from '../action-result';
import { ignored, optional, optionals, required, withoutEffect } from './action-parameters';
import { ENGINE_VERSIONS } from './entry-checks';
import { isOneOf } from './value-rules';
import { isZoneClosed } from './zones';

/** The operation's names for the families; `Local`, the classic one, is the default. */
const FAMILY_OF_PRODUCT: Readonly<Record<string, InstanceFamily>> = {
  Local: 'classic',
  OnECS: 'cloud-native',
  Tair_rdb: 'tair_rdb',
  Tair_scm: 'tair_scm',
  Tair_essd: 'tair_essd',
};

/**
 * DescribeAvailableResource: what is on sale in each zone, seven lists deep. It tells nothing of
 * stock.
 */
export const describeAvailableResourceAction: Action = {
  name: 'DescribeAvailableResource',
  product: KVSTORE,
  source: 'sdk',
  parameters: [
    required('RegionId'),
    optional('ProductType', isOneOf(...Object.keys(FAMILY_OF_PRODUCT))),
    withoutEffect(optional('Engine', isOneOf('Redis', 'Memcache'))),
    withoutEffect(optional('InstanceChargeType', isOneOf('PrePaid', 'PostPaid'))),
    withoutEffect(optional('OrderType', isOneOf('BUY', 'UPGRADE', 'DOWNGRADE'))),
    ...optionals('ZoneId'),
    ...ignored('InstanceId', 'NodeId', 'InstanceScene', 'ResourceGroupId', 'AcceptLanguage'),
  ],
  run,
};

function run({ parameters, state }: ActionCall): ActionResult {
  const { regions, classes } = state.config.world;
  const region = regions.find(({ id }) => id === parameters.get('RegionId'));
  if (region === undefined) {
    return createRefusal(
      404,
      'InvalidRegion.NotFound',
      'The RegionId provided does not exist in our records.',
    );
  }
  const zoneId = getParameter(parameters, 'ZoneId');
  const family = FAMILY_OF_PRODUCT[getParameter(parameters, 'ProductType') ?? 'Local'] ?? 'classic';
  const engines = createEngines(
    family,
    classes.filter((one) => one.family === family),
  );
  const zones = region.zones.filter((zone) => zoneId === undefined || zone.id === zoneId);
  const AvailableZone = zones
    .filter((zone) => !isZoneClosed(zone, state))
    .map(({ id }) => ({
      ...{ ZoneId: id, ZoneName: id, RegionId: region.id, IsMainSale: true },
      SupportedEngines: { SupportedEngine: engines },
    }));
  return createPlainAnswer({ AvailableZones: { AvailableZone } });
}

function createEngines(family: InstanceFamily, classes: readonly InstanceClass[]): object[] {
  if (classes.length === 0) return [];
  const SupportedArchitectureType = createArchitectures(classes);
  const SupportedEngineVersion = ENGINE_VERSIONS[family].map((Version) => ({
    Version,
    SupportedArchitectureTypes: { SupportedArchitectureType },
  }));
  const series = { SeriesType: family, SupportedEngineVersions: { SupportedEngineVersion } };
  const edition = {
    EditionType: family.startsWith('tair_') ? 'Enterprise' : 'Community',
    SupportedSeriesTypes: { SupportedSeriesType: [series] },
  };
  return [{ Engine: 'Redis', SupportedEditionTypes: { SupportedEditionType: [edition] } }];
}

function createArchitectures(classes: readonly InstanceClass[]): object[] {
  const byArchitecture = groupBy(classes, ({ architecture }) => architecture);
  return [...byArchitecture].map(([Architecture, ofArchitecture]) => ({
    Architecture,
    SupportedShardNumbers: { SupportedShardNumber: createShardNumbers(ofArchitecture) },
  }));
}

function createShardNumbers(classes: readonly InstanceClass[]): object[] {
  const byNumber = groupBy(classes, ({ shardCount }) => String(shardCount));
  return [...byNumber].map(([ShardNumber, ofNumber]) => ({
    ShardNumber,
    SupportedNodeTypes: {
      SupportedNodeType: [
        {
          SupportedNodeType: 'double',
          AvailableResources: { AvailableResource: ofNumber.map(toResource) },
        },
      ],
    },
  }));
}

function toResource({ name, capacityMb }: InstanceClass): object {
  return { InstanceClass: name, InstanceClassRemark: name, Capacity: capacityMb };
}

function groupBy<T>(elements: readonly T[], keyOf: (element: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const element of elements) {
    const key = keyOf(element);
    groups.set(key, [...(groups.get(key) ?? []), element]);
  }
  return groups;
}
