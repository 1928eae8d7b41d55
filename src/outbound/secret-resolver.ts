import { readFile, realpath, stat } from 'node:fs/promises';
import { normalize, resolve, sep } from 'node:path';
import { formatSecretReference, type SecretReference } from '../domain/secret-reference';
import { isSecretOpen, type SecretsByTenant } from '../domain/tenant-secrets';
import { SecretValue } from './secret-value';

/** Why a secret could not be had; stable. */
export type SecretFailureCode =
  /** The worker's configuration does not let requests use it. */
  | 'secret-not-allowed'
  /** There is no such variable or file. */
  | 'secret-missing'
  /** It is there and cannot be used: empty, too large, no plain file, no permission. */
  | 'secret-unusable';

/** The secret, or why there is none. The message never holds any part of the secret. */
export type ResolvedSecret =
  | { readonly kind: 'resolved'; readonly secret: SecretValue }
  | {
      readonly kind: 'failed';
      readonly code: SecretFailureCode;
      readonly message: string;
    };

/** Gets secrets at the moment of use; nothing is kept, so that a rotated secret counts at once. */
export interface SecretResolver {
  /**
   * @param reference - where it is
   * @param tenant - for whom; null when nobody knows
   */
  resolve(reference: SecretReference, tenant: string | null): Promise<ResolvedSecret>;
}

/** What requests may refer to. */
export interface SecretRules {
  /** Beginnings of the names of environment variables. */
  readonly envPrefixes: readonly string[];
  /** Folders whose files, at any depth, may be read. */
  readonly folders: readonly string[];
  /** Which of them each tenant may refer to. */
  readonly byTenant: SecretsByTenant;
}

/** Far above keys and passwords; a larger file is a wrong one. */
const BYTES_MAX = 64 * 1024;

/**
 * Resolves secrets on this host. A request must not be able to make the worker read whatever it can
 * read, so only what the rules list exists for it.
 *
 * @param rules - what may be referred to; nothing when empty
 * @param env - the environment to read from
 */
export function createSecretResolver(
  rules: SecretRules,
  env: Readonly<Record<string, string | undefined>>,
): SecretResolver {
  return {
    resolve: async (reference, tenant) => {
      const resolved =
        'env' in reference
          ? readVariable(reference, rules, env)
          : await readAllowedFile(reference, rules.folders);
      const isClosed = resolved.kind === 'failed' && resolved.code === 'secret-not-allowed';
      if (isClosed || isSecretOpen(rules.byTenant, tenant, reference)) return resolved;
      // Before it is told whether the secret is there: that is not the tenant's to know either.
      const whom = tenant === null ? 'a workflow of no tenant' : `the tenant ${tenant}`;
      return fail('secret-not-allowed', reference, `is not open to ${whom} (secrets.byTenant)`);
    },
  };
}

function readVariable(
  reference: { readonly env: string },
  { envPrefixes }: SecretRules,
  env: Readonly<Record<string, string | undefined>>,
): ResolvedSecret {
  const { env: name } = reference;
  if (!envPrefixes.some((prefix) => prefix !== '' && name.startsWith(prefix))) {
    const allowed = `it must begin with ${listAllowed(envPrefixes)} (secrets.envPrefixes)`;
    return fail('secret-not-allowed', reference, `is not open to requests: ${allowed}`);
  }
  const text = Object.hasOwn(env, name) ? env[name] : undefined;
  if (text === undefined) return fail('secret-missing', reference, 'is not set on this worker');
  return toSecret(text, reference);
}

async function readAllowedFile(
  reference: { readonly file: string },
  folders: readonly string[],
): Promise<ResolvedSecret> {
  const path = normalize(reference.file);
  if (!isInside(path, folders)) return failOutside(reference, folders);
  try {
    // A link must not lead out of the folders; one within them is how platforms swap secrets.
    const actual = await realpath(path);
    if (!isInside(actual, await toRealFolders(folders))) return failOutside(reference, folders);
    return await readPlainFile(actual, reference);
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (isMissing) return fail('secret-missing', reference, 'does not exist on this worker');
    return fail('secret-unusable', reference, 'cannot be read; check its permissions');
  }
}

async function readPlainFile(path: string, reference: SecretReference): Promise<ResolvedSecret> {
  const stats = await stat(path);
  // Looked at before it is opened: a pipe would keep the reader waiting for ever.
  if (!stats.isFile()) return fail('secret-unusable', reference, 'is no plain file');
  if (stats.size > BYTES_MAX) {
    return fail('secret-unusable', reference, `is larger than ${BYTES_MAX} bytes`);
  }
  return toSecret((await readFile(path, 'utf8')).replace(/\r?\n$/, ''), reference);
}

function toSecret(text: string, reference: SecretReference): ResolvedSecret {
  if (text === '') return fail('secret-unusable', reference, 'is empty');
  return { kind: 'resolved', secret: new SecretValue(text) };
}

async function toRealFolders(folders: readonly string[]): Promise<readonly string[]> {
  return Promise.all(folders.map((folder) => realpath(folder).catch(() => resolve(folder))));
}

function isInside(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => path.startsWith(resolve(folder).replace(/\/$/, '') + sep));
}

function failOutside(reference: SecretReference, folders: readonly string[]): ResolvedSecret {
  const allowed = `it must lie in ${listAllowed(folders)} (secrets.folders)`;
  return fail('secret-not-allowed', reference, `is not open to requests: ${allowed}`);
}

function listAllowed(allowed: readonly string[]): string {
  return allowed.length === 0 ? 'something that the configuration lists' : allowed.join(' or ');
}

function fail(code: SecretFailureCode, reference: SecretReference, why: string): ResolvedSecret {
  return {
    kind: 'failed',
    code,
    message: `the secret of ${formatSecretReference(reference)} ${why}`,
  };
}
