import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { logEvent, toErrorText, toEventLog } from '../contract/log-writer';
import { API_ERRORS, ApiError } from './api-error';
import { recordRefusal } from './audit-log';
import type { ApiErrorCode } from './api-error';

/** Media type of a problem document (RFC 9457). */
export const PROBLEM_TYPE = 'application/problem+json';

/** Of every answer that says nothing else: it is about money and of one subject, so nobody between keeps it. */
export const COMMON_HEADERS = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
} as const;

/** Seconds after which a try makes sense again, for what passes by itself. */
const RETRY_AFTER_SECONDS: Partial<Record<ApiErrorCode, number>> = {
  'no-server': 5,
  'no-worker': 10,
  'worker-busy': 1,
  'no-keys': 5,
  'too-many-streams': 10,
};

/**
 * Answers everything that fails with a problem document. What was not foreseen is logged with the
 * request's id, and the client gets the id alone.
 */
export function answerWithProblems(app: FastifyInstance): void {
  app.decorateRequest('deedKey', null);
  app.decorateRequest('isDeedRecorded', false);
  app.setErrorHandler((error, request, reply) => {
    const known = toKnownError(error);
    recordRefusal(request, known);
    if (API_ERRORS[known.code].status >= 500) {
      const fields = { requestId: request.id, error: toErrorText(error) };
      logEvent(toEventLog(request.server.log), 'request-failed', fields);
    }
    return sendProblem(request, reply, known);
  });
}

/** Sends one problem document. */
export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  error: ApiError,
): FastifyReply {
  const { code } = error;
  const { status } = API_ERRORS[code];
  const retryAfter = RETRY_AFTER_SECONDS[code];
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
  if (code === 'unauthenticated') reply.header('www-authenticate', 'Bearer');
  const document = toProblemDocument(request.id, error);
  // As text: the schema of a good answer does not describe a bad one.
  return reply.status(status).type(PROBLEM_TYPE).send(JSON.stringify(document));
}

/** What a client is told. */
export function toProblemDocument(
  requestId: string,
  { code, detail, members }: ApiError,
): Readonly<Record<string, unknown>> {
  const { status, title } = API_ERRORS[code];
  const type = `urn:tairfleet:problem:${code}`;
  return { type, title, status, detail, code, requestId, ...members };
}

/** Answers an address that no route can be looked up for; no hook has seen its request. */
export function answerBadAddress(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  reply.headers({ ...COMMON_HEADERS, 'x-request-id': request.id });
  void sendProblem(request, reply, toKnownError(error));
}

/** Errors of Fastify itself, by its stable codes (Fastify 5, reference of errors). */
const FASTIFY_ERRORS: Readonly<Record<string, ApiError>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: new ApiError(
    'too-large',
    'The body is larger than this server takes (server.bodyBytesMax).',
  ),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: new ApiError(
    'unsupported-media-type',
    'The body must be application/json; requests of batches may be application/yaml too.',
  ),
  FST_ERR_CTP_INVALID_JSON_BODY: new ApiError('invalid-request', 'The body is not valid JSON.'),
  FST_ERR_CTP_EMPTY_JSON_BODY: new ApiError('invalid-request', 'The body is empty.'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: new ApiError(
    'invalid-request',
    'The body is not as long as its Content-Length says.',
  ),
  FST_ERR_BAD_URL: new ApiError('invalid-request', 'The address is not a valid URL.'),
  FST_ERR_MAX_PARAM_LENGTH: new ApiError(
    'invalid-request',
    'A part of the address is longer than any name that there is.',
  ),
};

const UNREADABLE = new ApiError(
  'invalid-request',
  'The request is not one that this server can read; /docs lists what it takes.',
);

const UNEXPECTED = new ApiError(
  'unexpected',
  'The request could not be served. Its id tells whoever runs the server why.',
);

function toKnownError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const { code, statusCode } = error as FastifyFault;
  const known = code === undefined ? undefined : FASTIFY_ERRORS[code];
  if (known !== undefined) return known;
  const isOfClient = statusCode !== undefined && statusCode >= 400 && statusCode < 500;
  return isOfClient ? UNREADABLE : UNEXPECTED;
}

/** What errors of Fastify have. */
interface FastifyFault {
  readonly code?: string;
  readonly statusCode?: number;
}
