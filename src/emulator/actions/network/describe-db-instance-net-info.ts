import type { Instance } from '../../instance';
import type { EmulatorState } from '../../emulator-state';
import { isBuilt } from '../../instance-life';
import { createInstanceRead } from '../instance-read';
import { currentStatus, domainOf, privateIpOf } from '../instance-view';
import { publicDomainOf } from './public-connection';

/** The API's numbers for the networks of an address. */
const PUBLIC_NET = '0';
const VPC_NET = '2';

/** DescribeDBInstanceNetInfo: the address inside the VPC, and the public one when there is one. */
export const describeDbInstanceNetInfoAction = createInstanceRead({
  name: 'DescribeDBInstanceNetInfo',
  optional: ['NetType'],
  view: (instance, { parameters, state }) => {
    const asked = parameters.get('NetType') ?? '';
    const entries = listEntries(instance, state).filter(
      ({ DBInstanceNetType }) => asked === '' || DBInstanceNetType === asked,
    );
    return { InstanceNetworkType: 'VPC', NetInfoItems: { InstanceNetInfo: entries } };
  },
});

interface NetInfo {
  readonly DBInstanceNetType: string;
  readonly [member: string]: unknown;
}

/** Clients take an empty list for an error, so there is an entry from the start (clients measured). */
function listEntries(instance: Instance, state: EmulatorState): NetInfo[] {
  const { spec, settings } = instance;
  const hasAddress = isBuilt(currentStatus(instance, state));
  const inside = {
    DBInstanceNetType: VPC_NET,
    ConnectionString: hasAddress ? domainOf(instance) : '',
    IPAddress: hasAddress ? privateIpOf(instance) : '',
    Port: String(settings.features.endpoint.port),
    ...{ VPCId: spec.vpcId, VPCInstanceId: instance.id, VSwitchId: spec.vSwitchId },
    ...{ IPType: 'Private', DirectConnection: 0, IsSlaveProxy: 0 },
    ...{ ExpiredTime: '', Upgradeable: 'false' },
  };
  const { publicEndpoint } = settings.features;
  if (publicEndpoint === undefined) return [inside];
  const outside = {
    ...inside,
    ...{ DBInstanceNetType: PUBLIC_NET, IPType: 'Public', VPCId: '', VSwitchId: '' },
    ...{ VPCInstanceId: '', ConnectionString: publicDomainOf(publicEndpoint) },
    ...{ IPAddress: publicIpOf(instance), Port: String(publicEndpoint.port) },
  };
  return [inside, outside];
}

/** Out of the block that is kept for documents (RFC 2544), so that nobody is called by it. */
function publicIpOf({ ordinal }: Instance): string {
  return `198.18.${(ordinal >>> 8) & 255}.${ordinal & 255}`;
}
