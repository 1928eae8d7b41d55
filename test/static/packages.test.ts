import { dirname, join } from 'node:path';
import { listFiles, readText, ROOT } from '../support/repository';

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** Ours, and that of the script that the crash benchmark compares with. */
const LOCKFILES = ['package-lock.json', 'bench/plain-script/package-lock.json'];

const manifest = JSON.parse(readText('package.json')) as Manifest;
const temporalPackages = Object.entries({
  ...manifest.dependencies,
  ...manifest.devDependencies,
}).filter(([name]) => name.startsWith('@temporalio/'));

test('All @temporalio packages are pinned at one exact version.', () => {
  const versions = new Set(temporalPackages.map(([, version]) => version));
  expect(temporalPackages.length).toBeGreaterThan(5);
  expect([...versions]).toEqual([expect.stringMatching(/^\d+\.\d+\.\d+$/)]);
});

test('Every SDK package resolves the same protobufjs 8: replay fails with two copies.', () => {
  const resolved = ['common', 'proto', 'worker'].map((name) => {
    const from = dirname(require.resolve(`@temporalio/${name}/package.json`));
    return require.resolve('protobufjs/package.json', { paths: [from] });
  });
  expect(new Set(resolved)).toEqual(new Set([join(ROOT, 'node_modules/protobufjs/package.json')]));
  const version = (
    JSON.parse(readText('node_modules/protobufjs/package.json')) as { version: string }
  ).version;
  expect(version).toMatch(/^8\./);
});

test.each(LOCKFILES)('%s names no registry, so that it installs from any.', (lockfile) => {
  expect(readText(lockfile)).not.toContain('"resolved"');
});

test.each(LOCKFILES)(
  'Every package of %s has its version, also those of other platforms: npm ci fails else.',
  (lockfile) => {
    const { packages } = JSON.parse(readText(lockfile)) as {
      packages: Record<string, { version?: string }>;
    };
    const nameless = Object.entries(packages).filter(
      ([path, { version }]) => path !== '' && version === undefined,
    );
    expect(nameless.map(([path]) => path)).toEqual([]);
  },
);

test('Every npm script that is a file of ours exists and has its sentence in the list.', () => {
  const help = readText('scripts/help.mjs');
  const scripts = listFiles('scripts', '.mjs');
  const missing = Object.entries(manifest.scripts).filter(([name, command]) => {
    const file = /^node (scripts\/\S+)/.exec(command)?.[1];
    const isListed = [`  ${name}: '`, `  '${name}': '`].some((key) => help.includes(key));
    return (file !== undefined && !scripts.includes(file)) || !isListed;
  });
  expect(missing).toEqual([]);
});
