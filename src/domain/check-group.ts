import type { Group, Placement } from './batch-request';
import { type CheckPlace, ObjectReader, type ObjectShape } from './check-object';
import { checkFollowUps } from './check-follow-ups';
import { checkGroupRules } from './check-group-rules';
import { checkSpec } from './check-spec';
import { CLOUD_TEXT_RULE, GROUP_NAME_RULE } from './check-texts';
import { LIMITS } from './limits';
import { PRICE_RULE } from './price';

/** Keys of a group. */
export const GROUP_SHAPE: ObjectShape = {
  required: {
    name: 'a short name such as sessions.',
    count: 'how many instances.',
    spec: 'what each instance is, such as { instanceClass: redis.master.small.default }.',
    placements: 'a list of places, best first.',
  },
  optional: ['placementPolicy', 'maxPrice', 'followUps'],
};

/** Keys of a placement. */
export const PLACEMENT_SHAPE: ObjectShape = {
  required: {
    region: 'a region such as cn-hangzhou.',
    zone: 'a zone such as cn-hangzhou-h.',
    vpcId: 'the id of a VPC in the region.',
    vSwitchId: 'the id of a vSwitch in the zone.',
  },
  optional: ['instanceClass', 'maxPrice'],
};

/** How the slots of a group begin with its placements; the first is the default. */
export const PLACEMENT_POLICIES = ['ranked', 'spread'] as const;

/** Checks one group with its spec and placements. */
export function checkGroup(value: unknown, place: CheckPlace): Group {
  const reader = new ObjectReader(value, GROUP_SHAPE, place);
  const name = reader.text('name', GROUP_NAME_RULE) ?? '';
  const count = reader.integer('count', { min: 1, max: LIMITS.slotsMax }) ?? 0;
  const spec = checkSpec(reader.raw('spec'), reader.below('spec'));
  const entries = reader.list('placements', { min: 1, max: LIMITS.placementsMax });
  const readers = entries.map(
    (entry, index) => new ObjectReader(entry, PLACEMENT_SHAPE, reader.below('placements', index)),
  );
  const placements = readers.map(toPlacement);
  if (spec.capacityMb !== undefined) refuseClasses(readers);
  checkRegions(readers, placements);
  checkTwins(readers, placements);
  const policy = reader.choice('placementPolicy', PLACEMENT_POLICIES);
  const maxPrice = reader.text('maxPrice', PRICE_RULE);
  const followUps = checkFollowUps(reader.raw('followUps'), reader.below('followUps'));
  const group: Group = {
    ...{ name, count, spec, placements },
    ...(policy === 'spread' ? { placementPolicy: policy } : {}),
    ...(maxPrice === undefined ? {} : { maxPrice }),
    ...(reader.has('followUps') ? { followUps } : {}),
  };
  checkGroupRules(group, place);
  return group;
}

function toPlacement(reader: ObjectReader): Placement {
  const instanceClass = reader.text('instanceClass', CLOUD_TEXT_RULE);
  const maxPrice = reader.text('maxPrice', PRICE_RULE);
  return {
    region: reader.text('region', CLOUD_TEXT_RULE) ?? '',
    zone: reader.text('zone', CLOUD_TEXT_RULE) ?? '',
    vpcId: reader.text('vpcId', CLOUD_TEXT_RULE) ?? '',
    vSwitchId: reader.text('vSwitchId', CLOUD_TEXT_RULE) ?? '',
    ...(instanceClass === undefined ? {} : { instanceClass }),
    ...(maxPrice === undefined ? {} : { maxPrice }),
  };
}

function refuseClasses(readers: readonly ObjectReader[]): void {
  for (const reader of readers) {
    if (!reader.has('instanceClass')) continue;
    reader.report('instanceClass', 'conflict', 'cannot go with capacityMb of the spec.');
  }
}

/** One region a group: an answer's ids and a look-up must not span regions. */
function checkRegions(readers: readonly ObjectReader[], placements: readonly Placement[]): void {
  const first = placements.find(({ region }) => region !== '')?.region;
  placements.forEach(({ region }, index) => {
    if (region === '' || region === first) return;
    const message = `must be ${first} as in the first placement; each region is a group of its own.`;
    readers[index]!.report('region', 'conflict', message);
  });
}

function checkTwins(readers: readonly ObjectReader[], placements: readonly Placement[]): void {
  const seen = new Map<string, number>();
  placements.forEach((placement, index) => {
    if (Object.values(placement).includes('')) return;
    const { region, zone, vpcId, vSwitchId, instanceClass } = placement;
    const key = JSON.stringify([region, zone, vpcId, vSwitchId, instanceClass]);
    const twin = seen.get(key);
    if (twin === undefined) seen.set(key, index);
    else readers[index]!.report('zone', 'duplicate', `repeats placements[${twin}]; remove one.`);
  });
}
