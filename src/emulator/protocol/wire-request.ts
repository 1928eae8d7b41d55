import type { IncomingHttpHeaders } from 'node:http';

/** One HTTP request to the API, as it came in. */
export interface WireRequest {
  /** Upper case. */
  readonly method: string;
  /** What follows `?`, without it, as the client spelt it. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** The value of a header; empty when it is absent. Names are lower case. */
export function getHeader({ headers }: WireRequest, name: string): string {
  const value = headers[name];
  return (Array.isArray(value) ? value.join(',') : (value ?? '')).trim();
}
