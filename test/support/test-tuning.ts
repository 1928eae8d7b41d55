import type { Tuning } from '../../src/domain/frozen-plan';

/** A worker's tuning with pauses as short as a test wants them. */
export const TEST_TUNING: Tuning = {
  chunksInFlight: 20,
  shardsAtOnce: 5,
  continueAfterEvents: 4_000,
  transientRoundsMax: 5,
  settleRoundsMax: 3,
  roundBackOffMinMs: 50,
  roundBackOffMaxMs: 200,
  gateBackOffMinMs: 200,
  gateBackOffMaxMs: 1_000,
  soldOutMemoryMs: 1_000,
  waveIds: 450,
  createBudgetMs: 30_000,
  createAttemptMs: 20_000,
  heartbeatTimeoutMs: 2_000,
  attentionDelayMs: 200,
  notifyForMs: 60_000,
  sweepAfterMs: [],
  isSearchable: true,
};
