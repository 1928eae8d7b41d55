import { createHash } from 'node:crypto';
import { parse } from 'yaml';
import { z } from 'zod';
import { ROLES } from '../subject';
import type { Subject } from '../subject';
import { isPublicKey, PublicKeyError } from './public-keys';

/** How every API key begins: it tells keys from tokens, and lets scanners find leaked ones. */
export const KEY_PREFIX = 'tfk_';

const KEYS_FILE = z.strictObject({
  keys: z.array(
    z.strictObject({
      name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      role: z.enum(ROLES),
      tenants: z.array(z.string().min(1)).min(1),
      expires: z.iso.datetime({ offset: true }).exactOptional(),
    }),
  ),
});

/** A key as its file has it: never the key itself. */
interface ListedKey {
  readonly subject: Subject;
  readonly expiresAtMs: number;
}

/** The keys of a file. */
export interface ApiKeys {
  /** Whose key it is; null when it is unknown or no longer valid. */
  find(key: string, nowMs: number): Subject | null;
}

/** Nobody's keys. */
export const NO_KEYS: ApiKeys = { find: () => null };

/**
 * Reads a file of keys. The keys are random, so a plain hash is as good as a slow one.
 *
 * @param text - YAML or JSON
 * @param isOnlyEmulator - whether no real account is behind them; else a key that everybody knows is refused
 * @throws Error that says what is wrong with the file, without its contents
 * @throws PublicKeyError
 */
export function readApiKeys(text: string, isOnlyEmulator: boolean): ApiKeys {
  const parsed = KEYS_FILE.safeParse(parse(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is not valid'}`);
  }
  const byHash = new Map<string, ListedKey>();
  for (const { name, sha256, role, tenants, expires } of parsed.data.keys) {
    if (isPublicKey(sha256) && !isOnlyEmulator) throw new PublicKeyError(name);
    if (byHash.has(sha256)) throw new Error(`keys: ${name} has the hash of another key`);
    byHash.set(sha256, {
      subject: { name: `key:${name}`, role, tenants },
      expiresAtMs: expires === undefined ? Infinity : Date.parse(expires),
    });
  }
  return {
    find(key, nowMs) {
      const found = byHash.get(createHash('sha256').update(key).digest('hex'));
      return found !== undefined && nowMs < found.expiresAtMs ? found.subject : null;
    },
  };
}
