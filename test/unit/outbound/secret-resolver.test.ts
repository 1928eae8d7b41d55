import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import type { SecretReference } from '../../../src/domain/secret-reference';
import { createSecretResolver } from '../../../src/outbound/secret-resolver';
import { SecretValue } from '../../../src/outbound/secret-value';
import { createTempFolder, type TempFolder } from '../../support/temp-folder';

const ENV = {
  TAIRFLEET_SECRET_HOOK: 'the-hook-secret',
  TAIRFLEET_SECRET_EMPTY: '',
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'the-cloud-key',
};

let root: TempFolder;
let folder: string;

beforeEach(() => {
  root = createTempFolder();
  folder = join(root.path, 'secrets');
  mkdirSync(folder);
  writeFileSync(join(root.path, 'outside'), 'the-outside-secret');
});

afterEach(() => root.remove());

/** The secret, or the code of the failure; no failure may hold a secret. */
async function resolve(reference: SecretReference, prefixes = ['TAIRFLEET_SECRET_']) {
  const rules = { envPrefixes: prefixes, folders: [folder], byTenant: {} };
  const resolved = await createSecretResolver(rules, ENV).resolve(reference, 'default');
  if (resolved.kind === 'resolved') return resolved.secret.reveal();
  expect(resolved.message).not.toMatch(/the-\w+-(secret|key)/);
  expect(resolved.message).toContain(Object.values(reference)[0]);
  return resolved.code;
}

function write(name: string, text: string): SecretReference {
  writeFileSync(join(folder, name), text);
  return { file: join(folder, name) };
}

describe('a secret of the environment', () => {
  it('is read when its name begins as the rules say, and only then', async () => {
    expect(await resolve({ env: 'TAIRFLEET_SECRET_HOOK' })).toBe('the-hook-secret');
    expect(await resolve({ env: 'ALIBABA_CLOUD_ACCESS_KEY_SECRET' })).toBe('secret-not-allowed');
  });

  it.each([[[]], [['']]])('is never read when the rules list nothing: %p', async (prefixes) => {
    expect(await resolve({ env: 'TAIRFLEET_SECRET_HOOK' }, prefixes)).toBe('secret-not-allowed');
  });

  it('must be set and not empty', async () => {
    expect(await resolve({ env: 'TAIRFLEET_SECRET_NONE' })).toBe('secret-missing');
    expect(await resolve({ env: 'TAIRFLEET_SECRET_EMPTY' })).toBe('secret-unusable');
  });
});

describe('a secret in a file', () => {
  it.each([
    ['two words\n', 'two words'],
    ['windows\r\n', 'windows'],
    ['two lines\n\n', 'two lines\n'],
    [' spaces ', ' spaces '],
  ])('is its content %p without the last line break', async (text, secret) => {
    expect(await resolve(write('hook', text))).toBe(secret);
  });

  it('must lie in a folder of the rules', async () => {
    expect(await resolve({ file: join(root.path, 'outside') })).toBe('secret-not-allowed');
    expect(await resolve({ file: `${folder}/../outside` })).toBe('secret-not-allowed');
    expect(await resolve({ file: `${folder}-other/hook` })).toBe('secret-not-allowed');
  });

  it('may be a link within the folders, and not one that leads out', async () => {
    write('v1', 'the-hook-secret');
    symlinkSync(join(folder, 'v1'), join(folder, 'current'));
    symlinkSync(join(root.path, 'outside'), join(folder, 'leak'));
    expect(await resolve({ file: join(folder, 'current') })).toBe('the-hook-secret');
    expect(await resolve({ file: join(folder, 'leak') })).toBe('secret-not-allowed');
  });

  it('must exist, hold something, and be no larger than a secret is', async () => {
    expect(await resolve({ file: join(folder, 'none') })).toBe('secret-missing');
    expect(await resolve(write('empty', '\n'))).toBe('secret-unusable');
    expect(await resolve(write('large', 'x'.repeat(64 * 1024 + 1)))).toBe('secret-unusable');
    mkdirSync(join(folder, 'sub'));
    expect(await resolve({ file: join(folder, 'sub') })).toBe('secret-unusable');
  });
});

test('A secret in memory shows itself only when asked to.', () => {
  const secret = new SecretValue('hunter2');
  const shown = [String(secret), JSON.stringify({ secret }), inspect({ secret }), `${secret}`];
  expect(shown.filter((text) => text.includes('hunter2'))).toEqual([]);
  expect(secret.reveal()).toBe('hunter2');
});

describe('a secret of another tenant', () => {
  const rules = {
    ...{ envPrefixes: ['TAIRFLEET_SECRET_'], folders: [] },
    byTenant: { payments: ['TAIRFLEET_SECRET_HOOK'] },
  };

  it.each([
    ['payments', 'resolved'],
    ['shop', 'secret-not-allowed'],
    [null, 'secret-not-allowed'],
  ])('is for %s: %s', async (tenant, outcome) => {
    const resolver = createSecretResolver(rules, ENV);
    const resolved = await resolver.resolve({ env: 'TAIRFLEET_SECRET_HOOK' }, tenant);
    expect(resolved.kind === 'failed' ? resolved.code : resolved.kind).toBe(outcome);
  });

  it('is not even said to be missing', async () => {
    const reference = { env: 'TAIRFLEET_SECRET_NONE' };
    expect(await createSecretResolver(rules, ENV).resolve(reference, 'shop')).toEqual({
      kind: 'failed',
      code: 'secret-not-allowed',
      message:
        'the secret of variable TAIRFLEET_SECRET_NONE is not open to the tenant shop (secrets.byTenant)',
    });
  });
});
