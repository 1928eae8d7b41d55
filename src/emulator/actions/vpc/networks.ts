import type { World } from '../../world';

/** One vSwitch of the world. */
export type VSwitch = World['vSwitches'][number];

/** What networks of the emulated world look like; nothing can change it. */
export const VPC_CIDR_BLOCK = '10.0.0.0/8';

/** Addresses in the block, without the four that the cloud keeps for itself. */
export const VPC_ADDRESSES = 2 ** 24 - 4;

/** The resource group of all networks. */
export const NETWORK_RESOURCE_GROUP = 'rg-default';

/** When all networks were made, as the API writes times. */
export const CREATION_TIME = '2025-01-01T00:00:00Z';

/** Pages of the network operations (VPC pages, 2016-04-28). */
export const NETWORK_PAGE_SIZES = { sizeDefault: 10, sizeMax: 50 };

/** A vSwitch is where its VPC is; undefined: the world has no such VPC. */
export function findVSwitchRegion({ vpcId }: VSwitch, { vpcs }: World): string | undefined {
  return vpcs.find(({ id }) => id === vpcId)?.regionId;
}
