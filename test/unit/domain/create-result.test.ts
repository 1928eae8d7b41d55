import { createResultDocument } from '../../../src/domain/create-result';
import { NO_SLOTS } from '../../../src/domain/progress';
import { createCheckedRequest, createFrozen } from '../../support/batch-requests';

const REQUEST = createCheckedRequest();

function createOf(rows: number): ReturnType<typeof createResultDocument> {
  const ids = Array.from({ length: rows }, (_, index) => `r-${index}`);
  const orphan = { name: 'n', region: 'cn-hangzhou', status: 'Normal' };
  return createResultDocument({
    ...{ request: REQUEST, frozen: createFrozen(REQUEST), generation: 0, counts: NO_SLOTS },
    ...{ groups: [], parked: [], apiCalls: {}, retries: {}, log: [], prices: null },
    ...{ isCancelled: false, startedAtMs: 0, finishedAtMs: 1, firstRunId: 'run-1' },
    orphans: ids.map((id) => ({ ...orphan, id })),
    missing: ids,
    orderIds: [...ids, 'last'],
  });
}

describe('the lists of a result', () => {
  it('are whole as long as they are short', () => {
    const document = createOf(999);
    expect(document).not.toHaveProperty('omitted');
    expect(document.orderIds).toHaveLength(1_000);
  });

  it('are cut where the document would not fit into a payload, and say how much they lack', () => {
    const document = createOf(20_000);
    expect(document.omitted).toEqual({ orphans: 19_000, missing: 19_000, orderIds: 19_001 });
    expect(document.counts.orphans).toBe(20_000);
    expect(Buffer.byteLength(JSON.stringify(document))).toBeLessThan(256 * 1024);
  });
});
