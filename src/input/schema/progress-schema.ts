import type { PendingApproval } from '../../domain/approval';
import type { CallDelays } from '../../domain/call-delays';
import type { BatchPhase, BatchProgress, GateView, SlotCounts } from '../../domain/progress';
import { LOG_SCHEMA, PARKED_SCHEMA, toCount, toMoment, toText } from './counts-schema';
import { toList, toWrittenObject } from './json-schema';
import type { JsonSchema } from './json-schema';

const PHASES = {
  starting: true,
  awaitingApproval: true,
  provisioning: true,
  paused: true,
  parked: true,
  auditing: true,
  finishing: true,
  releasing: true,
  done: true,
} satisfies Record<BatchPhase, true>;

const COUNT_PROPERTIES = {
  slots: toCount('Asked for; the sum of all states.'),
  planned: toCount('Not asked for yet, or waiting for the next send.'),
  creating: toCount('A create call is in flight, or its outcome is being settled.'),
  gated: toCount('Waiting for quota or capacity.'),
  starting: toCount('Bought, and not ready yet.'),
  ready: toCount('Ready.'),
  failed: toCount('Bought, and never ready, or not in time.'),
  parked: toCount('Waiting for a person.'),
  skipped: toCount('Given up on purpose; not bought.'),
} satisfies Record<keyof SlotCounts, JsonSchema>;

const COUNTS_SCHEMA = toWrittenObject(COUNT_PROPERTIES, { description: 'Slots by state.' });

const GATE_PROPERTIES = {
  cause: { enum: ['quota', 'capacity', 'halt'] },
  code: toText('The code of the refusal; `halted` when somebody halted new creates.'),
  sinceMs: toMoment('Since when it is closed'),
  nextProbeAtMs: {
    type: ['integer', 'null'],
    description: 'When the next call tries, in milliseconds since 1970; null while one does.',
  },
  probes: toCount('Calls that have tried since.'),
} satisfies Record<keyof GateView, JsonSchema>;

const APPROVAL_PROPERTIES = {
  plan: toText('Name of the plan, for the update `approve` or `reject`.'),
  instances: toCount('What it orders.'),
  price: {
    type: ['string', 'null'],
    description:
      'What it may cost in its first hour, such as `40.00 CNY`, or `unknown`; null when the request does not want its price approved.',
  },
  sinceMs: toMoment('Since when it waits'),
  untilMs: toMoment('When it counts as rejected'),
} satisfies Record<keyof PendingApproval, JsonSchema>;

const DELAY_PROPERTIES = {
  throttled: toCount('Calls that the service has throttled; each is sent again.'),
  waitedMs: toCount(
    'How long calls have waited for their turn and to be sent again, in milliseconds; the sum over all calls.',
  ),
} satisfies Record<keyof CallDelays, JsonSchema>;

const PROPERTIES = {
  schema: { const: 'tairfleet/progress/v1' },
  batchId: toText('Batch id.'),
  tenant: toText('Tenant.'),
  account: { type: ['string', 'null'], description: 'Account; null until it is known.' },
  generation: toCount('Completed runs of this batch id before this one.'),
  phase: { enum: Object.keys(PHASES) },
  needsOperator: { type: 'boolean', description: 'Whether it waits for a person.' },
  counts: COUNTS_SCHEMA,
  groups: toList(
    toWrittenObject({ name: toText('Group.'), counts: COUNTS_SCHEMA }),
    'The same by group.',
  ),
  gate: {
    description: 'The closed gate, if there is one.',
    anyOf: [toWrittenObject(GATE_PROPERTIES), { type: 'null' }],
  },
  hold: {
    type: ['string', 'null'],
    description: 'Why no new calls are made at all: an account problem, or a pause.',
  },
  holdCode: {
    type: ['string', 'null'],
    description: 'Code of the account problem that it is held for; null otherwise.',
  },
  holdSinceMs: {
    type: ['integer', 'null'],
    description: 'Since when it is held or paused, ms since the epoch; null when it is not.',
  },
  parked: PARKED_SCHEMA,
  approval: {
    description: 'What has to be approved before anything is bought; null when nothing has.',
    anyOf: [toWrittenObject(APPROVAL_PROPERTIES), { type: 'null' }],
  },
  delays: toWrittenObject(DELAY_PROPERTIES, {
    description:
      'What throttling and the rate limit have cost the create attempts that have ended; absent for a run that an older version began.',
  }),
  auditUntilMs: toMoment(
    'Until when the closing audit waits for instances that may show up late; absent while it does not',
  ),
  startedAtMs: toMoment('When this run began'),
  deadlineAtMs: toMoment('When it ends with what it has'),
  log: LOG_SCHEMA,
} satisfies Record<keyof BatchProgress, JsonSchema>;

/** The answer of the query `progress`. */
export const PROGRESS_SCHEMA = toWrittenObject(PROPERTIES, {
  optional: ['delays', 'auditUntilMs'],
});
