import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr, { type IPv4, type IPv6 } from 'ipaddr.js';

/** Where events may go. */
export interface AddressRules {
  /** Networks that are not public and yet allowed, as CIDR such as `10.20.0.0/16`. */
  readonly privateNetworks: readonly string[];
}

/** The code of the error when a name leads to nowhere that is allowed. */
export const ADDRESS_NOT_ALLOWED = 'ERR_ADDRESS_NOT_ALLOWED';

/** IPv6 addresses that are given out for the public network at all: 2000::/3 (IANA, 2026). */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether a host may be connected to as far as it says so itself: a name is allowed until it is
 * looked up.
 *
 * @param hostname - of a URL; IPv6 in brackets
 */
export function isAddressAllowed(hostname: string, rules: AddressRules): boolean {
  const address = hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(address) === 0 || isOpen(address, rules);
}

/**
 * A look-up that answers only with allowed addresses, and fails when a name has none: private,
 * loopback and link-local ones, those of carriers' networks (where Alibaba Cloud keeps its metadata
 * service, 100.100.100.200), and IPv4 in the clothes of IPv6.
 */
export function createGuardedLookup(rules: AddressRules): LookupFunction {
  return (hostname, options, answer) => {
    // Always all: the first may be forbidden where the second is not.
    const all: LookupOptions & { readonly all: true } = { ...options, all: true };
    lookup(hostname, all, (error, found) => {
      if (error !== null) return answer(error, [], 0);
      const open = found.filter(({ address }) => isOpen(address, rules));
      const [first] = open;
      if (first === undefined) answer(createRefusal(), [], 0);
      else if (options.all === true) answer(null, open);
      else answer(null, first.address, first.family);
    });
  };
}

function isOpen(address: LookupAddress['address'], { privateNetworks }: AddressRules): boolean {
  const parsed = parse(address);
  if (parsed === null) return false;
  if (privateNetworks.some((network) => isWithin(parsed, ipaddr.parseCIDR(network)))) return true;
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || isWithin(parsed, GLOBAL_UNICAST);
}

/** Null: nothing that can be judged. */
function parse(address: string): IPv4 | IPv6 | null {
  try {
    return ipaddr.process(address);
  } catch {
    return null;
  }
}

function isWithin(address: IPv4 | IPv6, network: [IPv4 | IPv6, number]): boolean {
  return address.kind() === network[0].kind() && address.match(network);
}

function createRefusal(): NodeJS.ErrnoException {
  const message = 'the name leads to no address that is allowed';
  return Object.assign(new Error(message), { code: ADDRESS_NOT_ALLOWED });
}
