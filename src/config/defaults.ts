import { SETTLE_DEFAULTS } from '../domain/settle-time';
import type { Config } from './config';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** The configuration of a worker that was told nothing. */
export const CONFIG_DEFAULTS: Config = {
  installationId: 'default',
  accounts: {
    /** The variables that the cloud's own tools read. */
    default: {
      accessKeyIdEnv: 'ALIBABA_CLOUD_ACCESS_KEY_ID',
      accessKeySecretEnv: 'ALIBABA_CLOUD_ACCESS_KEY_SECRET',
      securityTokenEnv: 'ALIBABA_CLOUD_SECURITY_TOKEN',
      credentials: 'env',
    },
  },
  cloud: {
    /** A signature protects a call from change, and not what it says from being read. */
    allowPlainHttp: false,
    /** Creates of 90 instances take long, and giving up early makes their outcome ambiguous. */
    callTimeoutMs: 60 * SECOND_MS,
    ratePerSecond: {
      /** Gentle enough for an account that others use too; it climbs by itself. */
      start: 20,
      /** CreateInstances: 200 calls a second by region and account (its page, 2025-03-27). */
      max: 200,
    },
    compareClass: true,
  },
  safety: {
    /** S, with all its reasons. */
    ...SETTLE_DEFAULTS,
    /** What is late by minutes, and what is late by the service's own bad day. */
    sweepAfter: ['1h', '24h'],
  },
  lookUpBeforeCreate: 'auto',
  plan: {
    /** Three look-ups of 30 ids each; the page allows 300 instances a call. */
    chunkSlots: 90,
    /** History of one shard stays far below what Temporal allows. */
    shardSlots: 5_000,
  },
  tuning: {
    /** Temporal lets a workflow have at most 50 activities in flight. */
    chunksInFlight: 20,
    /** Enough calls in flight for any rate that the cloud allows. */
    shardsAtOnce: 5,
    /** Just below the 4,096 events at which the server suggests it. */
    continueAfterEvents: 4_000,
    /** About a minute of a passing fault before the slow way of settling. */
    transientRoundsMax: 5,
    /** A chunk whose answers are lost that often needs a person. */
    settleRoundsMax: 3,
    roundBackOffMinMs: 5 * SECOND_MS,
    roundBackOffMaxMs: MINUTE_MS,
    /** One probe a minute at first: a quota is raised by people. */
    gateBackOffMinMs: MINUTE_MS,
    /** At most 48 calls a day while nobody raises it. */
    gateBackOffMaxMs: 30 * MINUTE_MS,
    /** Stock comes back in minutes at the soonest; one call for each chunk would only tell it again. */
    soldOutMemoryMs: 5 * MINUTE_MS,
    /** Fifteen look-ups of 30 ids, or five chunks. */
    waveIds: 450,
    createBudgetMs: 15 * MINUTE_MS,
    /** Send window and one whole call, with time to report. */
    createAttemptMs: 150 * SECOND_MS,
    /** A worker that is silent this long has crashed; its attempt goes to another one. */
    heartbeatTimeoutMs: 20 * SECOND_MS,
    /** What mends itself within half a minute is no news. */
    attentionDelayMs: 30 * SECOND_MS,
    /** A receiver that is down for a night gets its events in the morning. */
    notifyForMs: 24 * 60 * MINUTE_MS,
    /** One call for each VPC of a batch; without its permission the batch goes on without. */
    isAddressCounted: true,
    isSearchable: true,
  },
  readiness: {
    /** The fastest pace that the cloud recommends (ECS guidance); it grows while nothing happens. */
    pollMinMs: SECOND_MS,
    pollMaxMs: 30 * SECOND_MS,
    windowMs: 5 * MINUTE_MS,
    /** Far above the longest visibility lag that was seen. */
    absentToleratedMs: 5 * MINUTE_MS,
  },
  guards: {
    /** One shard; whoever orders more should mean it. */
    slotsPerBatchMax: 5_000,
    /** A prepaid order is paid for months and cannot be given back. */
    prepaidAllowed: false,
    accountsByTenant: {},
    instancesMaxByTenant: {},
    spendMaxByTenant: {},
  },
  results: { folder: '.tairfleet/results' },
  webhooks: {
    /** Only the public network: a request must not reach what only a worker can. */
    privateNetworks: [],
    /** Receivers should take an event and work on it later. */
    timeoutMs: 15 * SECOND_MS,
  },
  secrets: {
    /** A request must not be able to name the worker's own keys. */
    envPrefixes: ['TAIRFLEET_SECRET_'],
    /** Where Docker and our Kubernetes examples mount secrets. */
    folders: ['/run/secrets'],
    /** No tenant may name the secrets of another. */
    byTenant: {},
  },
  worker: {
    shutdownGraceMs: 30 * SECOND_MS,
    /** The grace and an open create call with its report. */
    shutdownForceMs: 60 * SECOND_MS,
    /** A shard's workflow takes a few MB; the SDK's own default grows with the heap. */
    maxCachedWorkflows: 200,
    cloudSlots: 50,
    /** A wait is no more than a place in the shared poller; too few make ready instances wait. */
    waitSlots: 300,
    mainSlots: 50,
  },
  /** Off, and never beyond this host unless somebody says so. */
  health: { port: 0, host: '127.0.0.1' },
  metrics: { port: 0, host: '127.0.0.1' },
  server: {
    host: '127.0.0.1',
    port: 8080,
    authentication: 'required',
    jwt: { roleClaim: 'tairfleet_role', tenantsClaim: 'tairfleet_tenants' },
    /** Ten a second: a platform that follows some hundred batches by polling. */
    requestsPerMinute: 600,
    /** A request has at most 128 KiB of JSON, and YAML with its comments may be longer. */
    bodyBytesMax: 1024 * 1024,
    requestTimeoutMs: 30 * SECOND_MS,
    /** Each asks Temporal about once a second. */
    streamsMax: 100,
    shutdownGraceMs: 10 * SECOND_MS,
  },
  log: { level: 'info' },
};
