import { createFailure, createSuccess } from '../../../src/service/service-result';
import type { WatchEvent } from '../../../src/service/watch-batch';
import { createBatchProgress } from '../../support/batch-progress';
import { runFakeCli } from '../../support/fake-cli';
import { createResultDocument } from '../../support/result-document';

const FIRST_BATCH = 'examples/first-batch.yaml';
const BATCH = 'payments/sessions-2026-11';

describe('the command line', () => {
  it('suggests the command that was meant, and exits with 64', async () => {
    const run = await runFakeCli(['aply', FIRST_BATCH]);
    expect(run.exitCode).toBe(64);
    expect(run.stderr).toContain('Did you mean apply?');
    expect(run.stdout).toBe('');
  });

  it('gives a script one JSON object even for a wrong option', async () => {
    const run = await runFakeCli(['status', BATCH, '--jsn', '--json']);
    expect(run.exitCode).toBe(64);
    expect(JSON.parse(run.stdout)).toEqual({
      error: { code: 'usage', message: expect.stringContaining("unknown option '--jsn'") },
    });
  });

  it('shows its help when it is called without a command', async () => {
    const run = await runFakeCli([]);
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain('tairfleet apply examples/first-batch.yaml');
    const ofSchedules = await runFakeCli(['schedule']);
    expect(ofSchedules.exitCode).toBe(0);
    expect(ofSchedules.stdout).toContain('Usage: tairfleet schedule');
  });

  it.each([
    [['aply', '--help'], "unknown command 'aply'"],
    [['help', 'aply'], 'Usage: tairfleet'],
    [['schedule', 'aply', '-h'], "unknown command 'aply'"],
    [['--jsn'], "unknown option '--jsn'"],
  ])('has no help for what there is not: %j', async (argv, said) => {
    const run = await runFakeCli(argv);
    expect(run.exitCode).toBe(64);
    expect(run.stderr).toContain(said);
  });

  it('shows the help of a command to whoever asks for help, and never takes that for "halt"', async () => {
    const general = await runFakeCli(['help']);
    expect(general.exitCode).toBe(0);
    expect(general.stdout).toContain('tairfleet apply examples/first-batch.yaml');
    const apply = await runFakeCli(['help', 'apply']);
    expect(apply.exitCode).toBe(0);
    expect(apply.stdout).toContain('Usage: tairfleet apply');
  });

  it('prints its version', async () => {
    expect((await runFakeCli(['version'])).stdout).toBe('tairfleet 1.2.3\n');
    expect(JSON.parse((await runFakeCli(['version', '--json'])).stdout)).toMatchObject({
      version: '1.2.3',
    });
  });

  it('says who does not answer, and exits with 69, when there is no server', async () => {
    const openFailure = createFailure('no-server', 'No Temporal server answered at x:1.');
    const run = await runFakeCli(['status', BATCH, '--json'], { openFailure });
    expect(run.exitCode).toBe(69);
    expect(JSON.parse(run.stdout)).toEqual({
      error: { code: 'no-server', message: 'No Temporal server answered at x:1.' },
    });
  });
});

describe('validate', () => {
  it('accepts an example without asking anybody', async () => {
    const run = await runFakeCli(['validate', FIRST_BATCH, '--json']);
    expect(run.exitCode).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({ valid: true, slots: 3 });
  });

  it('exits with 66 when there is no such file', async () => {
    const run = await runFakeCli(['validate', 'no/such/file.yaml']);
    expect(run.exitCode).toBe(66);
    expect(run.stderr).toContain('no/such/file.yaml');
  });

  it('exits with 65 and lists every problem with its place', async () => {
    const run = await runFakeCli(['validate', 'package.json', '--json']);
    expect(run.exitCode).toBe(65);
    const { error } = JSON.parse(run.stdout) as { error: { problems: { line: number }[] } };
    expect(error.problems.length).toBeGreaterThan(1);
    expect(error.problems.every(({ line }) => line > 0)).toBe(true);
  });
});

describe('apply', () => {
  it('sends nothing when the file is invalid', async () => {
    const run = await runFakeCli(['apply', 'package.json']);
    expect(run.exitCode).toBe(65);
    expect(run.stderr).toContain('nothing was sent');
  });

  it('returns at once with --detach', async () => {
    const run = await runFakeCli(['apply', FIRST_BATCH, '--detach', '--json'], {
      service: {
        apply: () =>
          Promise.resolve(createSuccess({ kind: 'started', workflowId: 'w', runId: 'r' })),
      },
    });
    expect(run.exitCode).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({ kind: 'started', workflowId: 'w', runId: 'r' });
  });

  it('exits with 73 when the batch id is taken by another request', async () => {
    const conflict = createFailure('conflict', 'taken');
    const run = await runFakeCli(['apply', FIRST_BATCH], {
      service: { apply: () => Promise.resolve(conflict) },
    });
    expect(run).toEqual({ exitCode: 73, stdout: '', stderr: 'error: taken\n' });
  });

  it('keeps progress on stderr, and leaves stdout to the result', async () => {
    const run = await runFakeCli(['apply', FIRST_BATCH, '--json'], {
      service: {
        apply: () =>
          Promise.resolve(createSuccess({ kind: 'started', workflowId: 'w', runId: 'r' })),
        watch: () => toEvents([createProgressEvent(), createFinishedEvent()]),
      },
    });
    expect(run.stderr).toContain('ready 640/1,000');
    expect(JSON.parse(run.stdout)).toMatchObject({ outcome: 'succeeded', location: '/r.json' });
  });
});

