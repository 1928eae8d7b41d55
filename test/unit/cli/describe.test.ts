import { createFailure, createSuccess } from '../../../src/service/service-result';
import type { BatchService } from '../../../src/service/batch-service';
import type { BatchStatus } from '../../../src/service/read-status';
import { announceStack } from '../../../src/cli/stack/running-stack';
import { createBatchProgress } from '../../support/batch-progress';
import { runFakeCli } from '../../support/fake-cli';
import { createResultDocument } from '../../support/result-document';
import { createTempFolder } from '../../support/temp-folder';
import type { TempFolder } from '../../support/temp-folder';

const BATCH = 'payments/sessions-2026-11';
const KEY = { tenant: 'payments', batchId: 'sessions-2026-11' };
const FROZEN = {
  ...{ installationId: 'blue', account: 'main', chunkSlots: 90, shardSlots: 5_000 },
  ...{ naming: 'shared' as const, requestHash: 'hash-1' },
};
const PARKED = Array.from({ length: 7 }, (_, index) => ({
  chunk: `sessions/${index * 90}-${index * 90 + 89}`,
  ...{ slots: 90, class: 'denied', code: 'Forbidden.RAM', message: 'No permission.' },
  ...{ requestId: `REQ-${index}`, nextStep: 'Grant the permission.' },
}));

const OPEN: BatchStatus = {
  key: KEY,
  run: {
    key: KEY,
    workflowId: `batch/${BATCH}`,
    runId: 'run-1',
    status: 'running',
    startedAtMs: 0,
    closedAtMs: null,
    historyEvents: 1_234,
    frozen: FROZEN,
    submittedBy: null,
    noted: null,
    schedule: null,
  },
  progress: createBatchProgress({
    phase: 'parked',
    needsOperator: true,
    parked: PARKED,
    groups: [{ name: 'sessions', counts: createBatchProgress().counts }],
    log: [{ atMs: 60_000, action: 'pause', by: 'ada', why: 'maintenance', ticket: 'T-1' }],
  }),
  progressAtMs: 0,
  finished: null,
  gap: null,
};

let folder: TempFolder;
beforeEach(() => void (folder = createTempFolder()));
afterEach(() => folder.remove());

function describeBatch(status: BatchStatus, ...args: readonly string[]) {
  const service: Partial<BatchService> = { status: () => Promise.resolve(createSuccess(status)) };
  return runFakeCli(['describe', BATCH, ...args], { service, context: { cwd: folder.path } });
}

describe('describe', () => {
  it('leaves out nothing that is parked, with its request id and next step', async () => {
    const { exitCode, stdout, stderr } = await describeBatch(OPEN);
    expect(exitCode).toBe(0);
    for (const { chunk, requestId } of PARKED) {
      expect(stdout).toContain(`parked     ${chunk}, 90 slots: Forbidden.RAM`);
      expect(stdout).toContain(`request ${requestId}`);
    }
    expect(stdout).toContain('Grant the permission.');
    expect(stderr).toContain('It waits for you');
  });

  it('shows groups, deadline, log, frozen plan and workflow', async () => {
    const { stdout } = await describeBatch(OPEN);
    expect(stdout).toMatch(/^sessions +1,000 +0 +0 +0 +360 +640 +0 +0 +0$/m);
    expect(stdout).toContain('deadline   1970-01-02 00:00:00Z (passed)');
    expect(stdout).toContain('log        1970-01-01 00:01:00Z  pause by ada: maintenance, T-1');
    expect(stdout).toContain('plan       90 slots a call, up to 5,000 a shard');
    expect(stdout).toContain('account    main, installation blue');
    expect(stdout).toContain('run        run-1, running, 1,234 history events');
    expect(stdout).toContain(`namespace default, workflow batch/${BATCH}`);
  });

  it('links to the Temporal UI of a running stack', async () => {
    announceStack(folder.path, {
      ...{ pid: process.pid, address: '127.0.0.1:7233', isOwnServer: true, resultsFolder: 'r' },
      ...{ emulatorUrl: 'http://127.0.0.1:1', uiUrl: 'http://127.0.0.1:8233' },
    });
    const { stdout } = await describeBatch(OPEN, '--json');
    const id = 'batch%2Fpayments%2Fsessions-2026-11';
    expect(JSON.parse(stdout)).toMatchObject({
      uiUrl: `http://127.0.0.1:8233/namespaces/default/workflows/${id}/run-1`,
      frozen: FROZEN,
      deadlineAtMs: 86_400_000,
      progress: { needsOperator: true },
    });
  });

  it('says how old it is when the batch says no more', async () => {
    const gap = createFailure('worker-busy', 'The worker has much to do.');
    const told = { ...OPEN, progressAtMs: Date.now() - 11_500, gap };
    const { stdout } = await describeBatch(told);
    expect(stdout).toContain('  as it was 12s ago: The worker has much to do.');
    expect(stdout).toContain('parked     sessions/0-89');
    const untold = await describeBatch({ ...told, progress: null, progressAtMs: null });
    expect(untold.stdout).toContain('running\n  The worker has much to do.');
  });

  it('has the plan of a batch that Temporal has forgotten from its result', async () => {
    const finished = { document: createResultDocument(), location: null, instancesLocation: null };
    const { stdout } = await describeBatch({ ...OPEN, run: null, progress: null, finished });
    expect(stdout).toContain('succeeded');
    expect(stdout).toContain('plan       90 slots a call');
    expect(stdout).toContain('forgotten by Temporal');
  });
});
