import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PreflightInput } from '../../../src/contract/preflight-types';
import type { BatchService } from '../../../src/service/batch-service';
import { createFailure, createSuccess } from '../../../src/service/service-result';
import { runFakeCli } from '../../support/fake-cli';
import type { CliRun } from '../../support/fake-cli';
import { answerPreflight } from '../../support/preflight-answers';
import type { PreflightChanges } from '../../support/preflight-answers';
import { createTempFolder } from '../../support/temp-folder';
import type { TempFolder } from '../../support/temp-folder';

const FIRST_BATCH = 'examples/first-batch.yaml';
const KEY = { tenant: 'default', batchId: 'first-batch' };

let folder: TempFolder;
let asked: PreflightInput[];
let applied: number;

beforeEach(() => {
  folder = createTempFolder();
  asked = [];
  applied = 0;
});
afterEach(() => folder.remove());

/** Runs a command line over a cloud that answers so. */
function run(
  argv: readonly string[],
  changes: PreflightChanges = {},
  service: Partial<BatchService> = {},
): Promise<CliRun> {
  return runFakeCli(argv, {
    service: {
      find: () => Promise.resolve(createFailure('not-found', 'There is no such batch.')),
      preflight: (input) => {
        asked.push(input);
        return Promise.resolve(createSuccess(answerPreflight(input, changes)));
      },
      apply: () => {
        applied += 1;
        return Promise.resolve(createSuccess({ kind: 'started', workflowId: 'w', runId: 'r' }));
      },
      ...service,
    },
    context: { env: {}, cwd: folder.path },
  });
}

/** The batch is there, with this very request. */
const findRunning: BatchService['find'] = () => {
  const run = {
    ...{ key: KEY, workflowId: 'w', runId: 'r', startedAtMs: 0, closedAtMs: null },
    ...{
      historyEvents: 3,
      requestHash: null,
      frozen: null,
      submittedBy: null,
      noted: null,
      schedule: null,
    },
  };
  return Promise.resolve(createSuccess({ kind: 'attached', run: { ...run, status: 'running' } }));
};

describe('plan --preflight', () => {
  it('shows for each placement how it looks and what one costs, and what all cost', async () => {
    const { exitCode, stdout } = await run(['plan', FIRST_BATCH, '--preflight']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/group +slots +zone +class +preflight +price of one/);
    expect(stdout).toMatch(
      /cache +3 +cn-hangzhou-h +redis\.master\.small\.default +unknown +0\.1625 CNY an hour/,
    );
    expect(stdout).toContain('unknown     network: could not be asked: RAM says no.');
    expect(stdout).toContain('total      0.4875 CNY an hour (PostPaid, 3 instances)');
    expect(asked).toMatchObject([{ tenant: 'default', account: 'default' }]);
  });

  it('says what is impossible and what to do, and ends as a refusal', async () => {
    const closed = { closedZones: ['cn-hangzhou-h'] };
    const plan = await run(['plan', FIRST_BATCH, '--preflight'], closed);
    expect(plan.exitCode).toBe(77);
    expect(plan.stdout).toContain(
      'impossible  cache in cn-hangzhou-h: cn-hangzhou-h takes no new instances: choose another zone.',
    );
    const detailed = ['plan', FIRST_BATCH, '--preflight', '--detailed-exitcode'];
    expect(await run(detailed, closed)).toMatchObject({ exitCode: 1 });
    expect(await run(detailed)).toMatchObject({ exitCode: 2 });
  });

  it('warns of instances that bear the names already, but not of those of the batch itself', async () => {
    const { exitCode, stdout } = await run(['plan', FIRST_BATCH, '--preflight'], { taken: 2 });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/warning +names: instances with the names .* there already \(2\)/);
    const again = await run(
      ['plan', FIRST_BATCH, '--preflight'],
      { taken: 2 },
      { find: findRunning },
    );
    expect(again.stdout).not.toContain('names: instances');
  });

  it('gives a script every check, and null when nobody asked', async () => {
    const { stdout } = await run(['plan', FIRST_BATCH, '--preflight', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      preflight: {
        verdict: 'unknown',
        groups: [{ group: 'cache', placements: [{ price: { amount: '0.1625' } }] }],
        totals: [{ chargeType: 'PostPaid', amount: '0.4875', currency: 'CNY' }],
      },
    });
    const without = await run(['plan', FIRST_BATCH, '--json']);
    expect(JSON.parse(without.stdout)).toMatchObject({ preflight: null });
    expect(asked).toHaveLength(1);
  });

  it('fails when no worker answers, since somebody asked for one', async () => {
    const preflight = () => Promise.resolve(createFailure('no-worker', 'No worker answered.'));
    const { exitCode, stderr } = await run(['plan', FIRST_BATCH, '--preflight'], {}, { preflight });
    expect(exitCode).toBe(69);
    expect(stderr).toContain('No worker answered.');
  });

  it('cannot be had offline', async () => {
    const { exitCode } = await run(['plan', FIRST_BATCH, '--preflight', '--offline']);
    expect(exitCode).toBe(64);
  });
});

