import { DefaultCredentialsProvider } from '@alicloud/credentials';

/** Keys that sign a call. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** Only with temporary keys. */
  readonly securityToken?: string;
}

/** Where keys come from. Asked before every call, so that rotated keys work without a restart. */
export interface CredentialsSource {
  /**
   * The keys as they are now, or null when the source holds none.
   *
   * @throws whatever the source fails with; the adapter never shows it
   */
  resolve(): Promise<Credentials | null>;
}

/** Names of the environment variables that hold an account's keys. */
export interface CredentialsEnvNames {
  readonly accessKeyIdEnv: string;
  readonly accessKeySecretEnv: string;
  readonly securityTokenEnv?: string;
}

/** Keys from environment variables, read anew each time. */
export function createEnvCredentials(
  names: CredentialsEnvNames,
  env: Readonly<Record<string, string | undefined>>,
): CredentialsSource {
  return {
    resolve: () =>
      Promise.resolve(
        toCredentials({
          accessKeyId: env[names.accessKeyIdEnv],
          accessKeySecret: env[names.accessKeySecretEnv],
          securityToken: names.securityTokenEnv && env[names.securityTokenEnv],
        }),
      ),
  };
}

/** The part of the library's provider that is used. */
export interface CredentialsProvider {
  getCredentials(): Promise<UncheckedCredentials>;
}

/** Keys as a library or an environment gives them: any part may be missing. */
export interface UncheckedCredentials {
  readonly accessKeyId?: string | undefined;
  readonly accessKeySecret?: string | undefined;
  readonly securityToken?: string | undefined;
}

/**
 * Keys from the cloud's default chain: environment, OIDC role, CLI profile, profile file, the
 * instance's RAM role, URI. The library's provider stays for ever with the last link that it tried,
 * also when all of them failed, so a failure starts with a new one.
 *
 * @param createProvider - makes a provider; the library's default chain when left out
 */
export function createChainCredentials(
  createProvider: () => CredentialsProvider = createDefaultProvider,
): CredentialsSource {
  let provider: CredentialsProvider | null = null;
  return {
    async resolve() {
      provider ??= createProvider();
      const asked = provider;
      try {
        return toCredentials(await asked.getCredentials());
      } catch (error) {
        if (provider === asked) provider = null;
        throw error;
      }
    },
  };
}

function createDefaultProvider(): CredentialsProvider {
  return DefaultCredentialsProvider.builder().build();
}

/** Complete keys, or null: the client library sends a call unsigned when a part is missing. */
function toCredentials(keys: UncheckedCredentials): Credentials | null {
  const accessKeyId = keys.accessKeyId?.trim();
  const accessKeySecret = keys.accessKeySecret?.trim();
  const securityToken = keys.securityToken?.trim();
  if (!accessKeyId || !accessKeySecret) return null;
  return { accessKeyId, accessKeySecret, ...(securityToken ? { securityToken } : {}) };
}
