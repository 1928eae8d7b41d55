import { createFailure } from './service-result';
import type { ServiceFailure } from './service-result';

/** gRPC status codes (grpc.io, status codes); the only stable thing in a Temporal client error. */
const GRPC = {
  cancelled: 1,
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  failedPrecondition: 9,
  unavailable: 14,
} as const;

/** What went wrong in a call to Temporal, told apart by code and never by text. */
export type TemporalErrorKind =
  | 'already-started'
  | 'not-found'
  | 'too-late'
  | 'unreachable'
  | 'no-poller'
  /** It asks for what the server does not know, such as a search attribute. */
  | 'refused-query'
  | 'update-refused'
  | 'run-failed'
  | 'other';

/**
 * Tells the errors of the Temporal client apart. Its classes are known by their `name`, which the
 * SDK defines on each (errors.ts, 1.24.0), so that a second copy of the library does no harm.
 *
 * @param error - whatever a client method threw
 */
export function classifyTemporalError(error: unknown): TemporalErrorKind {
  switch (toName(error)) {
    case 'WorkflowExecutionAlreadyStartedError':
      return 'already-started';
    case 'WorkflowNotFoundError':
      return 'not-found';
    case 'WorkflowUpdateRPCTimeoutOrCancelledError':
      return 'too-late';
    case 'WorkflowUpdateFailedError':
      return 'update-refused';
    case 'WorkflowFailedError':
      return 'run-failed';
    default:
      return classifyGrpcCode(toGrpcCode(error));
  }
}

/**
 * The words of a refused update, written by the workflow's own check.
 *
 * @param error - an error of kind `update-refused` or `run-failed`
 */
export function toCause(error: unknown): { readonly type: string | null; readonly text: string } {
  const cause = (error as { cause?: { type?: unknown; message?: unknown } }).cause;
  return {
    type: typeof cause?.type === 'string' ? cause.type : null,
    text: typeof cause?.message === 'string' ? cause.message : 'no reason was given',
  };
}

/**
 * Turns a thrown error into a value.
 *
 * @param error - whatever a client method threw
 * @param what - what was asked, as the end of "Could not …"
 */
export function toServiceFailure(error: unknown, what: string): ServiceFailure {
  switch (classifyTemporalError(error)) {
    case 'not-found':
      return createFailure('not-found', `Could not ${what}: Temporal knows no such batch.`);
    case 'unreachable':
    case 'too-late':
      return createFailure(
        'no-server',
        `Could not ${what}: the Temporal server did not answer. Check TEMPORAL_ADDRESS, or start ` +
          'one with "tairfleet up".',
      );
    case 'no-poller':
      return createNoWorker(what);
    default:
      return createFailure('unexpected', `Could not ${what}: ${toText(error)}`);
  }
}

/**
 * The failure of a question that only a worker can answer.
 *
 * @param what - what was asked, as the end of "Could not …"
 */
export function createNoWorker(what: string): ServiceFailure {
  return createFailure(
    'no-worker',
    `Could not ${what}: no worker answered in time. The batch goes on when one runs: start it ` +
      'with "tairfleet worker".',
  );
}

function classifyGrpcCode(code: number | undefined): TemporalErrorKind {
  switch (code) {
    // The server gives up a query as cancelled when its caller's time is up.
    case GRPC.cancelled:
    case GRPC.deadlineExceeded:
      return 'too-late';
    case GRPC.invalidArgument:
      return 'refused-query';
    case GRPC.notFound:
      return 'not-found';
    case GRPC.failedPrecondition:
      return 'no-poller';
    case GRPC.unavailable:
      return 'unreachable';
    default:
      return 'other';
  }
}

function toGrpcCode(error: unknown): number | undefined {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: { code?: unknown } };
  const found = typeof code === 'number' ? code : cause?.code;
  return typeof found === 'number' ? found : undefined;
}

function toName(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

function toText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return `${error.message}${cause}`;
}
