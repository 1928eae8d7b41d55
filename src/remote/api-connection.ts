import { createTairfleetClient } from '../client/create-client';
import type { TairfleetClient } from '../client/create-client';
import { createSuccess } from '../service/service-result';
import type { ServiceFailure, ServiceResult } from '../service/service-result';
import { toApiFailure, toUnanswered } from './api-failure';

/** Where the HTTP API is, and who asks. */
export interface ApiPlace {
  /** Such as `https://tairfleet.internal`, without a slash at its end. */
  readonly url: string;
  /** API key or token; null for a server that asks nobody. */
  readonly key: string | null;
}

/** An answer as the typed client gives it. */
interface Answer<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}

/** The typed client, with failures that are values. */
export interface ApiConnection {
  readonly url: string;
  /**
   * Sends one request.
   *
   * @param send - sends it by the typed client
   * @returns its answer; the failure of its problem document, or `no-server`
   */
  send<Data>(
    send: (client: TairfleetClient) => Promise<Answer<Data>>,
  ): Promise<ServiceResult<NonNullable<Data>>>;
  /** As {@link send}, for what is answered with nothing. */
  order(send: (client: TairfleetClient) => Promise<Answer<unknown>>): Promise<ServiceResult<null>>;
}

/** The server waits up to 25 s for a worker; a longer silence is that of the network. */
const ANSWER_TIMEOUT_MS = 60_000;

/**
 * Builds a connection; nothing is sent yet.
 *
 * @param place - address and key
 */
export function createApiConnection({ url, key }: ApiPlace): ApiConnection {
  const client = createTairfleetClient({
    ...{ url, fetch: fetchInTime },
    ...(key === null ? {} : { key }),
  });
  return {
    url,
    async send(send) {
      try {
        const { data, error, response } = await send(client);
        if (response.ok && isAnswer(data)) return createSuccess(data);
        return toApiFailure(url, response, error);
      } catch (error) {
        return explain(url, error);
      }
    },
    async order(send) {
      try {
        const { error, response } = await send(client);
        return response.status === 204 ? createSuccess(null) : toApiFailure(url, response, error);
      } catch (error) {
        return explain(url, error);
      }
    },
  };
}

/** A page that answers everything with 200 is text, and no answer of ours is. */
function isAnswer<Data>(data: Data | undefined): data is NonNullable<Data> {
  return typeof data === 'object' && data !== null;
}

/** What is no JSON comes from somebody else. */
function explain(url: string, error: unknown): ServiceFailure {
  if (error instanceof SyntaxError) return toApiFailure(url, { status: 200 }, null);
  return toUnanswered(url, error);
}

/** Limits the wait for an answer, and not the time that a long one takes to arrive. */
async function fetchInTime(request: Request): Promise<Response> {
  const abort = new AbortController();
  const timer = setTimeout(
    () => abort.abort(new Error(`silent for ${ANSWER_TIMEOUT_MS / 1_000} s`)),
    ANSWER_TIMEOUT_MS,
  );
  try {
    return await fetch(request, { signal: abort.signal });
  } finally {
    clearTimeout(timer);
  }
}
