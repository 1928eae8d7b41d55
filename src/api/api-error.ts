import { formatPath } from '../domain/problem';
import type { RequestDifference } from '../domain/request-difference';
import type { ServiceFailure, ServiceFailureCode } from '../service/service-result';

/** Codes of problem documents: status, and what kind of problem it is. Stable; in docs/api.md. */
export const API_ERRORS = {
  'invalid-request': { status: 400, title: 'The request cannot be read' },
  unauthenticated: { status: 401, title: 'Nobody has said who asks' },
  forbidden: { status: 403, title: 'This subject may not do that' },
  'not-found': { status: 404, title: 'There is no such batch or schedule' },
  'no-such-route': { status: 404, title: 'There is nothing at this address' },
  'method-not-allowed': { status: 405, title: 'The address takes other methods' },
  'not-acceptable': { status: 406, title: 'There is no such format' },
  'request-timeout': { status: 408, title: 'The request has not arrived in time' },
  'already-finished': { status: 409, title: 'The batch has ended' },
  'not-finished': { status: 409, title: 'The batch has not ended yet' },
  refused: { status: 409, title: 'It was refused' },
  'broken-run': { status: 409, title: 'The last run ended without a result' },
  'too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The body has another format' },
  conflict: { status: 422, title: 'The id is taken by another request or schedule' },
  'invalid-input': { status: 422, title: 'The batch request is not valid' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  'headers-too-large': { status: 431, title: 'The headers are too large' },
  unexpected: { status: 500, title: 'Something went wrong that should not' },
  'no-server': { status: 503, title: 'The Temporal server does not answer' },
  'no-worker': { status: 503, title: 'No worker answers' },
  'worker-busy': { status: 503, title: 'The worker has not answered yet' },
  'not-started': { status: 503, title: 'No batch has begun yet' },
  'no-keys': { status: 503, title: 'The keys of tokens cannot be fetched' },
  'too-many-streams': { status: 503, title: 'Too many streams are open' },
} as const;

/** Code of a problem document. */
export type ApiErrorCode = keyof typeof API_ERRORS;

/** Members of a problem document beyond the standard ones. */
export type ApiErrorMembers = Readonly<Record<string, unknown>>;

/** Ends a request with a problem document; nothing else that is thrown reaches a client. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  /**
   * @param code - the stable code clients decide by
   * @param detail - what failed, on what, why, and what to do next; shown to the client
   * @param members - more for the document, such as `problems`
   */
  constructor(
    readonly code: ApiErrorCode,
    readonly detail: string,
    readonly members: ApiErrorMembers = {},
  ) {
    super(detail);
  }
}

/** Said instead of what the service says, which is meant for whoever runs the server. */
const OWN_DETAILS: Partial<Record<ServiceFailureCode, string>> = {
  'no-server': 'The Temporal server does not answer at the moment. Nothing is lost: try again.',
  'no-worker':
    'No worker answers at the moment. The batch goes on when one runs; try again in a while.',
  'worker-busy':
    'The worker has much to do and has not answered yet. The batch goes on; ask again in a moment.',
  unexpected: 'The request could not be served. Its id tells whoever runs the server why.',
};

/**
 * Turns a failure of the service into the end of a request.
 *
 * @param failure - as the service gives it
 */
export function toApiError(failure: ServiceFailure): ApiError {
  const { code, message, differences } = failure;
  const detail = OWN_DETAILS[code] ?? message;
  const error = new ApiError(code, detail, differences === undefined ? {} : toMembers(differences));
  // For the log, since what is shown says less.
  if (detail !== message) error.cause = message;
  return error;
}

function toMembers(differences: readonly RequestDifference[]): ApiErrorMembers {
  return {
    differences: differences.map(({ path, ...sides }) => ({ path: formatPath(path), ...sides })),
  };
}

/** Which batch, or which schedule. */
export type ThingKey =
  | { readonly tenant: string; readonly batchId: string }
  | { readonly tenant: string; readonly name: string };

/** The same for what does not exist and for what is of another tenant: names cannot be guessed. */
export function createNotFound(key: ThingKey): ApiError {
  const what =
    'batchId' in key ? `batch ${key.tenant}/${key.batchId}` : `schedule ${key.tenant}/${key.name}`;
  return new ApiError('not-found', `There is no ${what}.`);
}
