import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { findFreePort, isPortFree } from '../../../src/local/free-port';
import { spawnChild } from '../../../src/local/child-process';
import { startProgram } from '../../../src/local/ready-program';
import { createTempFolder } from '../../support/temp-folder';
import { waitFor } from '../../support/wait-for';

const folder = createTempFolder();
const logFile = join(folder.path, 'logs', 'child.log');
const running: { kill(): Promise<unknown> }[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((child) => child.kill()));
});

afterAll(() => folder.remove());

function toNodeArgs(script: string): { command: string; args: string[]; logFile: string } {
  return { command: process.execPath, args: ['-e', script], logFile };
}

const STAY = 'setInterval(() => {}, 1000);';
const SAY_READY = 'console.log("hello"); console.log(JSON.stringify({ port: 7 }));';

test('A program is ready with its first line that is a JSON object.', async () => {
  const started = await startProgram({ name: 'worker', ...toNodeArgs(SAY_READY + STAY) });
  if (!started.ok) throw new Error(started.message);
  running.push(started.value);
  expect(started.value.ready).toEqual({ port: 7 });
  await started.value.stop();
  expect(readFileSync(logFile, 'utf8')).toContain('hello');
});

test('A program that ends before it is ready is a failure that names its log.', async () => {
  const started = await startProgram({ name: 'worker', ...toNodeArgs('process.exit(3)') });
  expect(started).toMatchObject({
    ok: false,
    code: 'program-not-ready',
    message: expect.stringMatching(/worker ended with exit code 3 .*child\.log/),
  });
});

test('A program that says nothing in time is ended.', async () => {
  const started = await startProgram({
    name: 'worker',
    readyTimeoutMs: 200,
    ...toNodeArgs(STAY),
  });
  expect(started).toMatchObject({ ok: false, message: expect.stringContaining('200 ms') });
});

test('A program that does not exist is a failure, not an exception.', async () => {
  const options = { name: 'worker', command: join(folder.path, 'absent'), args: [], logFile };
  expect(await startProgram(options)).toMatchObject({ ok: false, code: 'program-not-ready' });
});

test('A stopped child gets SIGTERM and may end by itself.', async () => {
  const onTerm = 'process.on("SIGTERM", () => process.exit(5));';
  const started = await startProgram({ name: 'it', ...toNodeArgs(onTerm + SAY_READY + STAY) });
  if (!started.ok) throw new Error(started.message);
  expect(await started.value.stop()).toEqual({ code: 5, signal: null });
});

test('A child that ignores SIGTERM is killed after the grace time.', async () => {
  const deaf = 'process.on("SIGTERM", () => {});';
  const started = await startProgram({ name: 'it', ...toNodeArgs(deaf + SAY_READY + STAY) });
  if (!started.ok) throw new Error(started.message);
  expect(await started.value.stop(100)).toEqual({ code: null, signal: 'SIGKILL' });
});

test('Killing a child that has ended already tells how it ended.', async () => {
  const child = spawnChild(toNodeArgs('process.exit(4)'));
  await child.exited;
  expect(await child.kill()).toEqual({ code: 4, signal: null });
});

test('Children do not outlive the process that started them.', async () => {
  const module = join(__dirname, '../../../src/local/child-process.ts');
  const parent = spawn(
    process.execPath,
    [
      '-e',
      `const { transformFileSync } = require('@swc/core');
       const { code } = transformFileSync(${JSON.stringify(module)}, {
         swcrc: false, module: { type: 'commonjs' }, jsc: { parser: { syntax: 'typescript' } },
       });
       const loaded = { exports: {} };
       new Function('exports', 'require', code)(loaded.exports, require);
       const child = loaded.exports.spawnChild({
         command: process.execPath, args: ['-e', ${JSON.stringify(STAY)}], logFile: '/dev/null',
       });
       process.stdout.write(String(child.pid), () => process.exit(0));`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [[output]] = (await Promise.all([once(parent.stdout, 'data'), once(parent, 'close')])) as [
    [Buffer],
    unknown,
  ];
  const pid = Number(output.toString());
  await expectGone(pid);
});

async function expectGone(pid: number): Promise<void> {
  const isGone = (): boolean => {
    try {
      process.kill(pid, 0);
      return false;
    } catch {
      return true;
    }
  };
  expect(await waitFor(isGone, (gone) => gone, 5_000)).toBe(true);
}

test('A port that somebody listens on is not free, and another one is found.', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const [isFree, found] = [await isPortFree(port), await findFreePort()];
  server.close();
  await once(server, 'close');
  expect(isFree).toBe(false);
  expect(found).not.toBe(port);
});