describe('apply of a plan that was saved with prices', () => {
  async function save(changes: PreflightChanges = {}): Promise<string> {
    const file = join(folder.path, 'plan.json');
    await run(['plan', FIRST_BATCH, '--preflight', '--out', file], changes);
    asked = [];
    return file;
  }

  it('asks for the prices alone, and goes on when they are the same', async () => {
    const file = await save();
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      preflight: { verdict: 'unknown', groups: { cache: 'unknown' } },
    });
    expect(await run(['apply', file, '--detach'])).toMatchObject({ exitCode: 0 });
    expect(applied).toBe(1);
    expect(asked).toMatchObject([{ questions: { prices: [{}], sales: [], networks: [] } }]);
  });

  it('refuses another price with the old and the new one, and orders nothing', async () => {
    const { exitCode, stderr } = await run(['apply', await save()], { amount: '0.20' });
    expect(exitCode).toBe(73);
    expect(stderr).toContain(
      'redis.master.small.default in cn-hangzhou-h: 0.1625 CNY an hour in the plan, 0.20 CNY an hour now',
    );
    expect(applied).toBe(0);
    const json = await run(['apply', join(folder.path, 'plan.json'), '--json'], { amount: '0.20' });
    expect(JSON.parse(json.stdout)).toMatchObject({
      error: { code: 'price-differs', changes: [{ before: { amount: '0.1625' } }] },
    });
  });

  it('refuses a price that can no longer be asked', async () => {
    const { exitCode, stderr } = await run(['apply', await save()], { amount: null });
    expect(exitCode).toBe(73);
    expect(stderr).toContain('cannot be asked now');
  });

  it('orders at any price with --accept-price, and asks nobody', async () => {
    const argv = ['apply', await save(), '--detach', '--accept-price'];
    expect(await run(argv, { amount: '9.00' })).toMatchObject({ exitCode: 0 });
    expect(applied).toBe(1);
    expect(asked).toEqual([]);
  });

  it('asks nothing for a batch that is there already: it has been ordered', async () => {
    const file = await save();
    const again = await run(['apply', file, '--detach'], { amount: '9.00' }, { find: findRunning });
    expect(again).toMatchObject({ exitCode: 0 });
    expect(asked).toEqual([]);
  });

  it('has no price to compare where none was known', async () => {
    const file = await save({ amount: null });
    expect(await run(['apply', file, '--detach'])).toMatchObject({ exitCode: 0 });
    expect(asked).toEqual([]);
  });

  it('refuses a file in which a price was changed', async () => {
    const file = await save();
    writeFileSync(file, readFileSync(file, 'utf8').replace('0.1625', '9.00'));
    const { exitCode, stderr } = await run(['apply', file], { amount: '9.00' });
    expect(exitCode).toBe(65);
    expect(stderr).toContain('was changed after it was saved');
  });
});
