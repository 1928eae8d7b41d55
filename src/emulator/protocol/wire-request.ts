import type { IncomingHttpHeaders } from 'node:http';

/** Where a request came from, as its socket knows it. */
export interface Connection {
  readonly remoteAddress?: string | undefined;
  /** True when it came over TLS. */
  readonly encrypted?: boolean;
}

/** One HTTP request to the API, as it came in. */
export interface WireRequest {
  /** Upper case. */
  readonly method: string;
  /** What follows `?`, without it, as the client spelt it. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly connection: Connection;
}

/** The value of a header; empty when it is absent. Names are lower case. */
export function getHeader({ headers }: WireRequest, name: string): string {
  const value = headers[name];
  return (Array.isArray(value) ? value.join(',') : (value ?? '')).trim();
}
