import type { FastifyRequest } from 'fastify';
import { checkBatchRequest } from '../domain/check-batch-request';
import { readRequestText } from '../input/read-request';
import type { Submission } from '../service/submission';
import { ApiError } from './api-error';
import { toSubject } from './auth/guard';
import { createInvalidInput } from './invalid-input';
import { isTenantOpen, toOnlyTenant } from './subject';
import type { Subject } from './subject';

/**
 * Reads and checks the batch request of a body. Its batch id may stand in the header
 * `Idempotency-Key`, and its tenant may follow from the subject.
 *
 * @param request - with the body as text
 * @throws ApiError `invalid-input` with every problem and its place, `forbidden` for another tenant
 */
export function readSubmission(request: FastifyRequest): Submission {
  const subject = toSubject(request);
  const key = readIdempotencyKey(request);
  const options = key === undefined ? {} : { fallbackBatchId: key };
  const read = readRequestText(request.body as string, { ...options, fileName: 'body' });
  if (!read.ok) throw createInvalidInput(read.problems);
  if (read.frozen !== undefined) {
    const message =
      'is a saved plan, which only the command line applies; send the request itself.';
    throw createInvalidInput([{ path: [], code: 'not-allowed', message }]);
  }
  const submission = withTenant(read, subject, options);
  checkAddress(submission, subject, key);
  return { ...submission, submittedBy: subject.name };
}

/** A structured text, or the bare word (draft-ietf-httpapi-idempotency-key-header). */
function readIdempotencyKey({ headers }: FastifyRequest): string | undefined {
  const key = headers['idempotency-key'];
  return typeof key === 'string' ? key.trim().replace(/^"(.*)"$/, '$1') : undefined;
}

function withTenant(
  read: Submission,
  subject: Subject,
  options: { readonly fallbackBatchId?: string },
): Submission {
  const { document, request } = read;
  const tenant = toOnlyTenant(subject);
  if (tenant === null || Object.hasOwn(document as object, 'tenant')) return { document, request };
  const written = { ...(document as object), tenant };
  const checked = checkBatchRequest(written, options);
  if (!checked.ok) throw createInvalidInput(checked.problems);
  return { document: written, request: checked.request };
}

function checkAddress({ request }: Submission, subject: Subject, key: string | undefined): void {
  const { tenant, batchId } = request;
  if (!isTenantOpen(subject, tenant)) {
    throw new ApiError('forbidden', `The subject may not order for the tenant ${tenant}.`);
  }
  if (key === undefined || key === batchId) return;
  throw new ApiError(
    'invalid-request',
    `The Idempotency-Key is ${key}, and the batchId of the request ${batchId}: leave one of them ` +
      'out, or make them the same.',
  );
}
