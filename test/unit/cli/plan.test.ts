import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConflict } from '../../../src/service/find-batch';
import { createFailure, createSuccess } from '../../../src/service/service-result';
import type { ServiceResult } from '../../../src/service/service-result';
import type { FoundBatch } from '../../../src/service/find-batch';
import { runFakeCli } from '../../support/fake-cli';
import type { CliRun } from '../../support/fake-cli';
import { createTempFolder } from '../../support/temp-folder';
import type { TempFolder } from '../../support/temp-folder';

const FIRST_BATCH = 'examples/first-batch.yaml';
const KEY = { tenant: 'default', batchId: 'first-batch' };
const NOT_FOUND = createFailure('not-found', 'There is no batch default/first-batch.');

let folder: TempFolder;
beforeEach(() => void (folder = createTempFolder()));
afterEach(() => folder.remove());

/** Runs a command line whose server answers `find` so, with settings of the environment alone. */
function run(
  argv: readonly string[],
  options: { found?: ServiceResult<FoundBatch>; env?: Record<string, string> } = {},
): Promise<CliRun> {
  const { found = NOT_FOUND, env = {} } = options;
  return runFakeCli(argv, {
    service: { find: () => Promise.resolve(found) },
    context: { env: { TEMPORAL_ADDRESS: 'somewhere:7233', ...env }, cwd: folder.path },
  });
}

function createFound(): ServiceResult<FoundBatch> {
  return createSuccess({
    kind: 'attached',
    run: {
      key: KEY,
      workflowId: 'batch/default/first-batch',
      runId: 'run-1',
      status: 'running',
      startedAtMs: 0,
      closedAtMs: null,
      historyEvents: 3,
      requestHash: null,
      frozen: null,
      submittedBy: null,
      noted: null,
      schedule: null,
    },
  });
}

