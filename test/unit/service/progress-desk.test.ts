import { createBatchProgress } from '../../support/batch-progress';
import { createTemporalError } from '../../support/fake-temporal-client';
import { KEY, createRun, useServiceFixtures } from '../../support/service-fixture';
import type { ServiceFixture } from '../../support/service-fixture';
import type { BatchStatus } from '../../../src/service/read-status';
import type { BatchProgress } from '../../../src/domain/progress';

const create = useServiceFixtures();

/** A worker whose answers the test gives by hand, one for each question that has reached it. */
let questions: { answer(progress: BatchProgress): void; refuse(error: Error): void }[];
let fixture: ServiceFixture;
beforeEach(() => {
  questions = [];
  fixture = create({
    runs: [createRun()],
    onQuery: () =>
      new Promise((answer, refuse) => {
        questions.push({ answer, refuse });
      }),
    onUpdate: () => ({ message: 'done' }),
  });
});

const withReady = (ready: number): BatchProgress =>
  createBatchProgress({ counts: { ...createBatchProgress().counts, ready, starting: 0 } });

async function look(waitMs: number): Promise<BatchStatus> {
  const status = await fixture.service.status(KEY, { waitMs });
  if (!status.ok) throw new Error(status.message);
  return status.value;
}

/** Lets everything go on that waits for nothing but its turn. */
const settle = () => new Promise((done) => setImmediate(done));

/** A look that waits long enough, with the answer of the worker. */
async function lookWith(ready: number): Promise<BatchStatus> {
  const looking = look(5_000);
  await settle();
  questions.at(-1)!.answer(withReady(ready));
  return looking;
}

describe('the status of an open batch', () => {
  it('is what the worker says, when it says so in time', async () => {
    const before = Date.now();
    const status = await lookWith(1);
    expect(status).toMatchObject({ progress: { counts: { ready: 1 } }, gap: null });
    expect(status.progressAtMs).toBeGreaterThanOrEqual(before);
    expect(status.progressAtMs).toBeLessThanOrEqual(Date.now());
  });

  it('comes without progress rather than late, when the batch has told nothing yet', async () => {
    expect(await look(1)).toMatchObject({
      run: { status: 'running' },
      ...{ progress: null, progressAtMs: null },
      gap: { code: 'worker-busy' },
    });
  });

  it('has what the batch has noted for everybody, which needs no worker', async () => {
    const searchAttributes = {
      ...{ BatchPhase: ['provisioning'], BatchNeedsOperator: [false] },
      ...{ BatchSlots: [2], BatchReady: [1] },
    };
    fixture.temporal.runs.push(createRun({ searchAttributes }));
    expect(await look(1)).toMatchObject({
      run: { noted: { phase: 'provisioning', needsOperator: false, slots: 2, ready: 1 } },
      progress: null,
    });
  });

  it('is the last word with the time of it while the worker is busy, never as if it were new', async () => {
    const { progressAtMs } = await lookWith(1);
    const late = await look(1);
    expect(late).toMatchObject({ progress: { counts: { ready: 1 } }, progressAtMs });
    expect(late.gap).toMatchObject({ code: 'worker-busy' });
  });

  it('is what came after the last look had given up', async () => {
    await look(1);
    questions[0]!.answer(withReady(2));
    await settle();
    expect(await look(1)).toMatchObject({ progress: { counts: { ready: 2 } } });
  });

  it('costs one question, however many want to know it', async () => {
    const looks = Array.from({ length: 50 }, () => look(5_000));
    await settle();
    expect(questions).toHaveLength(1);
    questions[0]!.answer(withReady(3));
    for (const status of await Promise.all(looks)) {
      expect(status).toMatchObject({ progress: { counts: { ready: 3 } }, gap: null });
    }
  });

  it('asks again for everyone who comes after an answer', async () => {
    await lookWith(1);
    expect(await lookWith(2)).toMatchObject({ progress: { counts: { ready: 2 } } });
    expect(questions).toHaveLength(2);
  });

  it('keeps the last word when no worker is there any more, and says that', async () => {
    await lookWith(1);
    const looking = look(5_000);
    await settle();
    questions[1]!.refuse(createTemporalError('ServiceError', { code: 9 }));
    expect(await looking).toMatchObject({
      progress: { counts: { ready: 1 } },
      gap: { code: 'no-worker' },
    });
  });

  it('shows nothing from before an order, even when it comes in after that', async () => {
    await lookWith(1);
    await look(1);
    await fixture.service.act(KEY, { name: 'pause', input: {} });
    questions[1]!.answer(withReady(1));
    await settle();
    expect(await look(1)).toMatchObject({ progress: null, gap: { code: 'worker-busy' } });
    expect(questions).toHaveLength(3);
  });

  it('shows nothing of an earlier run', async () => {
    await lookWith(1);
    fixture.temporal.runs.push(createRun({ runId: 'run-2' }));
    expect(await look(1)).toMatchObject({ run: { runId: 'run-2' }, progress: null });
  });
});

describe('a watch', () => {
  it('waits for what the batch says now, and shows nothing older', async () => {
    await lookWith(1);
    const events = fixture.service.watch(KEY)[Symbol.asyncIterator]();
    const next = events.next();
    await settle();
    questions[1]!.refuse(createTemporalError('ServiceError', { code: 9 }));
    expect((await next).value).toMatchObject({ kind: 'waiting', failure: { code: 'no-worker' } });
    await events.return?.();
  });
});
