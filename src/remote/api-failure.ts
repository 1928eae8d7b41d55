import type { RequestDifference } from '../domain/request-difference';
import type { ServiceFailure, ServiceFailureCode } from '../service/service-result';

/** A problem document (RFC 9457), as far as one can rely on what something on the way has sent. */
interface ProblemDocument {
  readonly code?: unknown;
  readonly detail?: unknown;
  readonly requestId?: unknown;
  readonly differences?: unknown;
  readonly problems?: unknown;
}

/** Codes of problem documents that mean the same here (docs/api.md). */
const SAME_CODES: ReadonlySet<string> = new Set<ServiceFailureCode>([
  ...(['not-found', 'no-server', 'no-worker', 'worker-busy'] as const),
  ...(['refused', 'conflict', 'not-started'] as const),
  ...(['already-finished', 'not-finished', 'broken-run'] as const),
  ...([
    'unauthenticated',
    'forbidden',
    'rate-limited',
    'invalid-input',
    'invalid-request',
  ] as const),
]);

/** Codes that only a client over HTTP can meet, by what they mean to whoever called. */
const OTHER_CODES: Readonly<Record<string, ServiceFailureCode>> = {
  'no-keys': 'no-server',
  'too-large': 'invalid-input',
};

/** Answers of a proxy whose server is away. */
const GATEWAY_STATUSES: readonly number[] = [502, 503, 504];

/**
 * What an answer that is no success means.
 *
 * @param url - address of the server, for the message
 * @param response - status of the answer
 * @param body - its body, parsed when it was JSON
 */
export function toApiFailure(
  url: string,
  response: { readonly status: number },
  body: unknown,
): ServiceFailure {
  if (!isProblemDocument(body)) return toStrangeAnswer(url, response.status);
  const { requestId, differences, problems } = body;
  const code = toCode(body.code);
  const isServerFault = code === 'unexpected' && typeof requestId === 'string';
  const where = isServerFault ? ` (request ${requestId} at ${url})` : '';
  const detail = body.detail.replaceAll('?tenant= ', '--tenant ');
  const message = `${detail}${where}${toProblemsText(code, problems)}${ADVICE[code] ?? ''}`;
  const known = Array.isArray(differences) ? differences.map(toDifference) : null;
  return { ok: false, code, message, ...(known === null ? {} : { differences: known }) };
}

/** A difference as the API writes it: the path as people do, `groups.sessions.count`. */
export function toDifference({
  path,
  before,
  now,
}: {
  readonly path: unknown;
  readonly before?: unknown;
  readonly now?: unknown;
}): RequestDifference {
  const keys = [...String(path).matchAll(/\[(\d+)\]|[^.[\]]+/g)];
  return {
    path: keys.map(([text, index]) => (index === undefined ? text : Number(index))),
    ...{ before, now },
  };
}

/** The command line has checked the request: what is left is what this server alone does not take. */
function toProblemsText(code: ServiceFailureCode, problems: unknown): string {
  if (code !== 'invalid-input' || !Array.isArray(problems)) return '';
  const rows = problems as readonly { readonly path?: unknown; readonly message?: unknown }[];
  return ` ${rows.map(({ path, message }) => `${String(path)}: ${String(message)}`).join(' ')}`;
}

/**
 * The failure of a request that nobody answered.
 *
 * @param url - address of the server
 * @param error - what the request ended with
 */
export function toUnanswered(url: string, error: unknown): ServiceFailure {
  return {
    ok: false,
    code: 'no-server',
    message: `No tairfleet server answered at ${url} (${toReason(error)}). Is it running, and the address right (--server, TAIRFLEET_SERVER)?`,
  };
}

/** What to do next, where the server cannot know how the caller is run. */
const ADVICE: Partial<Record<ServiceFailureCode, string>> = {
  unauthenticated: ' The command line takes the key from --api-key-file or TAIRFLEET_API_KEY.',
};

function toCode(code: string): ServiceFailureCode {
  if (SAME_CODES.has(code)) return code as ServiceFailureCode;
  return OTHER_CODES[code] ?? 'unexpected';
}

function toStrangeAnswer(url: string, status: number): ServiceFailure {
  const isGateway = GATEWAY_STATUSES.includes(status);
  return {
    ok: false,
    code: isGateway ? 'no-server' : 'unexpected',
    message: isGateway
      ? `What stands before the server at ${url} answered ${status}: the server is away at the moment.`
      : `What answered at ${url} (${status}) is no tairfleet server: check the address (--server, TAIRFLEET_SERVER).`,
  };
}

function isProblemDocument(
  body: unknown,
): body is ProblemDocument & { readonly code: string; readonly detail: string } {
  if (typeof body !== 'object' || body === null) return false;
  const { code, detail } = body as ProblemDocument;
  return typeof code === 'string' && typeof detail === 'string';
}

/** The platform's `fetch` hides why in the cause. */
function toReason(error: unknown): string {
  const { cause } = error as {
    readonly cause?: { readonly code?: unknown; readonly message?: unknown };
  };
  if (typeof cause?.code === 'string') return cause.code;
  if (typeof cause?.message === 'string') return cause.message;
  return error instanceof Error ? error.message : String(error);
}
