import type { EmulatorConfig } from './config';
import { createDefaultRateLimits } from './default-rate-limits';
import { createDefaultWorld } from './world';

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
    realNameVerifiedByAccount: {}, // account -> what holds for it alone; so with the next two
    paymentMethodRegistered: true, // false -> PaymentMethodNotFound
    paymentMethodRegisteredByAccount: {},
    financeUser: false, // true -> ResourceNotAvailable
    financeUserByAccount: {},
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
    ramPolicy: { deny: [], statements: [], byPrincipal: {} }, // deny: action names ('*' = all); statements: as RAM has them
    deletableStatuses: ['Normal'], // DeleteInstance: "only when running"
    orderIdDigits: 15, // 16 and more: numbers that JavaScript cannot hold
    fulfilment: 'all-or-nothing', // what-is-left: quota, stock and addresses cut an order short
    shuffleIds: false, // answer ids in an order that says nothing about creation
    strictEntries: false, // refuse entry keys that the official page does not list
    tolerateTrailingComma: false, // the page's own sample has one; strict JSON refuses it
    logLimit: 1_000_000, // request log entries kept, oldest dropped first
    world: createDefaultWorld(),
  };
}
