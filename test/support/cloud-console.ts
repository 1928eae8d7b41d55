import RPCClient from '@alicloud/pop-core';
import type { Fleet } from './fleet';

/** Releases instances past us, as somebody in the cloud's console does. */
export async function releaseByHand(fleet: Fleet, ids: readonly string[]): Promise<void> {
  const client = new RPCClient({
    endpoint: fleet.control.url,
    apiVersion: '2015-01-01',
    accessKeyId: 'testid',
    accessKeySecret: 'testsecret',
  });
  for (const InstanceId of ids) {
    await client.request('DeleteInstance', { InstanceId }, { method: 'POST' });
  }
}
