import { z } from 'zod';
import { PRICE_RULE } from '../domain/price';
import { isSweepTime } from './sweep-times';

/** Hours of the longest durations that make sense anywhere. */
const DAY_MS = 24 * 3_600_000;

const ms = (min: number, max: number = DAY_MS) => z.int().min(min).max(max);
const count = (min: number, max: number) => z.int().min(min).max(max);
const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, {
  error: 'must be 1 to 64 letters, digits, "_" or "-", and start with a letter or digit',
});
const endpoint = z.string().regex(/^https?:\/\/[^\s@]+$/i, {
  error: 'must be an http or https URL without a user name',
});

/** Upper case only, which no access key is: a pasted key must not pass for a name. */
const variable = z.string().regex(/^[A-Z_][A-Z0-9_]*$/, {
  error: 'must be the name of an environment variable in upper case, never the key itself',
});

const network = z.union([z.cidrv4(), z.cidrv6()], {
  error: 'must be a network such as 10.20.0.0/16',
});

const address = z.union([z.ipv4(), z.ipv6()], {
  error: 'must be an IP address such as 127.0.0.1',
});

const folder = z.string().regex(/^\/[^/]/, {
  error: 'must be an absolute path, and not the root',
});

const sweepTime = z.string().refine(isSweepTime, {
  error: 'must be durations from 1s to 30d, such as 1h, 24h; or never',
});

const price = z.string().regex(PRICE_RULE.pattern, { error: `must be ${PRICE_RULE.description}` });

const spendMax = z.strictObject({
  perHour: price.exactOptional(),
  prepaid: price.exactOptional(),
  assumedPerHour: price.exactOptional(),
  assumedPrepaid: price.exactOptional(),
});

const account = z.strictObject({
  accessKeyIdEnv: variable.default('ALIBABA_CLOUD_ACCESS_KEY_ID'),
  accessKeySecretEnv: variable.default('ALIBABA_CLOUD_ACCESS_KEY_SECRET'),
  securityTokenEnv: variable.exactOptional(),
  credentials: z.enum(['env', 'chain']).default('env'),
  endpoint: endpoint.exactOptional(),
  endpoints: z.record(z.string(), endpoint).exactOptional(),
});

const safety = z.strictObject({
  sendWindowMs: ms(100, 300_000),
  signatureValidityMs: ms(0),
  clockSkewMs: ms(0),
  commitLagMs: ms(0),
  visibilityLagMs: ms(0),
  tokenLifetimeMs: ms(0, 30 * DAY_MS),
  timerMarginMs: ms(0),
  /** An older look-up proves nothing about the moment of the send (rule R3). */
  lookUpFreshnessMs: ms(100, 10_000),
  /** Each look stays in the history of the sweep. */
  sweepAfter: z.array(sweepTime).max(5),
});

const tuning = z.strictObject({
  chunksInFlight: count(1, 50),
  shardsAtOnce: count(1, 40),
  continueAfterEvents: count(50, 40_000),
  transientRoundsMax: count(1, 100),
  settleRoundsMax: count(1, 100),
  roundBackOffMinMs: ms(10),
  roundBackOffMaxMs: ms(10),
  gateBackOffMinMs: ms(10),
  gateBackOffMaxMs: ms(10),
  soldOutMemoryMs: ms(0),
  waveIds: count(1, 3_000),
  createBudgetMs: ms(1_000),
  createAttemptMs: ms(1_000),
  heartbeatTimeoutMs: ms(1_000),
  attentionDelayMs: ms(0),
  notifyForMs: ms(1_000, 7 * DAY_MS),
  isAddressCounted: z.boolean(),
  isSearchable: z.boolean(),
});

/** The bounds of every setting; unknown keys are errors. What concerns two is in `config-rules.ts`. */
export const CONFIG_SCHEMA = z.strictObject({
  installationId: name,
  accounts: z.record(name, account),
  defaultAccount: name.exactOptional(),
  cloud: z.strictObject({
    endpoint: endpoint.exactOptional(),
    allowPlainHttp: z.boolean(),
    callTimeoutMs: ms(100, 600_000),
    ratePerSecond: z.strictObject({
      start: z.number().positive().max(10_000),
      max: z.number().positive().max(10_000),
    }),
    compareClass: z.boolean(),
  }),
  safety,
  lookUpBeforeCreate: z.enum(['auto', 'always']),
  plan: z.strictObject({ chunkSlots: count(1, 300), shardSlots: count(1, 10_000) }),
  tuning,
  readiness: z.strictObject({
    pollMinMs: ms(10),
    pollMaxMs: ms(10),
    windowMs: ms(1_000),
    absentToleratedMs: ms(0),
  }),
  guards: z.strictObject({
    slotsPerBatchMax: count(1, 10_000_000),
    prepaidAllowed: z.boolean(),
    accountsByTenant: z.record(z.string().min(1), z.array(name)),
    instancesMaxByTenant: z.record(z.string().min(1), count(0, 10_000_000)),
    spendMaxByTenant: z.record(z.string().min(1), spendMax),
  }),
  results: z.strictObject({ folder: z.string().min(1) }),
  webhooks: z.strictObject({
    privateNetworks: z.array(network),
    /** Below what one try of the activity may take. */
    timeoutMs: ms(100, 60_000),
  }),
  secrets: z.strictObject({
    envPrefixes: z.array(variable),
    folders: z.array(folder),
    byTenant: z.record(z.string().min(1), z.array(z.union([variable, folder]))),
  }),
  worker: z.strictObject({
    shutdownGraceMs: ms(0),
    shutdownForceMs: ms(0),
    maxCachedWorkflows: count(0, 100_000),
    cloudSlots: count(1, 10_000),
    waitSlots: count(1, 10_000),
    mainSlots: count(1, 10_000),
  }),
  health: z.strictObject({ port: count(0, 65_535), host: z.string().min(1) }),
  metrics: z.strictObject({ port: count(0, 65_535), host: address }),
  server: z.strictObject({
    host: z.string().min(1),
    port: count(0, 65_535),
    authentication: z.enum(['required', 'none']),
    keysFile: z.string().min(1).exactOptional(),
    jwt: z.strictObject({
      jwksUrl: endpoint.exactOptional(),
      issuer: z.string().min(1).exactOptional(),
      audience: z.string().min(1).exactOptional(),
      roleClaim: z.string().min(1),
      tenantsClaim: z.string().min(1),
    }),
    requestsPerMinute: count(1, 1_000_000),
    bodyBytesMax: count(1_024, 16 * 1024 * 1024),
    requestTimeoutMs: ms(1_000, 600_000),
    streamsMax: count(1, 10_000),
    shutdownGraceMs: ms(0, 600_000),
  }),
  log: z.strictObject({ level: z.enum(['error', 'warn', 'info', 'debug']) }),
});
