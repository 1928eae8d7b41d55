import type { EmulatorState } from '../emulator-state';
import type { InstanceClass, InstanceFamily } from '../instance-classes';
import { createInvalid, createRefusal } from '../refusal';
import type { Refusal } from '../refusal';
import { MALFORMED_INSTANCES } from './instances-parameter';
import type { Entry, EntryKey } from './instances-parameter';
import { checkRebuilds, checkSource } from './restore-source';
import { isBooleanText, isInstanceName, isPassword, isPeriod } from './value-rules';
import { createUnknownZone, findZone, isZoneClosed } from './zones';

/** 1 to 300 (CreateInstances page, 2025-03-27). */
const QUANTITY_MAX = 300;

const ALLOWED_VALUES: readonly (readonly [EntryKey, readonly string[]])[] = [
  ['ChargeType', ['PostPaid', 'PrePaid']],
  ['NetworkType', ['VPC']],
  ['NodeType', ['MASTER_SLAVE', 'STAND_ALONE']],
];

/** The engine versions that each family has, the newest last (SDK 6.4.0). */
export const ENGINE_VERSIONS: Readonly<Record<InstanceFamily, readonly string[]>> = {
  classic: ['4.0', '5.0'],
  'cloud-native': ['5.0', '6.0', '7.0'],
  tair_rdb: ['1.0', '5.0', '6.0', '7.0'],
  tair_scm: ['1.0'],
  tair_essd: ['1.0', '2.0'],
};

/** What an operation sells. */
export interface Assortment {
  readonly families: readonly InstanceFamily[];
  readonly instanceTypes: readonly string[];
}

/** CreateInstances sells the classic edition only (its page, 2025-03-27). */
export const CLASSIC_ASSORTMENT: Assortment = {
  families: ['classic'],
  instanceTypes: ['Redis', 'Memcache'],
};

/** What an entry is checked against. */
export interface CheckContext extends Assortment {
  readonly state: EmulatorState;
  /** A restore reads nobody else's instances. */
  readonly accountId: string;
}

type EntryCheck = (entry: Entry, context: CheckContext) => Refusal | undefined;

/** In the order in which the service is believed to look: each rule over all entries first. */
const CHECKS: readonly EntryCheck[] = [
  checkShape,
  checkName,
  checkPassword,
  checkPeriod,
  checkEngine,
  checkZone,
  checkClass,
  checkNetwork,
  checkSource,
];

/** The first rule of an entry that is broken, or undefined. */
export function checkEntries(
  entries: readonly Entry[],
  context: CheckContext,
): Refusal | undefined {
  for (const check of CHECKS) {
    for (const entry of entries) {
      const refusal = check(entry, context);
      if (refusal !== undefined) return refusal;
    }
  }
  return checkRebuilds(entries);
}

/** How many instances an entry asks for: 1 when it says nothing. */
export function quantityOf(entry: Entry): number {
  return Number(entry.get('Quantity') ?? '1');
}

/** The class an entry asks for, by name or else by capacity, out of those that are sold to it. */
export function findClass(
  entry: Entry,
  { world }: EmulatorState['config'],
  families: readonly InstanceFamily[],
): InstanceClass | undefined {
  const classes = world.classes.filter(({ family }) => families.includes(family));
  const name = entry.get('InstanceClass');
  if (name !== undefined) return classes.find((candidate) => candidate.name === name);
  const capacityMb = Number(entry.get('Capacity') ?? 'NaN');
  return classes.find((candidate) => candidate.capacityMb === capacityMb);
}

function checkShape(entry: Entry, { instanceTypes }: CheckContext): Refusal | undefined {
  const quantity = quantityOf(entry);
  const isCounted = Number.isInteger(quantity) && quantity >= 1 && quantity <= QUANTITY_MAX;
  const isPlaced = entry.has('RegionId') && entry.has('IzNo');
  const domains = [['InstanceType', instanceTypes] as const, ...ALLOWED_VALUES];
  const isAllowed = domains.every(([key, values]) => {
    const value = entry.get(key);
    return value === undefined || values.includes(value);
  });
  const areBooleans = [entry.get('AutoRenew'), entry.get('RebuildInstance')].every(
    (value) => value === undefined || isBooleanText(value),
  );
  return isCounted && isPlaced && isAllowed && areBooleans ? undefined : MALFORMED_INSTANCES;
}

