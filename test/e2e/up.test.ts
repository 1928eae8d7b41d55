import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTairfleet, startTairfleet } from '../support/tairfleet-program';
import type { RunningTairfleet } from '../support/tairfleet-program';
import { createTempFolder } from '../support/temp-folder';
import type { TempFolder } from '../support/temp-folder';

const FIRST_BATCH = `${process.cwd()}/examples/first-batch.yaml`;
const TIMEOUT_MS = 240_000;

describe('tairfleet up, and the commands in another terminal of the same folder', () => {
  let folder: TempFolder;
  let up: RunningTairfleet | undefined;
  const run = (...args: readonly string[]) => runTairfleet(args, { cwd: folder.path });

  beforeAll(async () => {
    folder = createTempFolder();
    up = await startTairfleet(['up', '--json'], { cwd: folder.path });
    const speed = JSON.stringify({ readyTimeMs: 500 });
    await fetch(`${String(up.ready['emulatorUrl'])}/_emulator/config`, {
      method: 'PUT',
      body: speed,
    });
  }, TIMEOUT_MS);

  afterAll(async () => {
    await up?.stop();
    folder.remove();
  }, TIMEOUT_MS);

  it(
    'apply finds the server by itself, follows the batch and ends with its outcome',
    async () => {
      const applied = await run('apply', FIRST_BATCH, '--json');
      expect(applied).toMatchObject({ exitCode: 0 });
      expect(JSON.parse(applied.stdout)).toMatchObject({
        schema: 'tairfleet/result/v1',
        outcome: 'succeeded',
        counts: { slots: 3, ready: 3 },
      });
      const again = await run('apply', FIRST_BATCH, '--json');
      expect(JSON.parse(again.stdout)).toEqual(JSON.parse(applied.stdout));
      const result = await run('result', 'first-batch', '--json');
      expect(JSON.parse(result.stdout)).toEqual(JSON.parse(applied.stdout));
      const log = readFileSync(join(folder.path, '.tairfleet', 'up', 'worker.log'), 'utf8');
      const lines = log
        .split('\n')
        .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as { readonly event?: string }]));
      const events = lines.flatMap(({ event }) => event ?? []);
      expect(events.slice(0, 3)).toEqual(['config-loaded', 'worker-started', 'batch-admitted']);
      expect(events).toContain('batch-finished');
      expect(log).not.toContain('testsecret');
    },
    TIMEOUT_MS,
  );

  it(
    'an action on an ended batch is refused with 77, one on an unknown batch with 66',
    async () => {
      await run('apply', FIRST_BATCH);
      expect(await run('pause', 'first-batch')).toMatchObject({ exitCode: 77, stdout: '' });
      expect(await run('retry', 'first-batch')).toMatchObject({ exitCode: 77, stdout: '' });
      expect(await run('pause', 'nobody')).toMatchObject({ exitCode: 66, stdout: '' });
    },
    TIMEOUT_MS,
  );

  it(
    'a second one in the same folder is refused',
    async () => {
      expect(await run('up')).toMatchObject({
        exitCode: 69,
        stderr: expect.stringContaining('up already'),
      });
    },
    TIMEOUT_MS,
  );
});
