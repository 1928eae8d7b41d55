/** A difficult cloud: answers lost after the purchase, passing errors, throttling, late lists. */
export const CLOUD = {
  readyTimeMs: 500,
  visibilityLagMs: 100,
  createTimeMs: 40,
  rateLimits: { CreateInstances: { perSecond: 40, burst: 10 } },
  accounts: ['worker-0', 'worker-1'].map((accessKeyId) => ({
    accessKeyId,
    accessKeySecret: 'testsecret',
    // Several keys of one account, as workers of one installation have.
    accountId: '1000000000000001',
  })),
};

/** Short times; the emulator commits at once, so that S is still far above what a call can take. */
const WORKER_CONFIG = {
  installationId: 'chaos',
  cloud: { callTimeoutMs: 3_000, ratePerSecond: { start: 30, max: 100 } },
  plan: { chunkSlots: 10 },
  safety: {
    sendWindowMs: 2_000,
    signatureValidityMs: 500,
    clockSkewMs: 500,
    commitLagMs: 500,
    visibilityLagMs: 500,
    timerMarginMs: 200,
  },
  tuning: {
    roundBackOffMinMs: 100,
    roundBackOffMaxMs: 500,
    // On a busy machine answers get lost more often than any cloud would lose them; nobody is there to retry.
    settleRoundsMax: 20,
    heartbeatTimeoutMs: 2_000,
    createAttemptMs: 10_000,
  },
  readiness: { pollMinMs: 300, pollMaxMs: 600 },
  // Then no task waits for the memory of a worker that is dead.
  worker: { maxCachedWorkflows: 0 },
  log: { level: 'error' },
};

/** Parts of a worker's config, section by section. */
export type WorkerChanges = Partial<Record<keyof typeof WORKER_CONFIG, object>>;

/** The config of a scene's workers, with what differs in each section. */
export function createWorkerConfig(changes: WorkerChanges = {}): object {
  const sections = Object.entries(changes).map(([name, section]) => [
    name,
    { ...(WORKER_CONFIG[name as keyof WorkerChanges] as object), ...section },
  ]);
  return { ...WORKER_CONFIG, ...(Object.fromEntries(sections) as object) };
}
