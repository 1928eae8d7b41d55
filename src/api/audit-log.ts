import type { FastifyRequest } from 'fastify';
import { logEvent, toEventLog } from '../contract/log-writer';
import { createNotFound, toApiError } from './api-error';
import type { ThingKey } from './api-error';
import type { ServiceResult } from '../service/service-result';
import { toSubject } from './auth/guard';

/**
 * Writes to the log who did what to which batch or schedule, and how it went.
 *
 * @param request - whose subject did it
 * @param deed - such as `submit` or the name of an operator action
 * @returns what was done
 * @throws ApiError of the failure
 */
export function recordDeed<Value>(
  request: FastifyRequest,
  deed: { readonly action: string; readonly key: ThingKey },
  result: ServiceResult<Value>,
): Value {
  const outcome = result.ok ? 'done' : result.code;
  const { action, key } = deed;
  logEvent(toEventLog(request.log), 'deed', {
    audit: true,
    subject: toSubject(request).name,
    action,
    tenant: key.tenant,
    batchId: 'batchId' in key ? key.batchId : null,
    schedule: 'name' in key ? key.name : null,
    outcome,
    requestId: request.id,
  });
  return toValue(result, key);
}

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