describe('plan', () => {
  it('shows what would be ordered, in which call, under which name', async () => {
    const { exitCode, stdout, stderr } = await run(['plan', FIRST_BATCH]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('default/first-batch  3 instances in 1 create call');
    expect(stdout).toMatch(/cache\/0-2 +3 +cn-hangzhou-h +cache-\w{10}-s0000c0000 +tf-\w{10}…/);
    expect(stdout).toContain('warning    cache has one placement');
    expect(stderr).toBe(`Nothing was sent. "tairfleet apply ${FIRST_BATCH}" orders 3 instances.\n`);
  });

  it('lists the first calls and says how many more there are, or all of them', async () => {
    const short = await run(['plan', 'examples/sessions-1000.yaml']);
    expect(short.stdout).toContain('… and 3 more; --all lists them');
    expect(short.stdout).not.toContain('limits/90-99');
    const all = await run(['plan', 'examples/sessions-1000.yaml', '--all']);
    expect(all.stdout).not.toContain('more;');
    expect(all.stdout).toContain('limits/90-99');
  });

  it('gives a script whole tokens, warnings with codes, and the plan that would be frozen', async () => {
    const { stdout } = await run(['plan', FIRST_BATCH, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      isOrdering: true,
      known: 'new',
      slots: 3,
      calls: { CreateInstances: 1 },
      chunkList: [{ chunk: 'cache/0-2', token: expect.stringMatching(/^tf-\w{51}$/) }],
      chunksUnlisted: 0,
      warnings: [{ code: 'single-placement', group: 'cache' }],
      frozen: { installationId: 'default', chunkSlots: 90 },
    });
  });

  it('plans with the settings of the environment', async () => {
    const env = { TAIRFLEET_PLAN_CHUNK_SLOTS: '2', TAIRFLEET_INSTALLATION_ID: 'blue' };
    const { stdout } = await run(['plan', FIRST_BATCH, '--json'], { env });
    expect(JSON.parse(stdout)).toMatchObject({
      chunks: 2,
      frozen: { installationId: 'blue', chunkSlots: 2 },
    });
  });

  it('needs no server, and asks none that nobody named', async () => {
    const openFailure = createFailure('no-server', 'No Temporal server answered at x:1.');
    const context = { cwd: folder.path };
    const quiet = await runFakeCli(['plan', FIRST_BATCH], { context: { ...context, env: {} } });
    expect(quiet).toMatchObject({ exitCode: 0 });
    expect(quiet.stderr).toContain('unless the batch exists: no server was asked.');
    const env = { TEMPORAL_ADDRESS: 'x:1' };
    const alone = await runFakeCli(['plan', FIRST_BATCH], {
      openFailure,
      context: { ...context, env },
    });
    expect(alone).toMatchObject({ exitCode: 0 });
    expect(alone.stderr).toContain('No Temporal server answered at x:1.');
  });

  it('says for which tenant it plans when no server may be asked whose the key is', async () => {
    const request = readFileSync(FIRST_BATCH, 'utf8').replace(/^tenant:.*\n/m, '');
    const file = join(folder.path, 'nobodys.yaml');
    writeFileSync(file, request);
    const context = { cwd: folder.path, env: { TAIRFLEET_SERVER: 'http://127.0.0.1:2' } };
    const planned = await runFakeCli(['plan', file, '--offline'], { context });
    expect(planned.exitCode).toBe(0);
    expect(planned.stderr).toContain('Planned for the tenant default: nothing names one');
    const named = await runFakeCli(['plan', file, '--offline', '--tenant', 'a'], { context });
    expect(named.stderr).not.toContain('Planned for');
  });

  it('refuses a request whose account is not clear, and names the known ones', async () => {
    const request = readFileSync(FIRST_BATCH, 'utf8').replace('batchId:', 'account: red\nbatchId:');
    const file = join(folder.path, 'red.yaml');
    writeFileSync(file, request);
    const { exitCode, stderr } = await run(['plan', file]);
    expect(exitCode).toBe(77);
    expect(stderr).toContain('The account red is not known to the configuration here');
  });
});

describe('plan --detailed-exitcode', () => {
  const detailed = ['plan', FIRST_BATCH, '--detailed-exitcode'];

  it('is 2 when something would be ordered, also when nobody answers', async () => {
    expect(await run(detailed)).toMatchObject({ exitCode: 2 });
    expect(await run([...detailed, '--offline'])).toMatchObject({ exitCode: 2 });
  });

  it('is 0 when the batch exists with the same request', async () => {
    const { exitCode, stderr } = await run(detailed, { found: createFound() });
    expect(exitCode).toBe(0);
    expect(stderr).toContain('Nothing to do: the batch was submitted with this request (running).');
  });

  it('is 1 for every error, which keeps its code of its own without the option', async () => {
    expect(await run(['plan', 'no/such/file.yaml', '--detailed-exitcode'])).toMatchObject({
      exitCode: 1,
    });
    const found = createConflict(KEY, [{ path: ['groups', 'cache', 'count'], before: 2, now: 3 }]);
    expect(await run(detailed, { found })).toMatchObject({ exitCode: 1 });
    const conflict = await run(['plan', FIRST_BATCH], { found });
    expect(conflict.exitCode).toBe(73);
    expect(conflict.stderr).toMatch(/groups\.cache\.count +2 +3/);
  });
});

describe('a saved plan', () => {
  async function save(env: Record<string, string> = {}): Promise<string> {
    const file = join(folder.path, 'plan.json');
    await run(['plan', FIRST_BATCH, '--out', file], { env });
    return file;
  }

  it('is submitted with exactly the plan that was looked at', async () => {
    const submitted: unknown[] = [];
    const file = await save({ TAIRFLEET_PLAN_CHUNK_SLOTS: '2' });
    const applied = await runFakeCli(['apply', file, '--detach'], {
      service: {
        apply: (submission) => {
          submitted.push(submission);
          return Promise.resolve(
            createSuccess({ kind: 'started', workflowId: 'batch/default/first-batch', runId: 'r' }),
          );
        },
      },
      context: { env: { TAIRFLEET_PLAN_CHUNK_SLOTS: '2' }, cwd: folder.path },
    });
    expect(applied).toMatchObject({ exitCode: 0 });
    expect(submitted).toMatchObject([
      { document: { batchId: 'first-batch' }, frozen: { chunkSlots: 2, naming: 'shared' } },
    ]);
  });

  it('can be shown again', async () => {
    const { exitCode, stdout } = await run(['plan', await save()]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('(from the saved plan)');
  });

  it('is refused when anything in it was changed, and nobody is asked', async () => {
    const file = await save();
    writeFileSync(file, readFileSync(file, 'utf8').replace('"count": 3', '"count": 4'));
    const { exitCode, stderr } = await run(['apply', file]);
    expect(exitCode).toBe(65);
    expect(stderr).toContain('was changed after it was saved; plan the request again.');
  });

  it('is refused when the settings have changed, and says which', async () => {
    const file = await save();
    const env = { TAIRFLEET_INSTALLATION_ID: 'blue' };
    const { exitCode, stderr } = await run(['apply', file], { env });
    expect(exitCode).toBe(73);
    expect(stderr).toContain('installationId: default in the plan, blue now');
  });

  it('says so when it cannot be written', async () => {
    const file = join(folder.path, 'no', 'folder', 'plan.json');
    const { exitCode, stderr } = await run(['plan', FIRST_BATCH, '--out', file]);
    expect(exitCode).toBe(66);
    expect(stderr).toContain('cannot be written (ENOENT)');
  });
});

describe('apply of another request under a known batch id', () => {
  it('shows each field with what was submitted before and what is now', async () => {
    const differences = [
      { path: ['groups', 'cache', 'count'], before: 2, now: 3 },
      { path: ['account'], before: undefined, now: 'blue' },
    ];
    const service = { apply: () => Promise.resolve(createConflict(KEY, differences)) };
    const text = await runFakeCli(['apply', FIRST_BATCH], { service });
    expect(text.exitCode).toBe(73);
    expect(text.stderr).toMatch(/^field +submitted before +now$/m);
    expect(text.stderr).toMatch(/^groups\.cache\.count +2 +3$/m);
    expect(text.stderr).toMatch(/^account +\(nothing\) +blue$/m);
    const json = await runFakeCli(['apply', FIRST_BATCH, '--json'], { service });
    expect(JSON.parse(json.stdout)).toMatchObject({
      error: { code: 'conflict', differences: [{ before: 2, now: 3 }, { now: 'blue' }] },
    });
  });
});
