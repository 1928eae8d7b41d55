/** Code of a path that we did not send for want of addresses. */
export const NO_ADDRESSES_CODE = 'no-free-addresses';
