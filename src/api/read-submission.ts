import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { checkBatchRequest } from '../domain/check-batch-request';
import { readRequestText } from '../input/read-request';
import type { Submission } from '../service/submission';
import { ApiError } from './api-error';
import { toSubject } from './auth/guard';
import { createInvalidInput } from './invalid-input';
import type { TENANT_QUERY } from './batch-key';
import { toBodyTenant } from './choose-tenant';
import { isTenantOpen } from './subject';
import type { Subject } from './subject';

/**
 * Reads and checks the batch request of a body. Its batch id may stand in the header
 * `Idempotency-Key`, and its tenant in the query, or follow from the subject.
 *
 * @param request - with the body as text
 * @throws ApiError `invalid-input` with every problem and its place, `forbidden` for another tenant,
 *   `invalid-request` when the tenant has to be named, or two are
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
  const { tenant: asked } = request.query as z.output<typeof TENANT_QUERY>;
  const tenant = toBodyTenant(read.document, { tenant: asked, subject });
  const submission = withTenant(read, tenant, options);
  const { tenant: meant, batchId } = submission.request;
  request.deedKey = { tenant: meant, batchId };
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
  tenant: string | null,
  options: { readonly fallbackBatchId?: string },
): Submission {
  const { document, request } = read;
  if (tenant === null) return { document, request };
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
