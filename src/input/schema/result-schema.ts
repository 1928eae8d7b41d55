import type { GroupPrice } from '../../domain/batch-price';
import type { FrozenPlan } from '../../domain/frozen-plan';
import { INLINE_INSTANCES_MAX, RESULT_ROWS_MAX } from '../../domain/result';
import type {
  OmittedRows,
  Orphan,
  Outcome,
  ResultCounts,
  ResultDocument,
  ResultInstance,
} from '../../domain/result';
import { LOG_SCHEMA, PARKED_SCHEMA, toCount, toCountMap, toText } from './counts-schema';
import { toList, toWrittenObject } from './json-schema';
import type { JsonSchema } from './json-schema';

const OUTCOMES = {
  succeeded: true,
  partial: true,
  failed: true,
  cancelled: true,
} satisfies Record<Outcome, true>;

const COUNTS_SCHEMA = toWrittenObject(
  {
    slots: toCount('Asked for.'),
    ready: toCount('Ready.'),
    failed: toCount('Bought, and not ready; listed with their status.'),
    parked: toCount('Not bought: waited for a person until the end.'),
    skipped: toCount('Not bought: given up on purpose.'),
    released: toCount('Bought and given back.'),
    orphans: toCount("Bear the batch's name and belong to no slot."),
    gone: toCount('Of the failed, those that somebody found gone after the end.'),
  } satisfies Record<keyof ResultCounts, JsonSchema>,
  { optional: ['gone'] },
);

const INSTANCE_PROPERTIES = {
  slot: toCount('Slot within its group, from 0.'),
  group: toText('Group.'),
  id: toText('Instance id.'),
  name: toText('Instance name, shared by the instances of a chunk.'),
  region: toText('Region.'),
  zone: toText('Zone.'),
  state: toText(
    '`ready`, or why it is not: the raw status, `notReadyInTime`, `missing` or `gone`.',
  ),
  endpoint: toText('Host and port for clients.'),
} satisfies Record<keyof ResultInstance, JsonSchema>;

/** One line of the list of instances (NDJSON). */
export const INSTANCE_SCHEMA = toWrittenObject(INSTANCE_PROPERTIES, { optional: ['endpoint'] });

const ORPHAN_SCHEMA = toWrittenObject({
  id: toText('Instance id.'),
  name: toText('Instance name.'),
  region: toText('Region.'),
  status: toText('Raw status.'),
} satisfies Record<keyof Orphan, JsonSchema>);

const FROZEN_SCHEMA = toWrittenObject(
  {
    installationId: toText('Installation.'),
    account: toText('Account.'),
    chunkSlots: toCount('Slots of a chunk.'),
    shardSlots: toCount('Slots of a shard.'),
    naming: { const: 'shared' },
    requestHash: toText('Hash of the checked request.'),
  } satisfies Record<keyof FrozenPlan, JsonSchema>,
  { description: 'What is fixed for this batch id for ever.' },
);

const GROUP_SCHEMA = toWrittenObject(
  {
    name: toText('Group.'),
    slots: toCount('Asked for.'),
    ready: toCount('Ready.'),
    failed: toCount('Bought, and not ready.'),
    gone: toCount('Of the failed, those that somebody found gone after the end.'),
  },
  { optional: ['gone'] },
);

const PRICE_SCHEMA = toWrittenObject({
  group: toText('Group.'),
  chargeType: { enum: ['PostPaid', 'PrePaid'] },
  each: toText('By the hour for PostPaid, for the whole period for PrePaid.'),
} satisfies Record<keyof GroupPrice, JsonSchema>);

const OMITTED_SCHEMA = toWrittenObject(
  {
    orphans: toCount('`tairfleet reconcile` lists all of them.'),
    missing: toCount('In the list of instances all have the state `missing`.'),
    orderIds: toCount('The console lists them under billing.'),
  } satisfies Record<keyof OmittedRows, JsonSchema>,
  { description: `Rows that these lists lack: each has at most ${RESULT_ROWS_MAX}.` },
);

const PROPERTIES = {
  schema: { const: 'tairfleet/result/v1' },
  batchId: toText('Batch id.'),
  generation: toCount('Completed runs of this batch id before this one.'),
  account: toText('Account.'),
  tenant: toText('Tenant.'),
  outcome: { enum: Object.keys(OUTCOMES) },
  counts: COUNTS_SCHEMA,
  apiCalls: toCountMap('Calls to the cloud by action.'),
  retries: toCountMap('Retries of create calls by error class.'),
  startedAt: toText('ISO 8601, UTC.'),
  finishedAt: toText('ISO 8601, UTC.'),
  groups: toList(GROUP_SCHEMA, 'The counts by group.'),
  parked: PARKED_SCHEMA,
  orphans: toList(ORPHAN_SCHEMA, 'Instances that no slot owns: look before you release them.'),
  missing: toList({ type: 'string' }, 'Ids that were bought and are no longer found.'),
  orderIds: toList({ type: 'string' }, "The service's order ids."),
  omitted: OMITTED_SCHEMA,
  log: LOG_SCHEMA,
  instances: toList(INSTANCE_SCHEMA, `All instances, up to ${INLINE_INSTANCES_MAX} slots.`),
  instancesUrl: toText('Where the list of instances lies (NDJSON), for larger batches.'),
  firstRunId: toText('First run of this execution.'),
  revision: toCount('0, or the how-manieth revision of this document.'),
  prices: toList(
    PRICE_SCHEMA,
    'What one instance costs at most, where its tenant has a cap on it.',
  ),
  frozen: FROZEN_SCHEMA,
} satisfies Record<keyof ResultDocument, JsonSchema>;

/** The final document of a batch. */
export const RESULT_SCHEMA = toWrittenObject(PROPERTIES, {
  optional: ['instances', 'instancesUrl', 'prices', 'omitted'],
});
