import { z } from 'zod';
import { ramPolicySchema } from './ram/policy';
import { worldSchema } from './world';

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
  realNameVerifiedByAccount: z.record(z.string(), z.boolean()),
  paymentMethodRegistered: z.boolean(),
  paymentMethodRegisteredByAccount: z.record(z.string(), z.boolean()),
  financeUser: z.boolean(),
  financeUserByAccount: z.record(z.string(), z.boolean()),
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
    inFlight: z.enum(['conflict', 'duplicate', 'block']),
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
  orderIdDigits: z.number().int().min(14).max(18),
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
