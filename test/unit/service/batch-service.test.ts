import { parse } from 'yaml';
import { checkBatchRequest } from '../../../src/domain/check-batch-request';
import { hashRequest } from '../../../src/domain/request-hash';
import { createFolderResultStore } from '../../../src/outbound/folder-result-store';
import type { Submission } from '../../../src/service/apply-batch';
import { createBatchService } from '../../../src/service/batch-service';
import type { BatchService } from '../../../src/service/batch-service';
import type { WatchEvent } from '../../../src/service/watch-batch';
import { createBatchProgress } from '../../support/batch-progress';
import { createFakeTemporal, createTemporalError } from '../../support/fake-temporal-client';
import type {
  FakeRun,
  FakeTemporal,
  FakeTemporalOptions,
} from '../../support/fake-temporal-client';
import { createResultDocument } from '../../support/result-document';
import { createTempFolder } from '../../support/temp-folder';
import type { TempFolder } from '../../support/temp-folder';

const KEY = { tenant: 'payments', batchId: 'sessions-2026-11' };
const WORKFLOW_ID = 'batch/payments/sessions-2026-11';
const SUBMISSION = createSubmission(2);
const OTHER_SUBMISSION = createSubmission(3);
const FROZEN = {
  ...(createResultDocument().frozen as object),
  requestHash: hashRequest(SUBMISSION.request),
};

