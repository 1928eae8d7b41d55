import { z } from 'zod';
import { createDefaultRateLimits } from './default-rate-limits';
import { ramPolicySchema } from './ram/policy';
import { createDefaultWorld, worldSchema } from './world';

const countOrNone = z.number().int().nonnegative().nullable();
const durationMs = z.number().nonnegative();
const share = z.number().min(0).max(1);

const rateLimitSchema = z.strictObject({
  /** Tokens a second. */
  perSecond: z.number().positive(),
  /** Size of the bucket, in calls. */
  burst: z.number().positive(),
});

/** Everything that can be changed while the emulator runs. Unknown keys are errors. */
export const configSchema = z.strictObject({
  quota: countOrNone,
  quotaByAccount: z.record(z.string(), countOrNone),
  quotaCode: z.enum(['QuotaExceed.AfterpayInstance', 'QuotaExceed']),
  stock: z.record(z.string(), z.record(z.string(), countOrNone)),
  freeIps: z.record(z.string(), countOrNone),
  balance: z.number().nullable(),
  balanceByAccount: z.record(z.string(), z.number().nullable()),
  pricePerInstance: z.number().nonnegative(),
  realNameVerified: z.boolean(),
  paymentMethodRegistered: z.boolean(),
  financeUser: z.boolean(),
  closedZones: z.array(z.string()),
  vpcServiceUp: z.boolean(),
  readyTimeMs: durationMs,
  readyJitter: share,
  slowShare: share,
  slowFactor: z.number().min(1),
  readyAfterReads: z.number().int().positive().nullable(),
  errorShare: share,
  neverReadyShare: share,
  timeScale: z.number().positive(),
  visibilityLagMs: durationMs,
  attributeLagMs: durationMs,
  createTimeMs: durationMs,
  busyTimeMs: durationMs,
  recycleTimeMs: durationMs,
  redisAddress: z
    .string()
    .regex(/^[A-Za-z0-9.-]+:\d{1,5}$/)
    .nullable(),
  tokenLifetimeMs: durationMs.nullable(),
  tokenMode: z.strictObject({
    failures: z.enum(['forget', 'remember']),
    inFlight: z.enum(['conflict', 'block']),
    mismatch: z.enum(['refuse', 'replay']),
  }),
  nonceCheck: z.boolean(),
  rateLimits: z.record(z.string(), rateLimitSchema.nullable()),
  throttle: z.strictObject({
    status: z.number().int().min(400).max(599),
    code: z.string().min(1),
    retryAfterMs: durationMs.nullable(),
  }),
  ramPolicy: ramPolicySchema,
  deletableStatuses: z.array(z.string()),
  fulfilment: z.enum(['all-or-nothing', 'what-is-left']),
  shuffleIds: z.boolean(),
  strictEntries: z.boolean(),
  tolerateTrailingComma: z.boolean(),
  logLimit: z.number().int().positive(),
  world: worldSchema,
});

/** The emulator's settings in force. `stock`, `freeIps` and the balances are live counters. */
export type EmulatorConfig = z.infer<typeof configSchema>;

/** One token bucket: `perSecond` calls a second, at most `burst` at once. */
export type RateLimit = z.infer<typeof rateLimitSchema>;

/** The settings of an emulator that was told nothing; each line says unit and reason. */
export function createDefaultConfig(): EmulatorConfig {
  return {
    quota: null, // living PostPaid instances per account; null = no cap (real value unknown)
    quotaByAccount: {}, // account -> a quota of its own; null = no cap
    quotaCode: 'QuotaExceed.AfterpayInstance', // the page has two codes for the same cap
    stock: {}, // zone -> class (or '*') -> units left; absent or null = unlimited
    freeIps: {}, // vSwitch -> addresses left; absent or null = unlimited
    balance: null, // money left to all accounts without one of their own; null = unlimited
    balanceByAccount: {}, // account -> money of its own; null = unlimited
    pricePerInstance: 1, // taken from the balance for each new instance
    realNameVerified: true, // false -> RealNameAuthenticationError
    paymentMethodRegistered: true, // false -> PaymentMethodNotFound
    financeUser: false, // true -> ResourceNotAvailable
    closedZones: [], // zones that answer Zone.Closed, besides those closed in the world
    vpcServiceUp: true, // false -> VpcServiceError for orders that name a network
    readyTimeMs: 20_000, // Creating -> Normal; real: 1 to 5 minutes (use timeScale)
    readyJitter: 0.2, // each instance takes readyTimeMs times 1 plus or minus this share
    slowShare: 0, // share of new instances that take slowFactor times as long: the long tail
    slowFactor: 5,
    readyAfterReads: null, // when set, an instance is Normal after so many reads, whatever the time
    errorShare: 0, // share of new instances that end in Error
    neverReadyShare: 0, // share of new instances that stay in Creating
    timeScale: 1, // the life of instances runs so many times faster
    visibilityLagMs: 0, // wall time until DescribeInstances lists a new instance (not scaled)
    attributeLagMs: 0, // wall time until operations on one instance find a new one (not scaled)
    createTimeMs: 0, // wall time a CreateInstances call executes; its token is in flight meanwhile
    busyTimeMs: 0, // a modified instance is Changing for so long (timeScale applies)
    recycleTimeMs: 7 * 86_400_000, // a deleted instance can be rebuilt for so long (seven days, a guess)
    redisAddress: null, // host:port that lists show for every built instance, where something listens
    tokenLifetimeMs: 86_400_000, // a day; real value unknown; null = for ever
    tokenMode: { failures: 'forget', inFlight: 'conflict', mismatch: 'refuse' },
    nonceCheck: true, // false: a request that a transport sends twice is taken twice
    rateLimits: createDefaultRateLimits(),
    throttle: { status: 400, code: 'Throttling.User', retryAfterMs: null },
    ramPolicy: { deny: [], statements: [] }, // deny: action names ('*' = all); statements: as RAM has them
    deletableStatuses: ['Normal'], // DeleteInstance: "only when running"
    fulfilment: 'all-or-nothing', // what-is-left: quota, stock and addresses cut an order short
    shuffleIds: false, // answer ids in an order that says nothing about creation
    strictEntries: false, // refuse entry keys that the official page does not list
    tolerateTrailingComma: false, // the page's own sample has one; strict JSON refuses it
    logLimit: 1_000_000, // request log entries kept, oldest dropped first
    world: createDefaultWorld(),
  };
}
