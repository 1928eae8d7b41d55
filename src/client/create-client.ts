import createClient from 'openapi-fetch';
import type { Client } from 'openapi-fetch';
import type { paths } from './api-types';

/** A client of the HTTP API: every path, parameter and answer is typed by its description. */
export type TairfleetClient = Client<paths>;

/**
 * Builds a client of the HTTP API.
 *
 * @param place - address of the server, such as `https://tairfleet.internal`, and an API key or token
 */
export function createTairfleetClient(place: {
  readonly url: string;
  readonly key: string;
}): TairfleetClient {
  return createClient<paths>({
    baseUrl: place.url,
    headers: { authorization: `Bearer ${place.key}` },
  });
}
