import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { EmulatorFlags } from '../../../src/emulator/main';

const MAIN_FILE = resolve(__dirname, '../../../src/emulator/main.ts');

/** Runs the source without a build: TypeScript is compiled as it is required. */
const PROGRAM = `
const { readFileSync } = require('node:fs');
const { transformSync } = require('@swc/core');
require.extensions['.ts'] = (module, filename) => {
  const options = { filename, module: { type: 'commonjs' }, jsc: { target: 'es2022', parser: { syntax: 'typescript' } } };
  module._compile(transformSync(readFileSync(filename, 'utf8'), options).code, filename);
};
require(${JSON.stringify(MAIN_FILE)}).runEmulator(JSON.parse(process.argv[1])).then((code) => { process.exitCode = code; });
`;

describe('the emulator as a program', () => {
  const children: ChildProcess[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'tairfleet-emulator-'));
  afterEach(() => children.splice(0).forEach((child) => child.kill('SIGKILL')));
  afterAll(() => rmSync(folder, { recursive: true }));

  const start = (changes: Partial<EmulatorFlags>) => {
    const flags: EmulatorFlags = { port: 0, host: '127.0.0.1', seed: 1, ...changes };
    const child = spawn(process.execPath, ['-e', PROGRAM, '--', JSON.stringify(flags)], {
      cwd: resolve(__dirname, '../../..'),
    });
    children.push(child);
    return child;
  };
  const writeConfig = (text: string): string => {
    const path = join(folder, 'emulator.yaml');
    writeFileSync(path, text);
    return path;
  };

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'prints one line when it is ready, serves, and ends well at %s',
    async (signal) => {
      const child = start({ config: writeConfig('quota: 7\n') });
      const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
      const ready = JSON.parse(chunk.toString()) as { url: string; pid: number };
      expect(ready).toEqual({
        url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
        pid: child.pid,
      });
      const config = await (await fetch(`${ready.url}/_emulator/config`)).json();
      expect(config).toMatchObject({ quota: 7 });
      child.kill(signal);
      expect(await once(child, 'exit')).toEqual([0, null]);
    },
  );

  it('serves HTTPS when it is told where to write whom to trust, and writes it there', async () => {
    const caFile = join(folder, 'ca.pem');
    const child = start({ tlsCaFile: caFile });
    const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
    expect(JSON.parse(chunk.toString())).toEqual({
      url: expect.stringMatching(/^http:/),
      tlsUrl: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/),
      caFile,
      pid: child.pid,
    });
    expect(readFileSync(caFile, 'utf8')).toContain('BEGIN CERTIFICATE');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it.each([
    [{ tlsCert: 'some.pem' }, '--tls-cert and --tls-key belong together'],
    [{ tlsCert: 'a.pem', tlsKey: 'b.pem', tlsCaFile: 'ca.pem' }, 'made at the start'],
    [{ tlsCert: 'a.pem', tlsKey: 'b.pem', tlsName: ['emulator'] }, 'made at the start'],
  ])('does not start with %j, which contradicts itself, and says why', async (flags, reason) => {
    const child = start(flags);
    let stderr = '';
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(stderr).toContain(reason);
  });

  it.each([
    ['quota: many', 'quota'],
    ['accounts: []', 'accounts'],
    ['quota: [', 'Flow sequence'],
  ])('does not start with the config %j and says why', async (text, reason) => {
    const child = start({ config: writeConfig(text) });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(stderr).toContain('The emulator could not start.');
    expect(stderr).toContain(reason);
  });
});
