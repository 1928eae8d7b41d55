/** Seed of the emulator: the same faults in every demo. */
export const DEMO_SEED = 42;

/** What the account may hold at first, and after somebody has raised it. */
export const DEMO_QUOTA = { first: 700, raised: 5_000 } as const;

/** How long the demo lets the batch wait at the closed gate, so that one can see it, in ms. */
export const DEMO_GATE_SHOWN_MS = 5_000;

/** The emulator as a difficult cloud. Times are milliseconds; real instances take minutes. */
export const DEMO_CLOUD = {
  quota: DEMO_QUOTA.first,
  readyTimeMs: 12_000,
  readyJitter: 0.4,
  visibilityLagMs: 300,
} as const;

/** What goes wrong: refusals that pass, answers that are lost after the purchase, throttling. */
export const DEMO_FAULTS = [
  {
    action: 'CreateInstances',
    probability: 0.12,
    when: 'before',
    kind: 'refuse',
    status: 400,
    code: 'Throttling.User',
    message: 'Request was denied due to user flow control.',
    retryAfterMs: 500,
  },
  {
    action: 'CreateInstances',
    probability: 0.12,
    when: 'before',
    kind: 'refuse',
    status: 400,
    code: 'VpcServiceError',
    message: 'Vpc service error.',
  },
  { action: 'CreateInstances', probability: 0.2, when: 'after', kind: 'drop' },
  {
    action: 'DescribeInstances',
    probability: 0.03,
    when: 'before',
    kind: 'refuse',
    status: 400,
    code: 'Throttling.User',
    message: 'Request was denied due to user flow control.',
    retryAfterMs: 200,
  },
] as const;

/**
 * The worker's config file. The safety times shrink with the emulator's: it commits at once and
 * shows a new instance after 300 ms. Short ones are accepted for a loopback endpoint only.
 */
export const DEMO_CONFIG = {
  installationId: 'demo',
  safety: {
    sendWindowMs: 5_000,
    signatureValidityMs: 2_000,
    clockSkewMs: 1_000,
    commitLagMs: 1_000,
    visibilityLagMs: 1_000,
    timerMarginMs: 500,
    /** With --keep its page is there to be read. */
    sweepAfter: ['20s'],
  },
  tuning: {
    heartbeatTimeoutMs: 5_000,
    roundBackOffMinMs: 500,
    roundBackOffMaxMs: 2_000,
    gateBackOffMinMs: 1_000,
    gateBackOffMaxMs: 5_000,
  },
  readiness: { pollMinMs: 1_000, pollMaxMs: 3_000 },
} as const;
