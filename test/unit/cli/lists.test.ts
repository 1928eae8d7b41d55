import type { ResultInstance } from '../../../src/domain/result';
import type { ListedBatch } from '../../../src/service/list-batches';
import type { ListedSchedule } from '../../../src/service/schedules/list-schedules';
import { createSuccess } from '../../../src/service/service-result';
import { runFakeCli } from '../../support/fake-cli';
import { createResultDocument } from '../../support/result-document';

const BATCHES: readonly ListedBatch[] = [
  createBatch({ batchId: 'open', status: 'running', phase: 'parked', needsOperator: true }),
  createBatch({ batchId: 'ended', outcome: 'succeeded', ready: 1_200, endedAtMs: 1_000 }),
];

function createBatch(changes: Partial<ListedBatch>): ListedBatch {
  return {
    ...{ tenant: 'payments', batchId: 'b', runId: 'run-1', status: 'completed', phase: null },
    ...{ outcome: null, needsOperator: false, schedule: null, slots: 1_200, ready: 0 },
    startedAtMs: 0,
    endedAtMs: null,
    ...changes,
  };
}

const SCHEDULES: readonly ListedSchedule[] = [
  {
    ...{ tenant: 'payments', name: 'nightly', isPaused: false, note: null, nextAtMs: 86_400_000 },
    latest: { batchId: 'nightly-1970-01-01T00:00:00Z', runId: 'run-1', startedAtMs: 0 },
  },
  {
    ...{ tenant: 'payments', name: 'old', isPaused: true, note: 'paused by ada' },
    ...{ nextAtMs: 1_000, latest: null },
  },
];

function list(...args: readonly string[]) {
  return runFakeCli(['list', ...args], {
    service: {
      list: () => Promise.resolve(createSuccess({ batches: BATCHES, isCut: false })),
      haltState: () => Promise.resolve(createSuccess({ sinceMs: 0, by: 'ada' } as never)),
    },
  });
}

describe('lists', () => {
  it('give scripts plain rows: CSV with every column but those of the name, or an id a line', async () => {
    const csv = await list('--output', 'csv');
    expect(csv.stdout.split('\n')).toEqual([
      'batch,state,ready,slots,started,ended,run,needsOperator',
      'payments/open,parked,0,1200,1970-01-01T00:00:00.000Z,,run-1,true',
      'payments/ended,succeeded,1200,1200,1970-01-01T00:00:00.000Z,1970-01-01T00:00:01.000Z,run-1,false',
      '',
    ]);
    expect((await list('-o', 'ids')).stdout).toBe('payments/open\npayments/ended\n');
  });

  it('tell times one way in a table: how long ago', async () => {
    const { stdout } = await list('--columns', 'started,ended');
    expect(stdout).toMatch(/^started +ended\n(\d+ d ago)\n(\d+ d ago +\d+ d ago)\n$/m);
  });

  it('show the columns that are named, in that order', async () => {
    const { stdout } = await list('--columns', 'state,tenant', '--filter', 'needsOperator=true');
    expect(stdout.split('\n').slice(-3)).toEqual(['state   tenant', 'parked  payments', '']);
  });

  it('keep the rows that every filter says', async () => {
    expect((await list('-o', 'ids', '--filter', 'state=succeeded')).stdout).toBe(
      'payments/ended\n',
    );
    const none = ['--filter', 'state=succeeded', '--filter', 'ready=3'];
    expect((await list('-o', 'ids', ...none)).stdout).toBe('');
    expect((await list(...none)).stdout).toMatch(/^none of the 2 batches looked at$/m);
    expect(JSON.parse((await list('-o', 'json', ...none)).stdout)).toMatchObject({ batches: [] });
  });

  it('refuse what is no column, and say which there are', async () => {
    for (const args of [
      ['--columns', 'colour'],
      ['--filter', 'colour=red'],
      ['--filter', 'state'],
      ['--output', 'yaml'],
    ]) {
      expect(await list(...args)).toMatchObject({ exitCode: 64, stdout: '' });
    }
    expect((await list('--columns', 'colour')).stderr).toContain('there are batch, tenant, state');
  });
});

describe('the instances of a batch', () => {
  const instances = (...args: readonly string[]) =>
    runFakeCli(['instances', 'payments/b', ...args], {
      service: {
        result: () =>
          Promise.resolve(
            createSuccess({
              document: createResultDocument(),
              ...{ location: null, instancesLocation: null },
            }),
          ),
        instances: () => Promise.resolve(createSuccess(iterate())),
      },
    });

  it('stand in a table, no more than asked for, and say where all are', async () => {
    const { stdout, stderr } = await instances('--limit', '2');
    expect(stdout.split('\n')).toEqual([
      'group     slot  id   zone           state   endpoint',
      'sessions     0  r-0  cn-hangzhou-h  ready   r-0:6379',
      'sessions     1  r-1  cn-hangzhou-h  failed',
      '',
    ]);
    expect(stderr).toContain('"tairfleet result payments/b --format csv" has all');
  });

  it('are filtered before they are counted', async () => {
    const some = ['--limit', '1', '--filter', 'state=ready', '-o', 'ids'];
    expect((await instances(...some)).stdout).toBe('r-0\n');
  });
});

async function* iterate(): AsyncGenerator<ResultInstance> {
  for (let slot = 0; slot < 3; slot += 1) {
    const id = `r-${slot}`;
    const place = { group: 'sessions', region: 'cn-hangzhou', zone: 'cn-hangzhou-h' };
    yield slot === 1
      ? { slot, id, name: 'n', state: 'failed', ...place }
      : { slot, id, name: 'n', state: 'ready', endpoint: `${id}:6379`, ...place };
  }
}

describe('the list of schedules', () => {
  const listSchedules = () => Promise.resolve(createSuccess(SCHEDULES));
  const run = (...args: readonly string[]) =>
    runFakeCli(['schedule', 'list', ...args], { service: { listSchedules } });

  it('is a table that says of each when it orders next, or why not', async () => {
    const { stdout } = await run();
    expect(stdout.split('\n').map((line) => line.replace(/ {2,}/g, '|'))).toEqual([
      'schedule|state|next|latest batch|note',
      'payments/nightly|active|1970-01-02T00:00:00Z|nightly-1970-01-01T00:00:00Z',
      'payments/old|paused|paused by ada',
      '',
    ]);
  });

  it('takes what every list takes', async () => {
    expect((await run('-o', 'ids', '--filter', 'state=paused')).stdout).toBe('payments/old\n');
    expect((await run('--columns', 'state,tenant')).stdout).toMatch(/^state +tenant\n/);
    expect((await run('-o', 'csv')).stdout).toBe(
      'schedule,state,next,latest,run,note\n' +
        'payments/nightly,active,1970-01-02T00:00:00.000Z,nightly-1970-01-01T00:00:00Z,run-1,\n' +
        'payments/old,paused,,,,paused by ada\n',
    );
  });
});
