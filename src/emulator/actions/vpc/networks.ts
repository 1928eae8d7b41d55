/** What networks of the emulated world look like; nothing can change it. */
export const VPC_CIDR_BLOCK = '10.0.0.0/8';

/** Addresses in the block, without the four that the cloud keeps for itself. */
export const VPC_ADDRESSES = 2 ** 24 - 4;

/** When all networks were made, as the API writes times. */
export const CREATION_TIME = '2025-01-01T00:00:00Z';

/** Pages of the network operations (VPC pages, 2016-04-28). */
export const NETWORK_PAGE_SIZES = { sizeDefault: 10, sizeMax: 50 };
