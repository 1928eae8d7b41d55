import type { Credentials, CredentialsSource } from './credentials';

/** Keys, or why there are none; the reasons are codes of docs/errors.md. */
export type ResolvedKeys =
  | { readonly kind: 'keys'; readonly credentials: Credentials }
  | { readonly kind: 'none'; readonly code: 'no-credentials' | 'credentials-unavailable' };

/** The keys of one account. */
export interface AccountKeys {
  /** Never throws: what a source throws may quote what it holds. */
  resolve(): Promise<ResolvedKeys>;
}

/**
 * Asks a source of keys. A source that has worked before and fails now is taken for a passing fault, say
 * of the metadata service; one that never worked is not set up, and a person must act.
 */
export function createAccountKeys(source: CredentialsSource): AccountKeys {
  let hasWorked = false;
  return {
    async resolve() {
      try {
        const credentials = await source.resolve();
        if (!isComplete(credentials)) return { kind: 'none', code: 'no-credentials' };
        hasWorked = true;
        return { kind: 'keys', credentials };
      } catch {
        return { kind: 'none', code: hasWorked ? 'credentials-unavailable' : 'no-credentials' };
      }
    },
  };
}

/** The client library sends a call unsigned, without a word, when a part is missing. */
function isComplete(credentials: Credentials | null): credentials is Credentials {
  return !!credentials?.accessKeyId && !!credentials.accessKeySecret;
}
