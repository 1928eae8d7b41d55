import RPCClient from '@alicloud/pop-core';
import { PLACEMENT, SPEC } from './test-request';
import { waitFor } from './wait-for';

/** What somebody does in the account past us, as in the console. */
export interface ByHand {
  call<Answer>(action: string, parameters: object): Promise<Answer>;
  /** Buys an instance that bears this name, and gives its id. */
  buy(instanceName: string): Promise<string>;
  /** Waits until an instance serves. */
  untilNormal(id: string): Promise<void>;
}

/**
 * An account's hands.
 *
 * @param url - of the emulator
 */
export function createByHand(url: string): ByHand {
  const client = new RPCClient({
    endpoint: url,
    apiVersion: '2015-01-01',
    accessKeyId: 'testid',
    accessKeySecret: 'testsecret',
  });
  const call = <Answer>(action: string, parameters: object): Promise<Answer> =>
    client.request<Answer>(action, parameters, { method: 'POST' });
  return {
    call,
    async buy(instanceName) {
      const answer = await call<{ InstanceIds: { InstanceId: string[] } }>('CreateInstances', {
        RegionId: PLACEMENT.region,
        Instances: JSON.stringify([toEntry(instanceName)]),
      });
      return answer.InstanceIds.InstanceId[0] ?? '';
    },
    async untilNormal(id) {
      const query = { RegionId: PLACEMENT.region, InstanceIds: id };
      await waitFor(
        () => call<SeenByHand>('DescribeInstances', query),
        ({ Instances }) => Instances.KVStoreInstance[0]?.InstanceStatus === 'Normal',
      );
    },
  };
}

interface SeenByHand {
  readonly Instances: { readonly KVStoreInstance: readonly { readonly InstanceStatus: string }[] };
}

function toEntry(instanceName: string): object {
  return {
    RegionId: PLACEMENT.region,
    izNo: PLACEMENT.zone,
    vpcId: PLACEMENT.vpcId,
    vSwitchId: PLACEMENT.vSwitchId,
    instanceClass: SPEC.instanceClass,
    EngineVersion: SPEC.engineVersion,
    instanceType: 'Redis',
    ChargeType: 'PostPaid',
    networkType: 'VPC',
    quantity: 1,
    instanceName,
  };
}
