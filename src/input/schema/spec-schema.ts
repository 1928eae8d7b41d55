import { REQUEST_DEFAULTS } from '../../domain/batch-request';
import {
  CHARGE_TYPES,
  ENGINES,
  ENGINE_VERSIONS,
  NODE_TYPES,
  SPEC_SHAPE,
} from '../../domain/check-spec';
import { CLOUD_TEXT_RULE, FREE_TEXT_RULE } from '../../domain/check-texts';
import { LIMITS, PERIODS_MONTHS } from '../../domain/limits';
import { fromChoice, fromIntegerRule, fromShape, fromTextRule } from './json-schema';
import type { JsonSchema } from './json-schema';

const PREPAID_KEYS = ['periodMonths', 'autoRenew', 'couponNo'];

/** What each key of a spec may be. */
const PROPERTIES: Readonly<Record<string, JsonSchema>> = {
  instanceClass: fromTextRule(CLOUD_TEXT_RULE, {
    description: 'Class of every instance; this or capacityMb.',
    examples: ['redis.master.small.default', 'redis.logic.sharding.1g.2db.0rodb.4proxy.default'],
  }),
  capacityMb: fromIntegerRule(
    { min: 1, max: LIMITS.capacityMaxMb },
    { description: 'Size in MB instead of a class.' },
  ),
  engine: fromChoice(ENGINES, { default: REQUEST_DEFAULTS.engine }),
  engineVersion: fromChoice(ENGINE_VERSIONS, {
    description: 'In quotes, since YAML reads 5.0 as the number 5.',
    default: REQUEST_DEFAULTS.engineVersion,
  }),
  chargeType: fromChoice(CHARGE_TYPES, {
    description: 'PostPaid is paid by the hour; PrePaid for months, and cannot be given back.',
    default: REQUEST_DEFAULTS.chargeType,
  }),
  periodMonths: fromChoice(PERIODS_MONTHS, { description: 'Months of a PrePaid order.' }),
  autoPay: {
    type: 'boolean',
    description:
      'PrePaid must write it: true pays the order at once, false leaves it to be paid in the console.',
  },
  autoRenew: { type: 'boolean', description: 'PrePaid only: renews, and pays, at the end.' },
  nodeType: fromChoice(NODE_TYPES, { default: REQUEST_DEFAULTS.nodeType }),
  resourceGroupId: fromTextRule(CLOUD_TEXT_RULE, { description: 'Resource group.' }),
  couponNo: fromTextRule(CLOUD_TEXT_RULE, { description: 'Coupon of a PrePaid order.' }),
  businessInfo: fromTextRule(FREE_TEXT_RULE, { description: 'Passed on as it is.' }),
  sourceInstanceId: fromTextRule(CLOUD_TEXT_RULE, {
    description: 'Instance whose backup is restored, or that is rebuilt from the recycle bin.',
  }),
  backupId: fromTextRule(CLOUD_TEXT_RULE, {
    description: 'Backup that every instance starts with.',
  }),
  rebuildInstance: {
    type: 'boolean',
    description: 'Rebuilds a released instance from the recycle bin.',
  },
};

/** The spec of a group; what belongs together follows the domain's check. */
export const SPEC_SCHEMA = fromShape(SPEC_SHAPE, PROPERTIES, {
  description: 'What each instance is.',
  oneOf: [{ required: ['instanceClass'] }, { required: ['capacityMb'] }],
  allOf: [
    {
      if: { required: ['chargeType'], properties: { chargeType: { const: 'PrePaid' } } },
      then: { required: ['periodMonths', 'autoPay'] },
      else: { properties: Object.fromEntries(PREPAID_KEYS.map((key) => [key, false])) },
    },
    {
      if: {
        anyOf: [
          { required: ['backupId'] },
          { required: ['rebuildInstance'], properties: { rebuildInstance: { const: true } } },
        ],
      },
      then: { required: ['sourceInstanceId'] },
      else: { properties: { sourceInstanceId: false } },
    },
  ],
});
