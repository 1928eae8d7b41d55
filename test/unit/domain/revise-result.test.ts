import { InstanceTally, reviseResult } from '../../../src/domain/revise-result';
import { createResultDocument } from '../../support/result-document';

const LOG = { atMs: 1, action: 'release', detail: 'a test' };
const NOTHING = { log: LOG, missing: [], settledOrphans: [] };

function tallyOf(...states: readonly string[]): InstanceTally {
  const tally = new InstanceTally();
  for (const state of states) tally.add({ group: 'sessions', state });
  return tally;
}

describe('a revision of a result', () => {
  it('is the next one, and says in the log who changed what', () => {
    const revised = reviseResult(createResultDocument(), tallyOf('ready', 'ready'), NOTHING);
    expect(revised).toMatchObject({ revision: 1, outcome: 'succeeded', log: [LOG] });
  });

  it('counts released instances as neither ready nor failed', () => {
    const revised = reviseResult(createResultDocument(), tallyOf('released', 'Error'), NOTHING);
    expect(revised.counts).toMatchObject({ slots: 2, ready: 0, failed: 1, released: 1 });
    expect(revised.groups).toEqual([{ name: 'sessions', slots: 2, ready: 0, failed: 1 }]);
  });

  it('takes a parked slot out of the parked ones when an instance stands for it', () => {
    const counts = {
      slots: 2,
      ready: 1,
      failed: 0,
      parked: 1,
      skipped: 0,
      released: 0,
      orphans: 1,
    };
    const orphan = { id: 'r-9', name: 'n', region: 'cn-hangzhou', status: 'Normal' };
    const document = createResultDocument({ counts, orphans: [orphan] });
    const revised = reviseResult(document, tallyOf('ready', 'ready'), {
      ...NOTHING,
      settledOrphans: ['r-9'],
    });
    expect(revised.counts).toEqual({ ...counts, ready: 2, parked: 0, orphans: 0 });
    expect(revised.orphans).toEqual([]);
  });

  it('keeps what is missing listed once', () => {
    const document = createResultDocument({ missing: ['r-1'] });
    const revised = reviseResult(document, tallyOf('missing', 'ready'), {
      ...NOTHING,
      missing: ['r-1', 'r-2'],
    });
    expect(revised.missing).toEqual(['r-1', 'r-2']);
  });

  it('counts what is gone apart, and not what the search alone did not find', () => {
    const revised = reviseResult(createResultDocument(), tallyOf('gone', 'missing'), NOTHING);
    expect(revised.counts).toMatchObject({ ready: 0, failed: 2, gone: 1 });
    expect(revised.groups).toMatchObject([{ failed: 2, gone: 1 }]);
  });

  it('goes on counting the orphans that the document had no room for', () => {
    const omitted = { orphans: 7, missing: 0, orderIds: 0 };
    const revised = reviseResult(
      createResultDocument({ omitted }),
      tallyOf('ready', 'ready'),
      NOTHING,
    );
    expect(revised.counts.orphans).toBe(7);
  });

  it('lists an orphan that was found once, and keeps it apart from the slots', () => {
    const found = { id: 'r-9', name: 'n', region: 'cn-hangzhou', status: 'Normal' };
    const known = { ...found, id: 'r-8' };
    const document = createResultDocument({ orphans: [known] });
    const revised = reviseResult(document, tallyOf('ready', 'ready'), {
      ...NOTHING,
      foundOrphans: [found, known],
    });
    expect(revised.orphans).toEqual([known, found]);
    expect(revised.counts).toMatchObject({ slots: 2, ready: 2, orphans: 2 });
  });
});
