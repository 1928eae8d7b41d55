import { NO_SLOTS } from '../../src/domain/progress';
import type { BatchProgress } from '../../src/domain/progress';

/** Progress of a batch of 1,000 with 640 ready, with what a test wants to differ. */
export function createBatchProgress(changes: Partial<BatchProgress> = {}): BatchProgress {
  return {
    schema: 'tairfleet/progress/v1',
    batchId: 'sessions-2026-11',
    tenant: 'payments',
    account: 'default',
    generation: 0,
    phase: 'provisioning',
    needsOperator: false,
    counts: { ...NO_SLOTS, slots: 1_000, ready: 640, starting: 360 },
    groups: [],
    gate: null,
    hold: null,
    holdCode: null,
    holdSinceMs: null,
    parked: [],
    approval: null,
    startedAtMs: 0,
    deadlineAtMs: 86_400_000,
    log: [],
    ...changes,
  };
}
