import type { CredentialsSource } from '../../../src/cloud/credentials';
import { createPopCoreCloud } from '../../../src/cloud/pop-core-cloud';
import type { PopCoreCloud, PopCoreCloudOptions } from '../../../src/cloud/pop-core-cloud';
import type { CreateCall } from '../../../src/cloud/port';

/** Values that must never come back out of the adapter. */
export const SECRETS = {
  accessKeyId: 'LTAI-key-that-nobody-sees',
  accessKeySecret: 'secret-that-nobody-sees',
  securityToken: 'sts-token-that-nobody-sees',
} as const;

/** Fixed keys. */
export const KEYS: CredentialsSource = { resolve: () => Promise.resolve(SECRETS) };

/** A cloud with one account, `prod`, at an endpoint on loopback. */
export function createTestCloud(
  endpoint: string,
  options: Partial<PopCoreCloudOptions> & { readonly credentials?: CredentialsSource } = {},
): PopCoreCloud {
  const { credentials = KEYS, ...rest } = options;
  return createPopCoreCloud({ accounts: { prod: { credentials, endpoint } }, ...rest });
}

/** A create call with a short time-out. */
export function createCall(more: Partial<CreateCall> = {}): CreateCall {
  return {
    account: 'prod',
    region: 'cn-hangzhou',
    token: 'token-1',
    body: { AutoPay: 'true', EngineVersion: '5.0', Instances: '[{"IzNo":"h"}]' },
    timeoutMs: 5_000,
    ...more,
  };
}
