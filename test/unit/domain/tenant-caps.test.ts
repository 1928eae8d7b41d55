import {
  countTenantInstances,
  findByTenant,
  toCountedBatches,
  type OpenBatch,
} from '../../../src/domain/tenant-caps';
import { createCheckedRequest, createSubmittedGroup } from '../../support/batch-requests';
import { createResultDocument } from '../../support/result-document';

const SELF = { batchId: 'self', runId: 'b' };

function createOpen(runId: string, changes: Partial<OpenBatch> = {}): OpenBatch {
  return {
    batchId: `of-${runId}`,
    runId,
    startedAtMs: 1_000,
    isAdmitted: false,
    request: createCheckedRequest({ groups: [createSubmittedGroup({ count: 7 })] }),
    prices: null,
    ...changes,
  };
}

const ASKING = createOpen('b', { batchId: 'self' });

describe('what a tenant has', () => {
  it('is what its results say, and all that its running batches ask for', () => {
    const open = [ASKING, createOpen('c', { isAdmitted: true })];
    const counts = {
      ready: 20,
      failed: 9,
      gone: 5,
      orphans: 6,
      slots: 40,
      parked: 9,
      skipped: 1,
      released: 7,
    };
    const ended = ['ended', 'of-c', 'self'].map((batchId) =>
      createResultDocument({ batchId, counts }),
    );
    expect(countTenantInstances(toCountedBatches({ open, ended }, SELF))).toBe(37);
  });

  it('counts the earlier of two batches that ask at once against the later, and never both ways', () => {
    const others = [createOpen('z', { startedAtMs: 999 }), createOpen('a'), createOpen('c')];
    const later = createOpen('d', { startedAtMs: 1_001 });
    const counted = toCountedBatches({ open: [ASKING, ...others, later], ended: [] }, SELF);
    expect(counted.open.map(({ runId }) => runId)).toEqual(['z', 'a']);
  });

  it('counts every other one while the batch that asks is not listed', () => {
    const open = [createOpen('z'), createOpen('y')];
    expect(toCountedBatches({ open, ended: [] }, SELF).open).toHaveLength(2);
  });

  it('is nothing of a batch whose request is not valid', () => {
    const open = [createOpen('c', { request: null })];
    expect(countTenantInstances({ open, ended: [] })).toBe(0);
  });
});

test('the cap of a tenant is its own, else that of all others, else none', () => {
  expect(findByTenant({ payments: 0, '*': 9 }, 'payments')).toBe(0);
  expect(findByTenant({ payments: 0, '*': 9 }, 'games')).toBe(9);
  expect(findByTenant({ payments: 0 }, 'toString')).toBeNull();
});
