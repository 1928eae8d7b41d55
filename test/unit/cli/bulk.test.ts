import type { Action } from '../../../src/service/act-on-batch';
import type { BulkRow } from '../../../src/service/act-on-batches';
import type {
  BatchSelection,
  SelectedBatch,
  UnansweredBatch,
} from '../../../src/service/batch-selection';
import { createFailure, createSuccess } from '../../../src/service/service-result';
import { runFakeCli } from '../../support/fake-cli';
import type { CliRun } from '../../support/fake-cli';

/** One order for many batches: which are meant, who confirms, and how it ends. */

const BATCHES: readonly SelectedBatch[] = ['b-1', 'b-2'].map((batchId) => ({
  tenant: 'payments',
  batchId,
  phase: 'parked',
  codes: ['InsufficientBalance'],
  chunks: null,
}));
const KEYS = BATCHES.map(({ tenant, batchId }) => ({ tenant, batchId }));
const DONE = createSuccess({ message: 'retrying', chunks: [] });
const ENDED = createFailure('already-finished', 'It has ended.');

let selections: BatchSelection[];
let orders: { readonly batches: readonly SelectedBatch[]; readonly action: Action }[];
beforeEach(() => {
  selections = [];
  orders = [];
});

describe('an order for many batches', () => {
  it('is given to all that are meant, with who and why, and shows what each has answered', async () => {
    const run = await call(
      ['retry', '--all-parked', '--tenant', 'payments', '--region', 'cn-hangzhou'],
      ['--code', 'Insufficient', '--by', 'ada', '--why', 'refilled'],
    );
    expect(selections).toEqual([
      {
        ...{ state: 'parked', tenant: 'payments', region: 'cn-hangzhou' },
        ...{ code: 'Insufficient', limit: 1_000 },
      },
    ]);
    const action = { name: 'retryFailed', input: { by: 'ada', why: 'refilled' } };
    expect(orders).toEqual([{ batches: BATCHES, action }]);
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toMatch(/payments\/b-1 +done +retrying/);
    expect(run.stdout).toContain('done for 2 of 2 batches');
  });

  it.each([
    ['some refuse it', [DONE, ENDED], 2],
    ['all refuse it', [ENDED, ENDED], 77],
  ])('exits by kind when %s', async (_kind, answers, exitCode) => {
    const run = await call(['pause', '--all', '--json'], [], { answers });
    expect(run.exitCode).toBe(exitCode);
    const failed = { ...KEYS[1], ok: false, error: { code: ENDED.code, message: ENDED.message } };
    const report = JSON.parse(run.stdout) as { batches: unknown[] };
    expect(report.batches[1]).toEqual(failed);
  });

  it('counts one that does not say how it is as failed', async () => {
    const failure = createFailure('no-worker', 'Nobody answers.');
    const unanswered = [{ tenant: 'payments', batchId: 'b-3', failure }];
    const run = await call(['resume', '--all-paused', '--json'], [], { unanswered });
    expect(run.exitCode).toBe(2);
    expect(JSON.parse(run.stdout)).toMatchObject({ done: 2, failed: 1 });
  });

  it('is only shown with --dry-run', async () => {
    const run = await call(['cancel', '--all', '--dry-run'], ['--tenant', 'payments']);
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toMatch(/payments\/b-1 +parked +InsufficientBalance/);
    expect(orders).toEqual([]);
  });

  it('gives the value of the order where it takes one', async () => {
    await call(['extend-deadline', '--all', '6h'], []);
    expect(orders[0]?.action).toEqual({ name: 'extendDeadline', input: { extendBy: '6h' } });
  });

  it('says so when no batch is meant', async () => {
    const run = await call(['retry-now', '--all-waiting'], [], { batches: [] });
    expect(run).toMatchObject({ exitCode: 0, stdout: 'no such batches\n' });
  });
});

describe('the confirmation', () => {
  it.each(['cancel --all', 'skip --all-parked'])(
    'is wanted from a script for what cannot be taken back: %s',
    async (words) => {
      const argv = words.split(' ');
      expect((await call(argv, [])).exitCode).toBe(77);
      expect(orders).toEqual([]);
      expect((await call([...argv, '--yes'], [])).exitCode).toBe(0);
      expect(orders).toHaveLength(1);
    },
  );

  it.each([
    ['2', 0],
    ['y', 77],
    ['', 77],
  ])('on a terminal is the number of batches: "%s" ends with %d', async (typed, exitCode) => {
    const questions: string[] = [];
    const ask = (question: string): Promise<string> => {
      questions.push(question);
      return Promise.resolve(typed);
    };
    const run = await call(['retry', '--all-parked'], [], { ask });
    expect(questions).toEqual(['retry 2 batches? Type 2 to go on: ']);
    expect(run.stderr).toContain('payments/b-2');
    expect(run.exitCode).toBe(exitCode);
    expect(orders).toHaveLength(exitCode === 0 ? 1 : 0);
  });
});

describe('a wrong command line', () => {
  it.each([
    ['neither a batch nor the flag', 'retry'],
    ['both', 'retry payments/b-1 --all-parked'],
    ['a filter without the flag', 'pause payments/b-1 --region cn-hangzhou'],
    ['chunks of many batches', 'retry --all-parked --chunks sessions/0-89'],
    ['no duration', 'extend-deadline --all'],
    ['a batch without a duration', 'extend-deadline payments/b-1'],
    ['a limit of nothing', 'pause --all --limit 0'],
  ])('is refused: %s', async (_what, words) => {
    expect((await call(words.split(' '), [])).exitCode).toBe(64);
    expect(selections).toEqual([]);
  });
});

interface Answers {
  readonly batches?: readonly SelectedBatch[];
  readonly unanswered?: readonly UnansweredBatch[];
  readonly answers?: readonly BulkRow['answer'][];
  readonly ask?: (question: string) => Promise<string>;
}

function call(
  argv: readonly string[],
  more: readonly string[],
  { batches = BATCHES, unanswered = [], answers = [DONE, DONE], ask }: Answers = {},
): Promise<CliRun> {
  return runFakeCli([...argv, ...more], {
    ...(ask === undefined ? {} : { io: { ask } }),
    service: {
      select: (selection) => {
        selections.push(selection);
        return Promise.resolve(createSuccess({ batches, unanswered, isCut: false }));
      },
      actOnAll: (chosen, action) => {
        orders.push({ batches: chosen, action });
        return Promise.resolve(
          answers.map((answer, index) => ({ key: KEYS[index] ?? KEYS[0]!, answer })),
        );
      },
    },
  });
}
