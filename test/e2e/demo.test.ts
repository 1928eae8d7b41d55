import { createFolderResultStore } from '../../src/outbound/folder-result-store';
import { runTairfleet } from '../support/tairfleet-program';
import { createTempFolder } from '../support/temp-folder';
import type { TempFolder } from '../support/temp-folder';

describe('tairfleet demo', () => {
  let folder: TempFolder;
  beforeEach(() => (folder = createTempFolder()));
  afterEach(() => folder.remove());

  it('gets exactly what it asked for, although its worker is killed in the middle', async () => {
    const run = await runTairfleet(['demo', '--slots', '200', '--json'], { cwd: folder.path });
    expect(JSON.parse(run.stdout)).toMatchObject({
      asked: 200,
      ready: 200,
      live: 200,
      duplicates: 0,
      orphans: 0,
      missing: 0,
      outcome: 'succeeded',
      retries: { quota: expect.any(Number) },
    });
    expect(run.stderr).toContain('Killed the worker');
    expect(run.stderr).toContain('Raising the quota');
    expect(run.exitCode).toBe(0);
    const { resultFile } = JSON.parse(run.stdout) as { resultFile: string };
    const store = createFolderResultStore(`${folder.path}/.tairfleet/demo/results`);
    const key = { tenant: 'payments', batchId: 'sessions-1000' };
    expect((await store.list(key)).map(({ location }) => location)).toEqual([resultFile]);
  }, 240_000);
});
