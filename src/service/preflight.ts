import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { PREFLIGHT_BATCH, toPreflightId } from '../contract/operations';
import type { PreflightInput } from '../contract/preflight-types';
import type { PreflightFacts } from '../domain/preflight-facts';
import { runOperation } from './run-operation';
import type { ServiceResult } from './service-result';

/** Above what the workflow may take. */
const PREFLIGHT_TIMEOUT_MS = 120_000;

/**
 * Asks the cloud, by a worker, what a batch would meet. It changes nothing, so any number may run at once.
 *
 * @param client - the Temporal client
 * @param input - whose account, and the questions
 * @param taskQueue - where, when not on the queue of the installation
 * @returns the answers; `refused` when the tenant may not use the account, `no-worker`, `no-server`
 */
export function preflightBatch(
  client: Client,
  input: PreflightInput,
  taskQueue?: string,
): Promise<ServiceResult<PreflightFacts>> {
  return runOperation<PreflightFacts>(client, {
    type: PREFLIGHT_BATCH,
    workflowId: toPreflightId(input.tenant, randomUUID()),
    input,
    what: `ask the cloud about the account ${input.account}`,
    timeoutMs: PREFLIGHT_TIMEOUT_MS,
    ...(taskQueue === undefined ? {} : { taskQueue }),
  });
}