describe('the batch service', () => {
  let folder: TempFolder;
  let temporal: FakeTemporal;
  let service: BatchService;
  const useTemporal = (options: FakeTemporalOptions): void => {
    temporal = createFakeTemporal(options);
    const resultStore = createFolderResultStore(folder.path);
    service = createBatchService({ client: temporal.client, resultStore });
  };
  beforeEach(() => {
    folder = createTempFolder();
    useTemporal({});
  });
  afterEach(() => folder.remove());

  const storeResult = async (changes: Parameters<typeof createResultDocument>[0] = {}) =>
    createFolderResultStore(folder.path).write(
      createResultDocument({ frozen: FROZEN, ...changes }),
      [],
    );

  describe('apply', () => {
    it('starts a batch under an id that nobody can use a second time', async () => {
      const applied = await service.apply(SUBMISSION);
      expect(applied).toMatchObject({ ok: true, value: { kind: 'started', runId: 'run-1' } });
      expect(temporal.started).toMatchObject([
        {
          workflowId: WORKFLOW_ID,
          options: {
            taskQueue: 'tairfleet',
            workflowIdReusePolicy: 'REJECT_DUPLICATE',
            workflowIdConflictPolicy: 'FAIL',
            staticSummary: '2 instances for payments: sessions-2026-11',
            args: [{ request: SUBMISSION.document }],
          },
        },
      ]);
    });

    it('finds the same batch when the same request is submitted again', async () => {
      await service.apply(SUBMISSION);
      const again = await service.apply(SUBMISSION);
      expect(again).toMatchObject({
        ok: true,
        value: { kind: 'attached', run: { runId: 'run-1' } },
      });
      expect(temporal.started).toHaveLength(1);
    });

    it('refuses another request under the same id', async () => {
      await service.apply(SUBMISSION);
      expect(await service.apply(OTHER_SUBMISSION)).toMatchObject({ ok: false, code: 'conflict' });
      expect(temporal.started).toHaveLength(1);
    });

    it('compares with the input of a run that was started elsewhere and has no memo', async () => {
      useTemporal({ runs: [createRun({ input: SUBMISSION.document })] });
      expect(await service.apply(SUBMISSION)).toMatchObject({ value: { kind: 'attached' } });
      expect(await service.apply(OTHER_SUBMISSION)).toMatchObject({ code: 'conflict' });
    });

    it('does not buy again when only the result store remembers the batch', async () => {
      await storeResult();
      const applied = await service.apply(SUBMISSION);
      expect(applied).toMatchObject({ ok: true, value: { kind: 'attached-to-result' } });
      expect(await service.apply(OTHER_SUBMISSION)).toMatchObject({ ok: false, code: 'conflict' });
      expect(temporal.started).toHaveLength(0);
    });

    it('says so when the server does not answer', async () => {
      await storeResult();
      useTemporal({ isReachable: false });
      expect(await service.apply(SUBMISSION)).toMatchObject({ ok: false, code: 'no-server' });
    });
  });

  describe('progress', () => {
    it('tells a missing worker from a missing server', async () => {
      const onQuery = (): never => {
        throw createTemporalError('ServiceError', { code: 4 });
      };
      useTemporal({ runs: [createRun()], onQuery });
      expect(await service.progress(KEY)).toMatchObject({ ok: false, code: 'no-worker' });
      useTemporal({ runs: [createRun()], isReachable: false });
      expect(await service.progress(KEY)).toMatchObject({ ok: false, code: 'no-server' });
    });

    it('knows no batch that nobody submitted', async () => {
      expect(await service.progress(KEY)).toMatchObject({ ok: false, code: 'not-found' });
    });
  });

  describe('an operator action', () => {
    it("is refused with the batch's own reason", async () => {
      useTemporal({
        runs: [createRun()],
        onUpdate: () => {
          throw createTemporalError('WorkflowUpdateFailedError', { message: 'It is not paused.' });
        },
      });
      const answer = await service.act(KEY, { name: 'resume', input: {} });
      expect(answer).toEqual({ ok: false, code: 'refused', message: 'It is not paused.' });
    });

    it('says that the batch has ended, and not that there is none', async () => {
      useTemporal({ runs: [createRun({ status: 'COMPLETED' })] });
      const answer = await service.act(KEY, { name: 'pause', input: {} });
      expect(answer).toMatchObject({ ok: false, code: 'already-finished' });
    });

    it('counts as done when the batch ends before it can answer', async () => {
      const cause = { type: 'AcceptedUpdateCompletedWorkflow', message: 'x' };
      useTemporal({
        runs: [createRun()],
        onUpdate: () => {
          throw createTemporalError('WorkflowUpdateFailedError', cause);
        },
      });
      expect(await service.act(KEY, { name: 'cancel', input: {} })).toMatchObject({ ok: true });
    });
  });

  describe('retry', () => {
    it('goes on with the parked chunks of an open batch', async () => {
      const seen: unknown[] = [];
      useTemporal({
        runs: [createRun()],
        onUpdate: (name, input) => {
          seen.push(name, input);
          return { message: 'done', chunks: ['a'] };
        },
      });
      const retried = await service.retry(KEY, { chunks: ['a'], by: 'ada' });
      expect(retried).toMatchObject({ ok: true, value: { kind: 'resumed' } });
      expect(seen).toEqual(['retryFailed', { chunks: ['a'], by: 'ada' }]);
    });

    it('starts the next run of an ended batch with the same request and plan', async () => {
      const memo = { 'tairfleet.frozen': FROZEN };
      const input = { request: SUBMISSION.document };
      useTemporal({ runs: [createRun({ status: 'COMPLETED', input, memo })] });
      await storeResult({
        outcome: 'partial',
        counts: { ...createResultDocument().counts, ready: 1 },
      });
      expect(await service.retry(KEY, {})).toMatchObject({ ok: true, value: { kind: 'started' } });
      expect(temporal.started[0]?.options).toMatchObject({
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        args: [{ request: SUBMISSION.document, frozen: FROZEN }],
      });
    });

    it('does nothing when nothing is missing', async () => {
      useTemporal({ runs: [createRun({ status: 'COMPLETED', input: SUBMISSION.document })] });
      await storeResult();
      expect(await service.retry(KEY, {})).toMatchObject({ ok: false, code: 'already-finished' });
      expect(temporal.started).toHaveLength(0);
    });

    it('asks for the request when Temporal has forgotten it, and takes no other one', async () => {
      await storeResult({
        outcome: 'failed',
        counts: { ...createResultDocument().counts, ready: 0 },
      });
      expect(await service.retry(KEY, {})).toMatchObject({ ok: false, code: 'not-found' });
      const other = await service.retry(KEY, { submission: OTHER_SUBMISSION });
      expect(other).toMatchObject({ ok: false, code: 'conflict' });
      const same = await service.retry(KEY, { submission: SUBMISSION });
      expect(same).toMatchObject({ ok: true, value: { kind: 'started' } });
    });
  });

  describe('the result', () => {
    it('outlives the memory of Temporal', async () => {
      const stored = await storeResult();
      expect(await service.result(KEY)).toEqual({ ok: true, value: stored });
    });

    it('comes from the run when the store does not have it', async () => {
      const result = createResultDocument();
      useTemporal({ runs: [createRun({ status: 'COMPLETED', result })] });
      expect(await service.result(KEY)).toMatchObject({
        ok: true,
        value: { document: result, location: null },
      });
    });

    it('is not there before the end, nor after a run that was terminated', async () => {
      useTemporal({ runs: [createRun()] });
      expect(await service.result(KEY)).toMatchObject({ ok: false, code: 'not-finished' });
      useTemporal({ runs: [createRun({ status: 'TERMINATED' })] });
      expect(await service.result(KEY)).toMatchObject({
        ok: false,
        code: 'broken-run',
        message: expect.stringContaining('somebody terminated it'),
      });
    });
  });

  describe('watch', () => {
    it('ends with the result of the run', async () => {
      const result = createResultDocument();
      useTemporal({
        runs: [createRun()],
        onQuery: () => {
          temporal.runs.push(createRun({ status: 'COMPLETED', result }));
          return createBatchProgress();
        },
      });
      const events = await collect(service.watch(KEY, { intervalMinMs: 1, intervalMaxMs: 1 }));
      expect(events.map(({ kind }) => kind)).toEqual(['progress', 'finished']);
    });

    it('waits for a worker instead of giving up', async () => {
      let asked = 0;
      useTemporal({
        runs: [createRun()],
        onQuery: () => {
          asked += 1;
          if (asked === 1) throw createTemporalError('ServiceError', { code: 9 });
          temporal.runs.push(createRun({ status: 'COMPLETED', result: createResultDocument() }));
          return createBatchProgress();
        },
      });
      const events = await collect(service.watch(KEY, { intervalMinMs: 1, intervalMaxMs: 1 }));
      expect(events.map(({ kind }) => kind)).toEqual(['waiting', 'progress', 'finished']);
    });

    it('fails at once when there is no such batch', async () => {
      const events = await collect(service.watch(KEY));
      expect(events).toMatchObject([{ kind: 'failed', failure: { code: 'not-found' } }]);
    });
  });
});

function createRun(changes: Partial<FakeRun> = {}): FakeRun {
  return { workflowId: WORKFLOW_ID, runId: 'run-1', status: 'RUNNING', ...changes };
}

function createSubmission(count: number): Submission {
  const document: unknown = parse(`
apiVersion: tairfleet/v1
batchId: sessions-2026-11
tenant: payments
groups:
  - name: sessions
    count: ${count}
    spec: { instanceClass: redis.master.small.default, engineVersion: "5.0", chargeType: PostPaid }
    placements:
      - { region: cn-hangzhou, zone: cn-hangzhou-h, vpcId: vpc-1, vSwitchId: vsw-1 }
`);
  const checked = checkBatchRequest(document);
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return { document, request: checked.request };
}

async function collect(events: AsyncIterable<WatchEvent>): Promise<WatchEvent[]> {
  const all: WatchEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}
