/** Scheme, host (bracketed when IPv6) and optional port, up to the path. */
const AUTHORITY = /^https?:\/\/(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::\d{1,5})?(?:[/?#]|$)/i;

/** 127.0.0.0/8 with four plain decimal numbers. */
const LOOPBACK_V4 = /^127(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;

/**
 * Whether a URL can only lead to this very host. Rules R13 and plain HTTP hang on it, so in doubt the
 * answer is no: another scheme, user information, a name other than `localhost`, an unusual spelling
 * of an address.
 *
 * @param url - an absolute `http` or `https` URL
 */
export function isLoopbackUrl(url: string): boolean {
  const host = AUTHORITY.exec(url)?.[1]?.toLowerCase();
  if (host === undefined) return false;
  return host === 'localhost' || host === '[::1]' || LOOPBACK_V4.test(host);
}

/**
 * Whether an address to listen on is reached from this very host only; in doubt not.
 *
 * @param host - a name or an address, IPv6 without brackets
 */
export function isLoopbackHost(host: string): boolean {
  return isLoopbackUrl(`http://${host.includes(':') ? `[${host}]` : host}/`);
}
