import { PING_TRANSPORTS } from '../../domain/check-follow-ups';
import {
  CLOCK_TIME_RULE,
  MAINTENANCE_SHAPE,
  PARAMETER_NAME_RULE,
  PARAMETER_VALUE_RULE,
} from '../../domain/check-instance-settings';
import { CLOUD_TEXT_RULE } from '../../domain/check-texts';
import { FOLLOW_UP_KEYS } from '../../domain/follow-ups';
import { LIMITS } from '../../domain/limits';
import { fromChoice, fromShape, fromTextRule } from './json-schema';
import type { JsonSchema } from './json-schema';
import { SECRET_SCHEMA } from './notify-schema';

const MAINTENANCE_SCHEMA = fromShape(
  MAINTENANCE_SHAPE,
  {
    start: fromTextRule(CLOCK_TIME_RULE, { examples: ['18:00Z'] }),
    end: fromTextRule(CLOCK_TIME_RULE, {
      description: `At least ${LIMITS.maintenanceMinMinutes} minutes after start.`,
      examples: ['22:00Z'],
    }),
  },
  { description: 'When the cloud may work on the instance, in UTC.' },
);

/** What is done to the instances of a group when they are ready; the check says more about each. */
export const FOLLOW_UPS_SCHEMA: JsonSchema = {
  type: 'object',
  description: 'What is done to each instance once it is ready.',
  additionalProperties: false,
  anyOf: FOLLOW_UP_KEYS.map((key) => ({ required: [key] })),
  dependentRequired: { allowAnywhere: ['securityIps'] },
  properties: {
    passwordFrom: SECRET_SCHEMA,
    parameters: {
      type: 'object',
      description: 'Engine parameters by name; values are texts.',
      examples: [{ 'maxmemory-policy': 'allkeys-lru', timeout: '300' }],
      minProperties: 1,
      maxProperties: LIMITS.parametersMax,
      propertyNames: { pattern: PARAMETER_NAME_RULE.pattern.source },
      additionalProperties: fromTextRule(PARAMETER_VALUE_RULE, {}),
    },
    maintenanceWindow: MAINTENANCE_SCHEMA,
    resourceGroupId: fromTextRule(CLOUD_TEXT_RULE, {
      description: 'Resource group to move to; to order into one, write it in the spec.',
    }),
    tags: {
      type: 'object',
      description: 'Tags by key, beside those of the batch.',
      additionalProperties: { type: 'string' },
    },
    releaseProtection: {
      const: true,
      description: 'Lets nobody delete the instance, until somebody lifts it. PostPaid only.',
    },
    securityIps: {
      type: 'array',
      description: 'IPv4 addresses and blocks that may connect, such as 10.0.0.0/8.',
      minItems: 1,
      uniqueItems: true,
      items: { type: 'string', pattern: '^[0-9.]+(?:/[0-9]{1,2})?$' },
    },
    allowAnywhere: {
      type: 'boolean',
      description: 'Whether securityIps may hold what admits everybody.',
    },
    ping: fromChoice(PING_TRANSPORTS, {
      description: 'Ready only when it answers a PING of the worker, which needs a way to it.',
    }),
  },
};
