import { API_VERSION, REQUEST_DEFAULTS } from '../../domain/batch-request';
import { REQUEST_SHAPE } from '../../domain/check-batch-request';
import { GROUP_SHAPE, PLACEMENT_SHAPE, PLACEMENT_POLICIES } from '../../domain/check-group';
import { POLICY_SHAPE } from '../../domain/check-policy';
import { CLOUD_TEXT_RULE, GROUP_NAME_RULE, ID_RULE } from '../../domain/check-texts';
import { LIMITS } from '../../domain/limits';
import { PRICE_RULE } from '../../domain/price';
import { toDurationSchema } from './duration-schema';
import { FOLLOW_UPS_SCHEMA } from './follow-ups-schema';
import { fromIntegerRule, fromShape, fromTextRule } from './json-schema';
import type { JsonSchema } from './json-schema';
import { NOTIFY_SCHEMA } from './notify-schema';
import { SPEC_SCHEMA } from './spec-schema';

const PERCENT_PATTERN = '^0*(?:100(?:\\.0\\d*)?|\\d{1,2}(?:\\.\\d+)?) ?%$';

const PLACEMENT_SCHEMA = fromShape(
  PLACEMENT_SHAPE,
  {
    region: fromTextRule(CLOUD_TEXT_RULE, {
      description: 'The same for all placements of a group.',
      examples: ['cn-hangzhou'],
    }),
    zone: fromTextRule(CLOUD_TEXT_RULE, { examples: ['cn-hangzhou-h'] }),
    vpcId: fromTextRule(CLOUD_TEXT_RULE, { description: 'A VPC of the region.' }),
    vSwitchId: fromTextRule(CLOUD_TEXT_RULE, { description: 'A vSwitch of the zone.' }),
    instanceClass: fromTextRule(CLOUD_TEXT_RULE, {
      description: "Instead of the spec's class, when the zone has another one.",
    }),
    maxPrice: toPriceSchema(
      "What one instance may cost here; the group's maxPrice when left out. One that costs more, or whose price is not known, is not bought here.",
    ),
  },
  { description: 'Where instances may go.' },
);

const GROUP_SCHEMA = fromShape(
  GROUP_SHAPE,
  {
    name: fromTextRule(GROUP_NAME_RULE, {
      description: "Start of every instance's name; unique in the batch.",
    }),
    count: fromIntegerRule(
      { min: 1, max: LIMITS.slotsMax },
      { description: 'How many instances.' },
    ),
    spec: SPEC_SCHEMA,
    placements: {
      type: 'array',
      description: 'Best first: the next one is used when a zone is sold out.',
      minItems: 1,
      maxItems: LIMITS.placementsMax,
      items: PLACEMENT_SCHEMA,
    },
    placementPolicy: {
      enum: [...PLACEMENT_POLICIES],
      default: 'ranked',
      description:
        'ranked: all instances begin with the first placement. spread: as many begin with each of them.',
    },
    maxPrice: toPriceSchema(
      'What one instance may cost, by the hour for PostPaid and for its period for PrePaid. A placement that costs more, or whose price is not known, is not used.',
    ),
    followUps: FOLLOW_UPS_SCHEMA,
  },
  {
    description: 'Instances that share one spec.',
    if: { properties: { spec: { required: ['capacityMb'] } } },
    then: {
      properties: { placements: { items: { properties: { instanceClass: false } } } },
    },
  },
);

const POLICY_SCHEMA = fromShape(
  POLICY_SHAPE,
  {
    minReady: {
      description: 'Share of instances that must be ready for the outcome `succeeded`.',
      default: '100%',
      examples: ['100%', '99.5%', 0.95],
      anyOf: [
        { type: 'string', pattern: PERCENT_PATTERN },
        { type: 'number', minimum: 0, maximum: 1 },
      ],
    },
    readyDeadline: toDurationSchema('Longest wait for one instance, from its creation.', {
      maxMs: LIMITS.readyDeadlineMaxMs,
      examples: ['30m', '1h'],
    }),
    deadline: toDurationSchema('Longest life of the batch; then it completes with what it has.', {
      maxMs: LIMITS.deadlineMaxMs,
      examples: ['24h', '7d'],
    }),
    replaceFailed: fromIntegerRule(
      { min: 0, max: LIMITS.replacementsMax },
      {
        description:
          'How often a slot is bought again whose instance has ended in Error. The failed instance ' +
          'stays, and stands in the result under orphans.',
        default: 0,
      },
    ),
    approvalAbove: fromIntegerRule(
      { min: 0, max: LIMITS.slotsMax },
      { description: 'A batch of more instances waits for an approval before it buys.' },
    ),
    approvalAbovePrice: toPriceSchema(
      'A batch that may cost more waits for an approval before it buys: an hour of its PostPaid instances and the whole period of its PrePaid ones, each in its dearest placement. So does one whose price is not known.',
    ),
    approvalDeadline: toDurationSchema('How long it waits before that counts as a rejection.', {
      maxMs: LIMITS.deadlineMaxMs,
      examples: ['24h'],
    }),
    onShortfall: {
      enum: ['keep', 'release'],
      default: 'keep',
      description:
        'What becomes of what was bought when fewer than minReady are ready at the end. PrePaid stays.',
    },
    onCancel: {
      enum: ['keep', 'release'],
      default: 'keep',
      description: 'What becomes of what was bought when the batch is cancelled. PrePaid stays.',
    },
  },
  { description: 'What counts as success, and how long to go on.' },
);

/** Schema of each key of a request. */
export const REQUEST_PROPERTIES: Readonly<Record<string, JsonSchema>> = {
  apiVersion: { const: API_VERSION },
  batchId: fromTextRule(ID_RULE, {
    description:
      'Names this order for ever: submitting it again finds the same batch and never buys twice.',
    examples: ['sessions-2026-11'],
  }),
  account: fromTextRule(ID_RULE, { description: "One of the worker's accounts." }),
  tenant: fromTextRule(ID_RULE, {
    description: 'For whom it is.',
    default: REQUEST_DEFAULTS.tenant,
  }),
  groups: {
    type: 'array',
    description: 'What is ordered.',
    minItems: 1,
    maxItems: LIMITS.groupsMax,
    items: GROUP_SCHEMA,
  },
  policy: POLICY_SCHEMA,
  notify: NOTIFY_SCHEMA,
};

/** The batch request as people submit it, as far as a JSON Schema can say it. */
export const REQUEST_SCHEMA: JsonSchema = fromShape(
  { ...REQUEST_SHAPE, ...withBatchId() },
  REQUEST_PROPERTIES,
);

/** The check itself takes a missing batch id from elsewhere; a file has to name it. */
function withBatchId(): Pick<typeof REQUEST_SHAPE, 'required' | 'optional'> {
  const { apiVersion = '', groups = '', ...others } = REQUEST_SHAPE.required;
  return {
    required: { apiVersion, batchId: '', groups, ...others },
    optional: REQUEST_SHAPE.optional.filter((key) => key !== 'batchId'),
  };
}

function toPriceSchema(description: string): JsonSchema {
  return fromTextRule(PRICE_RULE, { description, examples: ['0.25 CNY'] });
}
