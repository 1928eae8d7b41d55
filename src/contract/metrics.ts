/**
 * Every metric of ours: the one place for name, kind, unit, labels and meaning. docs/metrics.md is made
 * from it, and dashboards and alert rules may use nothing else. Names and labels are stable, and no label
 * names a batch, a tenant, a token or an instance: the number of series does not grow with use.
 */

/** Kinds of metrics, as Prometheus calls them. */
export type MetricKind = 'counter' | 'gauge' | 'histogram';

/** The program that has it. */
export type MetricProgram = 'worker' | 'serve';

/** One metric. */
export interface MetricDefinition {
  readonly kind: MetricKind;
  /** Of what is measured; null for a number of things. */
  readonly unit: 'seconds' | null;
  readonly labels: readonly MetricLabel[];
  readonly by: MetricProgram;
  /** A sentence. */
  readonly meaning: string;
  /** Upper bounds of a histogram's buckets, in its unit. */
  readonly buckets?: readonly number[];
}

/** Labels of our metrics, and what their values are. */
export const METRIC_LABELS = {
  account: 'name of the account in the configuration',
  action: 'call of the cloud, such as `CreateInstances`',
  error_class: 'class of [errors.md](errors.md); `none` for a call that went well',
  found_by: '`audit` at the end of a batch, or `sweep` after it',
  gate: '`quota`, `capacity` or `halt`',
  instance_class: 'such as `redis.master.small.default`; `by-capacity` where the order names none',
  method: 'of HTTP',
  outcome: 'how it ended',
  region: 'such as `cn-hangzhou`',
  route:
    'pattern of the address, such as `/v1/batches/{batchId}`; `none` for an address without one',
  status: 'raw status of the instance, `notVisible` or `notReadyInTime`; of HTTP: the status code',
} as const;

/** Name of a label. */
export type MetricLabel = keyof typeof METRIC_LABELS;

/** Seconds of a call: from what is near to the longest timeout. */
const CALL_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
/** Seconds until an instance is ready: some take two minutes, some half an hour. */
const READY_BUCKETS = [10, 30, 60, 120, 180, 300, 450, 600, 900, 1_800, 3_600];
/** Seconds of what waits for others: a minute to a day. */
const WAIT_BUCKETS = [10, 60, 300, 900, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400];
/** Seconds of a request that Temporal answers. */
const REQUEST_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Every metric, by the name that the code uses; {@link toExposedName} is what Prometheus sees. */
export const METRICS = {
  tairfleet_batches_admitted: {
    ...{ kind: 'counter', unit: null, labels: [], by: 'worker' },
    meaning: 'Batches that were let in.',
  },
  tairfleet_batches_refused: {
    ...{ kind: 'counter', unit: null, labels: ['error_class'], by: 'worker' },
    meaning: 'Batches that were refused at their door, before anything was sent.',
  },
  tairfleet_batches_open: {
    ...{ kind: 'gauge', unit: null, labels: [], by: 'worker' },
    meaning: 'Batches that have not ended, as Temporal lists them; the same in every worker.',
  },
  tairfleet_batches_needing_operator: {
    ...{ kind: 'gauge', unit: null, labels: [], by: 'worker' },
    meaning:
      'Open batches and sweeps that wait for a person; the same in every worker, and absent where search attributes are off.',
  },
  tairfleet_batch_duration: {
    ...{ kind: 'histogram', unit: 'seconds', labels: ['outcome'], by: 'worker' },
    meaning: 'From the start of a batch to its result; its count is that of the finished batches.',
    buckets: WAIT_BUCKETS,
  },
  tairfleet_instances_owned: {
    ...{ kind: 'counter', unit: null, labels: ['region', 'instance_class'], by: 'worker' },
    meaning: 'Instances that came to belong to a slot, bought or adopted, in each run of a batch.',
  },
  tairfleet_instance_ready: {
    ...{ kind: 'histogram', unit: 'seconds', labels: ['region', 'instance_class'], by: 'worker' },
    meaning:
      'From an order to the look that saw its instance ready; its count is that of the ready ones.',
    buckets: READY_BUCKETS,
  },
  tairfleet_instances_failed: {
    ...{ kind: 'counter', unit: null, labels: ['region', 'status'], by: 'worker' },
    meaning: 'Instances that were given up while they were waited for.',
  },
  tairfleet_orphans_found: {
    ...{ kind: 'counter', unit: null, labels: ['found_by'], by: 'worker' },
    meaning: 'Instances with the name of a batch that no slot owns.',
  },
  tairfleet_create_answers: {
    ...{ kind: 'counter', unit: null, labels: ['region', 'instance_class', 'error_class'] },
    by: 'worker',
    meaning: 'Answers to create calls, and calls that were not sent.',
  },
  tairfleet_settles: {
    ...{ kind: 'counter', unit: null, labels: ['region'], by: 'worker' },
    meaning: 'Doubts: times that it had to be found out what a call had bought.',
  },
  tairfleet_gate_closings: {
    ...{ kind: 'counter', unit: null, labels: ['gate', 'region'], by: 'worker' },
    meaning: 'Gates that closed.',
  },
  tairfleet_gate_closed: {
    ...{ kind: 'histogram', unit: 'seconds', labels: ['gate', 'region'], by: 'worker' },
    meaning: 'How long a gate had been closed when it opened.',
    buckets: WAIT_BUCKETS,
  },
  tairfleet_cloud_calls: {
    ...{ kind: 'counter', unit: null, labels: ['account', 'region', 'action', 'error_class'] },
    by: 'worker',
    meaning: 'Requests that were sent to the cloud, by what came of them.',
  },
  tairfleet_cloud_call_duration: {
    ...{ kind: 'histogram', unit: 'seconds', labels: ['region', 'action'], by: 'worker' },
    meaning: 'From the send of a request to its answer or its timeout.',
    buckets: CALL_BUCKETS,
  },
  tairfleet_cloud_unlisted_codes: {
    ...{ kind: 'counter', unit: null, labels: ['region', 'action'], by: 'worker' },
    meaning: 'Answers with a code that [errors.md](errors.md) does not list.',
  },
  tairfleet_webhook_tries: {
    ...{ kind: 'counter', unit: null, labels: ['outcome'], by: 'worker' },
    meaning: 'Tries to deliver an event: `delivered`, `gone`, or why not.',
  },
  tairfleet_http_request_duration: {
    ...{ kind: 'histogram', unit: 'seconds', labels: ['method', 'route', 'status'], by: 'serve' },
    meaning: 'From a request to the end of its answer; its count is that of the requests.',
    buckets: REQUEST_BUCKETS,
  },
} as const satisfies Readonly<Record<string, MetricDefinition>>;

/** Name of a metric, as the code has it. */
export type MetricName = keyof typeof METRICS;

/** Metrics of the Temporal SDK that our dashboard and rules use; all others are there as well. */
export const TEMPORAL_METRICS = [
  'temporal_workflow_task_execution_failed_total',
  'temporal_workflow_task_schedule_to_start_latency_seconds',
  'temporal_activity_schedule_to_start_latency_seconds',
  'temporal_worker_task_slots_available',
  'temporal_request_failure_total',
] as const;

/** The name that Prometheus sees, such as `tairfleet_settles_total`. */
export function toExposedName(name: MetricName): string {
  const { kind, unit }: MetricDefinition = METRICS[name];
  const base = unit === null ? name : `${name}_${unit}`;
  return kind === 'counter' ? `${base}_total` : base;
}
