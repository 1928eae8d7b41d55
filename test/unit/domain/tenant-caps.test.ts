import {
  countTenantInstances,
  toInstancesMax,
  type OpenBatch,
} from '../../../src/domain/tenant-caps';

const SELF = { batchId: 'self', runId: 'b' };

function createOpen(runId: string, changes: Partial<OpenBatch> = {}): OpenBatch {
  return {
    batchId: `of-${runId}`,
    runId,
    startedAtMs: 1_000,
    isAdmitted: false,
    slots: 7,
    ...changes,
  };
}

const ASKING = createOpen('b', { batchId: 'self' });

describe('what a tenant has', () => {
  it('is what its results say, and all that its running batches ask for', () => {
    const open = [ASKING, createOpen('c', { isAdmitted: true })];
    const ended = [
      { batchId: 'ended', instances: 30 },
      { batchId: 'of-c', instances: 5 },
    ];
    expect(countTenantInstances(open, ended, SELF)).toBe(37);
  });

  it('counts the earlier of two batches that ask at once against the later, and never both ways', () => {
    const others = [createOpen('z', { startedAtMs: 999 }), createOpen('a'), createOpen('c')];
    const later = createOpen('d', { startedAtMs: 1_001 });
    expect(countTenantInstances([ASKING, ...others, later], [], SELF)).toBe(14);
  });

  it('counts every other one while the batch that asks is not listed', () => {
    expect(countTenantInstances([createOpen('z'), createOpen('y')], [], SELF)).toBe(14);
  });
});

test('the cap of a tenant is its own, else that of all others, else none', () => {
  expect(toInstancesMax({ payments: 0, '*': 9 }, 'payments')).toBe(0);
  expect(toInstancesMax({ payments: 0, '*': 9 }, 'games')).toBe(9);
  expect(toInstancesMax({ payments: 0 }, 'toString')).toBeNull();
});
