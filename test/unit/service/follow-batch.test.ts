import { createBatchProgress } from '../../support/batch-progress';
import { createTemporalError } from '../../support/fake-temporal-client';
import { createResultDocument } from '../../support/result-document';
import { KEY, collect, createRun, useServiceFixtures } from '../../support/service-fixture';
import type { ServiceFixture } from '../../support/service-fixture';

const create = useServiceFixtures();
let fixture: ServiceFixture;
beforeEach(() => void (fixture = create()));

describe('progress', () => {
  it('tells a missing worker from a missing server', async () => {
    const onQuery = (): never => {
      throw createTemporalError('ServiceError', { code: 4 });
    };
    fixture = create({ runs: [createRun()], onQuery });
    expect(await fixture.service.progress(KEY)).toMatchObject({ ok: false, code: 'no-worker' });
    fixture = create({ runs: [createRun()], isReachable: false });
    expect(await fixture.service.progress(KEY)).toMatchObject({ ok: false, code: 'no-server' });
  });

  it('knows no batch that nobody submitted', async () => {
    expect(await fixture.service.progress(KEY)).toMatchObject({ ok: false, code: 'not-found' });
  });
});

describe('the result', () => {
  it('outlives the memory of Temporal', async () => {
    const stored = await fixture.storeResult();
    expect(await fixture.service.result(KEY)).toEqual({ ok: true, value: stored });
  });

  it('comes from the run when the store does not have it', async () => {
    const result = createResultDocument();
    fixture = create({ runs: [createRun({ status: 'COMPLETED', result })] });
    expect(await fixture.service.result(KEY)).toMatchObject({
      ok: true,
      value: { document: result, location: null },
    });
  });

  it('is not there before the end, nor after a run that was terminated', async () => {
    fixture = create({ runs: [createRun()] });
    expect(await fixture.service.result(KEY)).toMatchObject({ ok: false, code: 'not-finished' });
    fixture = create({ runs: [createRun({ status: 'TERMINATED' })] });
    expect(await fixture.service.result(KEY)).toMatchObject({
      ok: false,
      code: 'broken-run',
      message: expect.stringContaining('somebody terminated it'),
    });
  });
});

describe('watch', () => {
  it('ends with the result of the run', async () => {
    const result = createResultDocument();
    fixture = create({
      runs: [createRun()],
      onQuery: () => {
        fixture.temporal.runs.push(createRun({ status: 'COMPLETED', result }));
        return createBatchProgress();
      },
    });
    const events = await collect(
      fixture.service.watch(KEY, { intervalMinMs: 1, intervalMaxMs: 1 }),
    );
    expect(events.map(({ kind }) => kind)).toEqual(['progress', 'finished']);
  });

  it('outlives whatever may pass, such as a restart of the worker', async () => {
    let asked = 0;
    // Cancelled, no poller, internal: as a server says it while a worker restarts.
    const codes = [1, 9, 13];
    fixture = create({
      runs: [createRun()],
      onQuery: () => {
        asked += 1;
        if (asked <= codes.length)
          throw createTemporalError('ServiceError', { code: codes[asked - 1] });
        fixture.temporal.runs.push(
          createRun({ status: 'COMPLETED', result: createResultDocument() }),
        );
        return createBatchProgress();
      },
    });
    const events = await collect(
      fixture.service.watch(KEY, { intervalMinMs: 1, intervalMaxMs: 1 }),
    );
    expect(events.map(({ kind }) => kind)).toEqual([
      'waiting',
      'waiting',
      'waiting',
      'progress',
      'finished',
    ]);
  });

  it('fails at once when there is no such batch', async () => {
    const events = await collect(fixture.service.watch(KEY));
    expect(events).toMatchObject([{ kind: 'failed', failure: { code: 'not-found' } }]);
  });
});
