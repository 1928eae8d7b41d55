import { readFileSync } from 'node:fs';
import { ROOT } from '../support/repository';
import { createTestBundle } from '../support/workflow-bundle';

/** What a worker loads into each workflow's sandbox; 571 KB of it with an empty workflow, measured; the rest is ours. */
const CODE_BYTES_MAX = 1_300_000;

const ALLOWED = [
  /^\.\/src\/(workflows|domain|contract)\//,
  /^\.\/node_modules\/@temporalio\/(workflow|common)\//,
  /^\.\/node_modules\/(@noble\/hashes|long|ms|nexus-rpc)\//,
  // Empty stand-ins for the SDK's hooks that we do not use (custom payload converters).
  /^\?[0-9a-f]+$/,
];

let code: string;

beforeAll(async () => {
  // A run with workflows has made it already.
  const path = process.env['TAIRFLEET_TEST_BUNDLE'];
  const bundle = path ? readFileSync(path, 'utf8') : await createTestBundle(ROOT);
  code = bundle.replace(/\/\/# sourceMappingURL=.*/s, '');
}, 60_000);

test('The workflow bundle holds workflows, domain, contract and the SDK, and nothing else.', () => {
  const modules = [...code.matchAll(/^\/\*\*\*\/ "([^"]+)"/gm)].map((match) => match[1] ?? '');
  expect(modules).toContain('./src/workflows/index.ts');
  expect(modules.filter((path) => !ALLOWED.some((allowed) => allowed.test(path)))).toEqual([]);
});

test('The workflow bundle stays small, since every sandbox parses it.', () => {
  expect(code.length).toBeLessThan(CODE_BYTES_MAX);
});
