import type { JsonSchema } from './json-schema';
import { SECRET_SCHEMA } from './notify-schema';

/** What is done to the instances of a group when they are ready; the check says more about each. */
export const FOLLOW_UPS_SCHEMA: JsonSchema = {
  type: 'object',
  description: 'What is done to each instance once it is ready.',
  additionalProperties: false,
  anyOf: [{ required: ['passwordFrom'] }, { required: ['securityIps'] }, { required: ['tags'] }],
  dependentRequired: { allowAnywhere: ['securityIps'] },
  properties: {
    passwordFrom: SECRET_SCHEMA,
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
    tags: {
      type: 'object',
      description: 'Tags by key, beside those of the batch.',
      additionalProperties: { type: 'string' },
    },
  },
};
