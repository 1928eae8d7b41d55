import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTairfleet, startTairfleet } from '../support/tairfleet-program';
import { createTempFolder } from '../support/temp-folder';

it('An emulator is started, made to fail, looked at and reset by the command line alone.', async () => {
  const folder = createTempFolder();
  const cwd = folder.path;
  const emulator = await startTairfleet(['emulator', '--port', '0'], { cwd });
  const url = String(emulator.ready['url']);
  const run = (...args: readonly string[]) =>
    runTairfleet(['emulator', ...args, '--url', url], { cwd });
  try {
    writeFileSync(join(cwd, 'faults.yaml'), '- { kind: reset, count: 1 }\n');
    expect(await run('faults', 'add', '--file', 'faults.yaml')).toMatchObject({ exitCode: 0 });
    expect(await run('config', 'set', 'quota=3')).toMatchObject({ stdout: 'quota: 3\n' });
    // No key of anybody: refused, and so in the log.
    await fetch(`${url}/?Action=DescribeRegions&Version=2015-01-01`);
    const log = await run('log', '--json');
    expect(JSON.parse(log.stdout)).toMatchObject({ calls: [{ action: 'DescribeRegions' }] });
    expect(await run('reset', '--yes')).toMatchObject({ exitCode: 0 });
    expect((await run('stats')).stdout).toContain('no calls yet');
  } finally {
    await emulator.stop();
  }
  expect(await run('stats')).toMatchObject({
    ...{ exitCode: 69, stdout: '', stderr: expect.stringContaining(`answers at ${url}`) },
  });
  folder.remove();
});