function checkName(entry: Entry): Refusal | undefined {
  const name = entry.get('InstanceName');
  if (name === undefined || isInstanceName(name)) return undefined;
  return createInvalid('InvalidInstanceName.Malformed', 'InstanceName');
}

function checkPassword(entry: Entry): Refusal | undefined {
  const password = entry.get('Password');
  if (password === undefined || isPassword(password)) return undefined;
  return createInvalid('InvalidPassword.Malformed', 'Password');
}

function checkPeriod(entry: Entry): Refusal | undefined {
  if (entry.get('ChargeType') !== 'PrePaid') return undefined;
  const period = entry.get('Period');
  if (period === undefined) {
    return createRefusal(400, 'MissingParameter', 'Period is mandatory for this action.');
  }
  return isPeriod(period) ? undefined : MALFORMED_INSTANCES;
}

/** Classic classes end at 5.0: live answers for newer ones carry the first code. */
function checkEngine(entry: Entry, { state, families }: CheckContext): Refusal | undefined {
  const version = entry.get('EngineVersion');
  const family = findClass(entry, state.config, families)?.family ?? families[0] ?? 'classic';
  if (version === undefined || ENGINE_VERSIONS[family].includes(version)) return undefined;
  if (family === 'classic' && ENGINE_VERSIONS['cloud-native'].includes(version)) {
    return createRefusal(
      400,
      'EngineVersion.NotSupportOnLocalDisk',
      'The specified engine version is not supported on local disk.',
    );
  }
  return createInvalid('InvalidEngineVersion.Malformed', 'EngineVersion');
}

function checkZone(entry: Entry, { state }: CheckContext): Refusal | undefined {
  const { world } = state.config;
  const region = world.regions.find(({ id }) => id === entry.get('RegionId'));
  if (region === undefined) {
    return createRefusal(
      404,
      'InvalidRegion.NotFound',
      'The RegionId provided does not exist in our records.',
    );
  }
  const zone = findZone(region.id, entry.get('IzNo'), state);
  if (zone === undefined) return createUnknownZone();
  if (isZoneClosed(zone, state)) {
    return createRefusal(400, 'Zone.Closed', 'Specified zone is closed.');
  }
  return zone.vpc
    ? undefined
    : createRefusal(400, 'IzNotSupportVpcError', 'Specify iz not support vpc.');
}

/** The same code for an unknown class, an unknown capacity and neither of them. */
function checkClass(entry: Entry, { state, families }: CheckContext): Refusal | undefined {
  return findClass(entry, state.config, families) === undefined ? createUnknownClass() : undefined;
}

/** No class of that name or size is sold. */
export function createUnknownClass(): Refusal {
  return createRefusal(
    400,
    'InvalidCapacity.NotFound',
    'The Capacity provided does not exist in our records.',
  );
}

function checkNetwork(entry: Entry, { state }: CheckContext): Refusal | undefined {
  const { vpcs, vSwitches } = state.config.world;
  const vpcId = entry.get('VpcId');
  const vSwitchId = entry.get('VSwitchId');
  const asksVpcService = vpcId !== undefined || vSwitchId !== undefined;
  if (asksVpcService && !state.config.vpcServiceUp) {
    return createRefusal(400, 'VpcServiceError', 'Invoke vpc service failed.');
  }
  const vpc = vpcs.find(({ id }) => id === vpcId);
  const vSwitch = vSwitches.find(({ id }) => id === vSwitchId);
  const isVpcFit = vpcId === undefined || vpc?.regionId === entry.get('RegionId');
  const isVSwitchFit =
    vSwitchId === undefined ||
    (vSwitch !== undefined && vSwitch.zoneId === entry.get('IzNo') && vSwitch.vpcId === vpcId);
  if (isVpcFit && isVSwitchFit) return undefined;
  return createRefusal(
    400,
    'InvalidVpcIdRegion.NotSupported',
    'The Specified vpcId or vSwitchId not supported.',
  );
}