describe('watch', () => {
  it.each([
    ['succeeded', 0],
    ['failed', 1],
    ['partial', 2],
    ['cancelled', 3],
  ] as const)('exits by the outcome: %s is %i', async (outcome, exitCode) => {
    const event = createFinishedEvent({ outcome });
    const run = await runFakeCli(['watch', BATCH], { service: { watch: () => toEvents([event]) } });
    expect(run.exitCode).toBe(exitCode);
  });

  it('leaves the batch running at Ctrl-C, says how to come back, and exits with 130', async () => {
    const interrupt = new AbortController();
    const run = await runFakeCli(['watch', BATCH], {
      service: {
        watch: () => toEvents([createProgressEvent()], () => interrupt.abort()),
      },
      context: { catchInterrupt: () => interrupt.signal },
    });
    expect(run.exitCode).toBe(130);
    expect(run.stderr).toContain(`tairfleet watch ${BATCH}`);
  });

  it('goes on while no worker answers', async () => {
    const waiting = { kind: 'waiting', failure: createFailure('no-worker', 'long words') } as const;
    const run = await runFakeCli(['watch', BATCH], {
      service: { watch: () => toEvents([waiting, createFinishedEvent()]) },
    });
    expect(run.stderr).toContain('no worker answers at the moment');
    expect(run.exitCode).toBe(0);
  });
});

describe('operator actions', () => {
  it('carry who, why and the ticket', async () => {
    const seen: unknown[] = [];
    const run = await runFakeCli(
      ['pause', BATCH, '--by', 'ada', '--why', 'maintenance', '--ticket', 'OPS-1', '--json'],
      {
        service: {
          act: (key, action) => {
            seen.push(key, action);
            return Promise.resolve(createSuccess({ message: 'Paused.', chunks: [] }));
          },
        },
      },
    );
    expect(seen).toEqual([
      { tenant: 'payments', batchId: 'sessions-2026-11' },
      { name: 'pause', input: { by: 'ada', why: 'maintenance', ticket: 'OPS-1' } },
    ]);
    expect(JSON.parse(run.stdout)).toMatchObject({ action: 'pause', message: 'Paused.' });
  });

  it.each([
    [['retry-now', BATCH], 'retryNow', {}],
    [['skip', BATCH, '--chunks', 'a/0-9, a/10-19'], 'skip', { chunks: ['a/0-9', 'a/10-19'] }],
    [['set-concurrency', BATCH, '5'], 'setConcurrency', { chunksInFlight: 5 }],
    [
      ['extend-deadline', BATCH, '6h', '--by', 'ada'],
      'extendDeadline',
      { extendBy: '6h', by: 'ada' },
    ],
    [['approve', BATCH, 'q7m2', '--by', 'ada'], 'approve', { plan: 'q7m2', by: 'ada' }],
    [['reject', BATCH, 'q7m2', '--by', 'ada'], 'reject', { plan: 'q7m2', by: 'ada' }],
    [['cancel', BATCH], 'cancel', {}],
    [['cancel', BATCH, '--instances', 'release'], 'cancel', { instances: 'release' }],
  ])('pass on what %j orders', async (args, name, input) => {
    const seen: unknown[] = [];
    const run = await runFakeCli(args, {
      service: {
        act: (_key, action) => {
          seen.push(action);
          return Promise.resolve(createSuccess({ message: 'Done.', chunks: [] }));
        },
      },
    });
    expect(run.stdout).toBe('Done.\n');
    expect(seen).toEqual([{ name, input }]);
  });

  it("exit with 77 and the batch's own reason when it refuses", async () => {
    const refused = createFailure('refused', 'The batch is not paused.');
    const run = await runFakeCli(['resume', BATCH], {
      service: { act: () => Promise.resolve(refused) },
    });
    expect(run).toEqual({ exitCode: 77, stdout: '', stderr: 'error: The batch is not paused.\n' });
  });

  it('retry only the chunks that are named', async () => {
    const seen: unknown[] = [];
    await runFakeCli(
      ['retry', 'sessions-2026-11', '--tenant', 'payments', '--chunks', 'a/0-1, b/2-3'],
      {
        service: {
          retry: (key, input) => {
            seen.push(key, input);
            const answer = { message: 'Two chunks go on.', chunks: [] };
            return Promise.resolve(createSuccess({ kind: 'resumed', answer }));
          },
        },
      },
    );
    expect(seen).toEqual([
      { tenant: 'payments', batchId: 'sessions-2026-11' },
      { chunks: ['a/0-1', 'b/2-3'] },
    ]);
  });
});

describe('demo', () => {
  it('refuses to start when the cloud endpoint is not this machine', async () => {
    const run = await runFakeCli(['demo', '--json'], {
      context: { env: { TAIRFLEET_CLOUD_ENDPOINT: 'https://r-kvstore.aliyuncs.com' } },
    });
    expect(run.exitCode).toBe(77);
    expect(JSON.parse(run.stdout)).toMatchObject({ error: { code: 'refused' } });
  });
});

function createProgressEvent(): WatchEvent {
  return { kind: 'progress', progress: createBatchProgress(), historyEvents: 10 };
}

function createFinishedEvent(changes: Parameters<typeof createResultDocument>[0] = {}): WatchEvent {
  const document = createResultDocument(changes);
  const finished = { document, location: '/r.json', instancesLocation: '/i.ndjson' };
  return { kind: 'finished', finished, historyEvents: 100 };
}

async function* toEvents(
  events: readonly WatchEvent[],
  whenSeen: () => void = () => {},
): AsyncGenerator<WatchEvent> {
  for (const event of events) {
    yield await Promise.resolve(event);
    whenSeen();
  }
}
