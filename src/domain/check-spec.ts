import { type InstanceSpec, REQUEST_DEFAULTS } from './batch-request';
import { type CheckPlace, ObjectReader, type ObjectShape, toOptional } from './check-object';
import { CLOUD_TEXT_RULE, FREE_TEXT_RULE } from './check-texts';
import { LIMITS, PERIODS_MONTHS } from './limits';

/** Keys of a spec. */
export const SPEC_SHAPE: ObjectShape = {
  required: {},
  optional: [
    'instanceClass',
    'capacityMb',
    'engine',
    'engineVersion',
    'chargeType',
    'periodMonths',
    'autoPay',
    'autoRenew',
    'nodeType',
    'resourceGroupId',
    'couponNo',
    'businessInfo',
    'sourceInstanceId',
    'backupId',
    'rebuildInstance',
  ],
  refused: {
    password: 'is never part of a request; set the password when the instance is ready.',
  },
};

/** Engines that a spec may name. */
export const ENGINES = ['Redis', 'Memcache'] as const;
/** Versions that a spec may name. */
export const ENGINE_VERSIONS = ['2.8', '4.0', '5.0'] as const;
/** Charge types that a spec may name. */
export const CHARGE_TYPES = ['PostPaid', 'PrePaid'] as const;
/** Node types that a spec may name. */
export const NODE_TYPES = ['MASTER_SLAVE', 'STAND_ALONE'] as const;

/**
 * Checks the spec of a group and fills in its defaults. What belongs together and what excludes each
 * other follows the CreateInstances page, 2025-03-27.
 */
export function checkSpec(value: unknown, place: CheckPlace): InstanceSpec {
  const reader = new ObjectReader(value, SPEC_SHAPE, place);
  if (reader.isObject) checkRules(reader);
  return {
    ...readSize(reader),
    engine: reader.choice('engine', ENGINES) ?? REQUEST_DEFAULTS.engine,
    engineVersion: checkEngineVersion(reader),
    chargeType: reader.choice('chargeType', CHARGE_TYPES) ?? REQUEST_DEFAULTS.chargeType,
    ...toOptional('periodMonths', checkPeriod(reader)),
    // Counts for PrePaid only, which must write it; for PostPaid what the service takes by default.
    autoPay: reader.flag('autoPay') ?? true,
    autoRenew: reader.flag('autoRenew') ?? false,
    nodeType: reader.choice('nodeType', NODE_TYPES) ?? REQUEST_DEFAULTS.nodeType,
    ...toOptional('resourceGroupId', reader.text('resourceGroupId', CLOUD_TEXT_RULE)),
    ...toOptional('couponNo', reader.text('couponNo', CLOUD_TEXT_RULE)),
    ...toOptional('businessInfo', reader.text('businessInfo', FREE_TEXT_RULE)),
    ...toOptional('sourceInstanceId', reader.text('sourceInstanceId', CLOUD_TEXT_RULE)),
    ...toOptional('backupId', reader.text('backupId', CLOUD_TEXT_RULE)),
    rebuildInstance: reader.flag('rebuildInstance') ?? false,
  };
}

function checkRules(reader: ObjectReader): void {
  checkSize(reader);
  checkSource(reader);
  const chargeType = reader.raw('chargeType') ?? REQUEST_DEFAULTS.chargeType;
  if (chargeType === 'PrePaid') requirePrepaidKeys(reader);
  if (chargeType === 'PostPaid') refusePrepaidKeys(reader);
}

function readSize(reader: ObjectReader): Pick<InstanceSpec, 'instanceClass' | 'capacityMb'> {
  return {
    ...toOptional('instanceClass', reader.text('instanceClass', CLOUD_TEXT_RULE)),
    ...toOptional(
      'capacityMb',
      reader.integer('capacityMb', { min: 1, max: LIMITS.capacityMaxMb }),
    ),
  };
}

/** One of class and capacity, since the page leaves open which one wins. */
function checkSize(reader: ObjectReader): void {
  const hasClass = reader.has('instanceClass');
  const hasCapacity = reader.has('capacityMb');
  if (hasClass && hasCapacity) {
    reader.report('capacityMb', 'conflict', 'cannot go with instanceClass; keep one of the two.');
  }
  if (!hasClass && !hasCapacity) {
    const example = 'a class such as redis.master.small.default, or capacityMb instead.';
    reader.report('instanceClass', 'missing', `is missing; write ${example}`);
  }
}

function checkSource(reader: ObjectReader): void {
  const isRebuilt = reader.raw('rebuildInstance') === true;
  const hasBackup = reader.has('backupId');
  if (reader.has('sourceInstanceId')) {
    if (isRebuilt || hasBackup) return;
    const use = 'also needs backupId, or rebuildInstance: true; alone it has no effect.';
    reader.report('sourceInstanceId', 'conflict', use);
  } else if (isRebuilt || hasBackup) {
    const key = isRebuilt ? 'rebuildInstance' : 'backupId';
    reader.report('sourceInstanceId', 'missing', `is missing; ${key} needs the source instance.`);
  }
}

function requirePrepaidKeys(reader: ObjectReader): void {
  if (!reader.has('periodMonths')) {
    const months = PERIODS_MONTHS.join(', ');
    reader.report('periodMonths', 'missing', `is missing; PrePaid needs one of ${months}.`);
  }
  if (!reader.has('autoPay')) {
    const choice = 'true pays the order at once, false leaves it to be paid in the console';
    reader.report('autoPay', 'missing', `is missing; PrePaid must say it: ${choice}.`);
  }
}

function refusePrepaidKeys(reader: ObjectReader): void {
  for (const key of ['periodMonths', 'autoRenew', 'couponNo']) {
    if (!reader.has(key)) continue;
    reader.report(key, 'conflict', 'goes only with chargeType: PrePaid; remove it or change that.');
  }
}

function checkPeriod(reader: ObjectReader): number | undefined {
  const months = reader.integer('periodMonths', { min: 1, max: PERIODS_MONTHS.at(-1)! });
  if (months === undefined || PERIODS_MONTHS.some((allowed) => allowed === months)) return months;
  const allowed = PERIODS_MONTHS.join(', ');
  return reader.report('periodMonths', 'not-allowed', `must be one of ${allowed}, not ${months}.`);
}

/** YAML reads `5.0` as the number 5, so the usual slip gets its cure. */
function checkEngineVersion(reader: ObjectReader): InstanceSpec['engineVersion'] {
  const value = reader.raw('engineVersion');
  const meant = typeof value === 'number' ? value.toFixed(1) : undefined;
  const version = ENGINE_VERSIONS.find((candidate) => candidate === meant);
  if (version === undefined) {
    return reader.choice('engineVersion', ENGINE_VERSIONS) ?? REQUEST_DEFAULTS.engineVersion;
  }
  reader.report('engineVersion', 'wrong-type', `must be text; write it in quotes: "${version}".`);
  return version;
}
