import type { ResultDocument } from '../../src/domain/result';

/** A final document of a batch of two, both ready, with what a test wants to differ. */
export function createResultDocument(changes: Partial<ResultDocument> = {}): ResultDocument {
  return {
    schema: 'tairfleet/result/v1',
    batchId: 'sessions-2026-11',
    generation: 0,
    account: 'default',
    tenant: 'payments',
    outcome: 'succeeded',
    counts: { slots: 2, ready: 2, failed: 0, parked: 0, skipped: 0, released: 0, orphans: 0 },
    apiCalls: { CreateInstances: 1, DescribeInstances: 3 },
    retries: {},
    startedAt: '2026-11-24T06:00:00.000Z',
    finishedAt: '2026-11-24T06:01:12.000Z',
    groups: [{ name: 'sessions', slots: 2, ready: 2, failed: 0 }],
    parked: [],
    orphans: [],
    missing: [],
    orderIds: ['123456789012345'],
    log: [],
    firstRunId: 'run-1',
    revision: 0,
    frozen: {
      installationId: 'default',
      account: 'default',
      chunkSlots: 90,
      shardSlots: 5_000,
      naming: 'shared',
      requestHash: 'hash-1',
    },
    ...changes,
  };
}
