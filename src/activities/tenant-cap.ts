import { countSlots, type BatchRequest } from '../domain/batch-request';
import type { Refusal } from '../domain/refusal';
import { countTenantInstances, toInstancesMax, type EndedBatch } from '../domain/tenant-caps';
import type { ResultDocument } from '../domain/result';
import type { ActivityDependencies } from './dependencies';
import { currentRunId } from './moment';

/**
 * Whether a batch would take its tenant beyond the instances that it may have. Counted is what the
 * tenant's batches hold by their results and ask for while they run; a tenant without a cap costs
 * nothing (docs/decisions/0015-what-a-tenant-has-is-counted-by-its-batches.md).
 *
 * @returns why it is refused; null when it may come in
 */
export async function checkTenantCap(
  { guards, runs, results }: Pick<ActivityDependencies, 'guards' | 'runs' | 'results'>,
  request: BatchRequest,
): Promise<Refusal | null> {
  const { tenant, batchId } = request;
  const instancesMax = toInstancesMax(guards.instancesMaxByTenant ?? {}, tenant);
  if (instancesMax === null) return null;
  // In this order: a batch that ends in between is counted as open, and not overlooked.
  const open = await runs.listOpenBatches(tenant);
  const ended = (await results.listLatest(tenant)).map(({ document }) => toEnded(document));
  const held = countTenantInstances(open, ended, { batchId, runId: currentRunId() });
  const slots = countSlots(request);
  if (held + slots <= instancesMax) return null;
  return {
    class: 'invalid',
    code: 'tenant-cap-reached',
    message:
      `the batch asks for ${slots} instances, and the tenant '${tenant}' has ${held} of the ` +
      `${instancesMax} that this installation lets it have (guards.instancesMaxByTenant); release ` +
      'a batch of the tenant, or have the cap raised',
  };
}

function toEnded({ batchId, counts }: ResultDocument): EndedBatch {
  return { batchId, instances: counts.ready + counts.failed + counts.orphans };
}
