import createClient from 'openapi-fetch';
import type { Client } from 'openapi-fetch';
import type { paths } from './api-types';

/** A client of the HTTP API: every path, parameter and answer is typed by its description. */
export type TairfleetClient = Client<paths>;

/**
 * Builds a client of the HTTP API.
 *
 * @param place - address of the server, such as `https://tairfleet.internal`; an API key or token, left
 *   out for a server that asks nobody; and what sends a request, the platform's own `fetch` when left out
 */
export function createTairfleetClient(place: {
  readonly url: string;
  readonly key?: string;
  readonly fetch?: (request: Request) => Promise<Response>;
}): TairfleetClient {
  const { url, key, fetch } = place;
  return createClient<paths>({
    baseUrl: url,
    ...(key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } }),
    ...(fetch === undefined ? {} : { fetch }),
  });
}
