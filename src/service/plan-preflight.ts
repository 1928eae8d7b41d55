import { judgePreflight } from '../domain/preflight';
import type { PreflightReport } from '../domain/preflight-report';
import { listPreflightQuestions } from '../domain/preflight-questions';
import type { BatchPreview } from './batch-preview';
import type { BatchService } from './batch-service';
import { createSuccess } from './service-result';
import type { ServiceResult } from './service-result';

/**
 * Asks the cloud, by a worker, what the batch of a plan would meet.
 *
 * @param service - the connected service
 * @param preview - the plan
 * @returns the verdicts; `no-server`, `no-worker`; `refused` when the tenant may not use the account
 */
export async function preflightPlan(
  service: Pick<BatchService, 'preflight'>,
  { request, frozen, known }: BatchPreview,
): Promise<ServiceResult<PreflightReport>> {
  const questions = listPreflightQuestions(request, frozen);
  const facts = await service.preflight({
    tenant: request.tenant,
    account: frozen.account,
    // A batch that is there bears its names itself.
    questions: known.kind === 'same' ? { ...questions, names: [] } : questions,
  });
  if (!facts.ok) return facts;
  return createSuccess(judgePreflight(request, facts.value));
}
