import type { FastifyRequest } from 'fastify';
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
  const { name } = toSubject(request);
  const outcome = result.ok ? 'done' : result.code;
  const { action, key } = deed;
  request.log.info({ audit: true, subject: name, action, ...key, outcome, requestId: request.id });
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
