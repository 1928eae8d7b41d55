import type { FastifyRequest } from 'fastify';
import { logEvent, toEventLog } from '../contract/log-writer';
import { createNotFound, toApiError } from './api-error';
import type { ApiError, ApiErrorCode, ThingKey } from './api-error';
import type { ServiceResult } from '../service/service-result';
import { toSubject } from './auth/guard';
import { toOwnTenant } from './subject';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a route does, for the log; of routes that write. */
    action?: string;
  }
  interface FastifyRequest {
    /** What it is about, once its body has been read; until then its address says it. */
    deedKey: ThingKey | null;
    /** Whether the log has what it did. */
    isDeedRecorded: boolean;
  }
}

/** What somebody does. */
export interface Deed<Value = never> {
  /** Such as `submit`, or the name of an operator action. */
  readonly action: string;
  readonly key: ThingKey;
  /** Whether it was only asked what it would do. */
  readonly isDryRun?: boolean;
  /** Whether a submit has started a batch, or found the one that was there. */
  readonly isNew?: (value: Value) => boolean;
}

/**
 * Writes to the log who did what to which batch or schedule, and how it went.
 *
 * @param request - whose subject did it
 * @param deed - what it was
 * @param result - how it went
 * @returns what was done
 * @throws ApiError of the failure
 */
export function recordDeed<Value>(
  request: FastifyRequest,
  deed: Deed<Value>,
  result: ServiceResult<Value>,
): Value {
  const { action, key, isDryRun } = deed;
  write(request, {
    ...{ action, ...toNames(key), isDryRun: isDryRun === true ? true : null },
    isNew: result.ok ? (deed.isNew?.(result.value) ?? null) : null,
    outcome: result.ok ? 'done' : result.code,
  });
  return toValue(result, key);
}

/** What tells that somebody tried what they may not, or what makes no sense. */
const RECORDED: ReadonlySet<ApiErrorCode> = new Set<ApiErrorCode>([
  ...(['forbidden', 'not-found', 'invalid-input', 'invalid-request'] as const),
]);

/**
 * Writes to the log what a known subject tried in vain, before the service was asked.
 *
 * @param request - whose subject tried it
 * @param error - what it ends with
 * @param action - what it was; that of the route when left out
 */
export function recordRefusal(
  request: FastifyRequest,
  { code }: ApiError,
  action = request.routeOptions.config.action,
): void {
  const isTold = request.isDeedRecorded || !RECORDED.has(code);
  if (action === undefined || request.subject === null || isTold) return;
  const names = request.deedKey === null ? toNamed(request) : toNames(request.deedKey);
  write(request, { action, ...names, isDryRun: null, isNew: null, outcome: code });
}

interface Names {
  readonly tenant: string | null;
  readonly batchId: string | null;
  readonly schedule: string | null;
}

interface Line extends Names {
  readonly action: string;
  readonly isDryRun: true | null;
  readonly isNew: boolean | null;
  readonly outcome: string;
}

function write(request: FastifyRequest, line: Line): void {
  request.isDeedRecorded = true;
  const { name: subject } = toSubject(request);
  const fields = { audit: true as const, subject, ...line, requestId: request.id };
  logEvent(toEventLog(request.server.log), 'deed', fields);
}

function toNames(key: ThingKey): Names {
  return {
    tenant: key.tenant,
    batchId: 'batchId' in key ? key.batchId : null,
    schedule: 'name' in key ? key.name : null,
  };
}

/** As the address has them, which nobody has checked. */
function toNamed({ params, query, subject }: FastifyRequest): Names {
  const { batchId, name } = params as Readonly<Record<string, string | undefined>>;
  const { tenant } = query as Readonly<Record<string, unknown>>;
  const own = subject === null ? null : toOwnTenant(subject);
  return {
    tenant: typeof tenant === 'string' ? tenant.slice(0, NAME_LENGTH_MAX) : own,
    batchId: batchId ?? null,
    schedule: name ?? null,
  };
}

const NAME_LENGTH_MAX = 100;

/**
 * The value of a result.
 *
 * @param result - as the service gives it
 * @param key - what it is about
 * @throws ApiError of the failure
 */
export function toValue<Value>(result: ServiceResult<Value>, key: ThingKey): Value {
  if (result.ok) return result.value;
  throw result.code === 'not-found' ? createNotFound(key) : toApiError(result);
}
