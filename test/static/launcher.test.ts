import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../support/repository';
import { createTempFolder } from '../support/temp-folder';
import type { TempFolder } from '../support/temp-folder';

let checkout: TempFolder;

/** A compiler that counts its runs; the program it makes prints its arguments. */
const COMPILER = `
  const fs = require('node:fs');
  fs.appendFileSync('builds.log', 'built\\n');
  fs.mkdirSync('dist', { recursive: true });
  fs.writeFileSync('dist/bin.js', fs.readFileSync('src/bin.ts'));
`;
const PROGRAM = 'process.stdout.write(process.argv.slice(2).join()); process.exitCode = 7;';

beforeEach(() => {
  checkout = createTempFolder();
  for (const path of ['bin', 'scripts']) {
    cpSync(join(ROOT, path), join(checkout.path, path), { recursive: true });
  }
  write('scripts/bundle-workflows.mjs', '');
  write('src/bin.ts', PROGRAM);
  write('package.json', '{ "type": "commonjs" }');
  write('tsconfig.build.json', '{}');
  write(
    'package-lock.json',
    '{ "packages": { "": {}, "node_modules/a": { "version": "1.0.0" } } }',
  );
  write(
    'node_modules/.package-lock.json',
    '{ "packages": { "node_modules/a": { "version": "1.0.0" } } }',
  );
  write('node_modules/typescript/bin/tsc', COMPILER);
});

afterEach(() => checkout.remove());

function write(path: string, text: string): void {
  const file = join(checkout.path, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function countBuilds(): number {
  return readFileSync(join(checkout.path, 'builds.log'), 'utf8').trim().split('\n').length;
}

interface Run {
  readonly exitCode: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

function launch(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Run> {
  const command = [join(checkout.path, 'bin/tairfleet'), ...args];
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      command,
      { env: { ...process.env, ...env } },
      (error, stdout, stderr) => resolve({ exitCode: error?.code ?? 0, stdout, stderr }),
    );
  });
}

test('The first start builds; stdout and the exit code are those of the program.', async () => {
  const run = await launch(['worker', '--verbose']);
  expect(run).toMatchObject({ exitCode: 7, stdout: 'worker,--verbose' });
  expect(run.stderr).toContain('building');
});

test('The second start builds nothing and says nothing.', async () => {
  await launch(['a']);
  expect(await launch(['b'])).toEqual({ exitCode: 7, stdout: 'b', stderr: '' });
  expect(countBuilds()).toBe(1);
});

test('A changed source is built again.', async () => {
  await launch(['a']);
  write('src/bin.ts', 'process.stdout.write("changed");');
  expect(await launch([])).toMatchObject({ exitCode: 0, stdout: 'changed' });
});

test('The output of a source that is gone goes with it.', async () => {
  write('src/old.ts', '');
  await launch(['a']);
  write('dist/old.js', '');
  rmSync(join(checkout.path, 'src/old.ts'));
  await launch(['a']);
  expect(() => readFileSync(join(checkout.path, 'dist/old.js'))).toThrow('ENOENT');
});

test('Two starts at once build once.', async () => {
  const runs = await Promise.all([launch(['a']), launch(['b'])]);
  expect(runs.map(({ stdout }) => stdout)).toEqual(['a', 'b']);
  expect(countBuilds()).toBe(1);
});

test('The lock of a setup that was killed is taken over.', async () => {
  write('.tairfleet/setup.lock/pid', '999999999');
  expect(await launch(['a'])).toMatchObject({ exitCode: 7, stdout: 'a' });
});

test('A build that fails ends the start with the output of the compiler.', async () => {
  write('node_modules/typescript/bin/tsc', 'console.log("TS2322 wrong type"); process.exit(2);');
  const run = await launch(['a']);
  expect(run).toMatchObject({ exitCode: 1, stdout: '' });
  expect(run.stderr).toContain('TS2322 wrong type');
});

test('Missing packages are installed; when npm calls the lockfile out of sync, by npm install.', async () => {
  rmSync(join(checkout.path, 'node_modules/.package-lock.json'));
  checkout.writeScript('npm', [
    'echo "$1 $2" >> npm.log',
    '[ "$1" = install ] || { echo "npm error code EUSAGE" >&2; exit 1; }',
  ]);
  const run = await launch(['a'], { PATH: `${checkout.path}:${process.env.PATH}` });
  expect(run).toMatchObject({ exitCode: 7, stdout: 'a' });
  expect(readFileSync(join(checkout.path, 'npm.log'), 'utf8')).toBe(
    'ci --include=dev\ninstall --no-save\n',
  );
});

test('An installed package, which has no sources, starts at once.', async () => {
  rmSync(join(checkout.path, 'tsconfig.build.json'));
  rmSync(join(checkout.path, 'scripts'), { recursive: true });
  write('dist/bin.js', PROGRAM);
  expect(await launch(['a'])).toEqual({ exitCode: 7, stdout: 'a', stderr: '' });
});
