import { BlockList, isIPv4 } from 'node:net';
import type { EmulatorState } from '../emulator-state';
import type { InstanceSpec } from '../instance';
import { getParameter } from '../protocol/parameters';
import type { Parameters } from '../protocol/parameters';
import { createInvalid, createRefusal } from '../refusal';
import type { Refusal } from '../refusal';
import { checkShardCount } from './shard-count';
import { VPC_CIDR_BLOCK } from './vpc/networks';
import { createUnknownZone, findZone } from './zones';

const SUBNET = createSubnet(VPC_CIDR_BLOCK);

/** What the operations for one instance let their callers choose, and CreateInstances does not. */
export function checkChoices(
  parameters: Parameters,
  spec: InstanceSpec,
  state: EmulatorState,
): Refusal | undefined {
  return (
    checkSecondaryZone(parameters, spec, state) ??
    checkPrivateIp(parameters) ??
    checkShardCount(parameters, spec)
  );
}

/** Another zone of the region (SDK 6.4.0). */
function checkSecondaryZone(
  parameters: Parameters,
  { regionId, zoneId }: InstanceSpec,
  state: EmulatorState,
): Refusal | undefined {
  const id = getParameter(parameters, 'SecondaryZoneId');
  if (id === undefined) return undefined;
  if (findZone(regionId, id, state) === undefined) return createUnknownZone();
  return id === zoneId ? createInvalid('InvalidParameter', 'SecondaryZoneId') : undefined;
}

/** All vSwitches of the emulated world have the block of their VPC. */
function checkPrivateIp(parameters: Parameters): Refusal | undefined {
  const address = getParameter(parameters, 'PrivateIpAddress');
  if (address === undefined || (isIPv4(address) && SUBNET.check(address))) return undefined;
  return createRefusal(400, 'InvalidIPNotInSubnet', 'Error ip not in subnet.');
}

function createSubnet(cidrBlock: string): BlockList {
  const [network = '', bits] = cidrBlock.split('/');
  const subnet = new BlockList();
  subnet.addSubnet(network, Number(bits));
  return subnet;
}
