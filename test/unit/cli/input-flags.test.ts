import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runFakeCli } from '../../support/fake-cli';
import { createTempFolder } from '../../support/temp-folder';
import type { TempFolder } from '../../support/temp-folder';

const FLEET = ['validate', 'examples/fleet.csv', '--batch-id', 'fleet-2026-11'];

let folder: TempFolder;
beforeEach(() => void (folder = createTempFolder()));
afterEach(() => folder.remove());

function write(name: string, text: string): string {
  const path = join(folder.path, name);
  writeFileSync(path, text);
  return path;
}

describe('what the command line says of its files', () => {
  it('is a batch id, a tenant and variables, and how to submit them names them all again', async () => {
    const argv = [...FLEET, '--tenant', 'shop', '--var', 'cartsSwitch=vsw-3'];
    const { exitCode, stdout, stderr } = await runFakeCli(argv);
    expect([exitCode, stderr]).toEqual([
      0,
      'Valid. Nothing was sent; submit it with "tairfleet apply examples/fleet.csv ' +
        '--var cartsSwitch=vsw-3 --batch-id fleet-2026-11 --tenant shop".\n',
    ]);
    expect(stdout).toContain('shop/fleet-2026-11  61 instances');
    expect(stdout).toMatch(/sessions +60 .* cn-hangzhou-h, then cn-hangzhou-i/);
  });

  it('takes the values of a file as they are written there, and a flag over them', async () => {
    const file = write('values.yaml', 'cartsSwitch: 5.0\nunused: 1\n');
    const fromFile = await runFakeCli([...FLEET, '--var-file', file, '--json']);
    expect(fromFile.stdout).toContain('"vSwitchId":"5.0"');
    const argv = [...FLEET, '--var', 'cartsSwitch=a=b', '--var-file', file, '--json'];
    expect((await runFakeCli(argv)).stdout).toContain('"vSwitchId":"a=b"');
  });

  it('gives every problem its place, and 65', async () => {
    const { exitCode, stderr } = await runFakeCli(FLEET);
    expect(exitCode).toBe(65);
    expect(stderr).toMatch(/^examples\/fleet.csv:6:\d+: vSwitchId: uses the variable cartsSwitch/);
    expect(stderr).toContain('error: examples/fleet.csv has 1 problem, so nothing was sent.');
    const file = write('values.yaml', 'ok: 1\n2x: a\nnone:\nlist: [a]\n');
    const values = await runFakeCli([...FLEET, '--var-file', file]);
    expect(values.exitCode).toBe(65);
    expect(values.stderr.split('\n').slice(0, 3)).toEqual([
      expect.stringContaining(`${file}:2:1: "2x" is no name of a variable`),
      `${file}:3:1: The variable none must be a text or a number.`,
      `${file}:4:1: The variable list must be a text or a number.`,
    ]);
  });

  it('is refused where it contradicts a file', async () => {
    const argv = ['validate', 'examples/first-batch.yaml', '--batch-id', 'other'];
    const { exitCode, stderr } = await runFakeCli(argv);
    expect(exitCode).toBe(65);
    expect(stderr).toMatch(
      /^--batch-id: batchId: differs from examples\/first-batch.yaml:\d+:10; a request has one batchId/,
    );
  });

  it.each([
    [['--var', 'cartsSwitch=x', '--var', 'zone=y'], 'no file has ${zone}; leave it out.'],
    [['--var', 'cartsSwitch'], '--var cartsSwitch has no value; write --var cartsSwitch=value.'],
    [['--var', '9=x'], '"9" is no name of a variable'],
    [['--csv'], '--csv speaks of stdin'],
    [['examples/fleet.csv'], 'examples/fleet.csv is named twice'],
  ])('with %j is wrong usage', async (flags, message) => {
    const { exitCode, stderr } = await runFakeCli([...FLEET, ...flags]);
    expect(exitCode).toBe(64);
    expect(stderr).toContain(message);
  });

  it('says that a file of values is not there', async () => {
    const { exitCode } = await runFakeCli([...FLEET, '--var-file', join(folder.path, 'no.yaml')]);
    expect(exitCode).toBe(66);
  });
});
