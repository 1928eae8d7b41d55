import { countSlots, type BatchRequest } from '../domain/batch-request';
import type { Refusal } from '../domain/refusal';
import { countTenantInstances, findByTenant, toCountedBatches } from '../domain/tenant-caps';
import type { CapVerdict, TenantBatches } from '../domain/tenant-caps';
import type { ActivityDependencies } from './dependencies';
import { currentRunId } from './moment';
import { checkTenantSpend } from './tenant-spend';

const NO_CAP: CapVerdict = { kind: 'admitted', prices: null };

/**
 * Whether a batch would take its tenant beyond the instances, or the money, that it may have. Counted is
 * what the tenant's batches hold by their results and ask for while they run; a tenant without a cap
 * costs nothing (docs/decisions/0015-what-a-tenant-has-is-counted-by-its-batches.md).
 *
 * @param dependencies - of the worker
 * @param request - the checked request
 * @param life - ends with the attempt
 */
export async function checkTenantCaps(
  dependencies: ActivityDependencies,
  request: BatchRequest,
  life: AbortSignal,
): Promise<CapVerdict> {
  const { guards } = dependencies;
  const instancesMax = findByTenant(guards.instancesMaxByTenant ?? {}, request.tenant);
  const cap = findByTenant(guards.spendMaxByTenant ?? {}, request.tenant);
  if (instancesMax === null && cap === null) return NO_CAP;
  const batches = await readBatches(dependencies, request);
  const refusal = instancesMax === null ? null : checkInstances(request, batches, instancesMax);
  if (refusal !== null) return { kind: 'refused', refusal };
  if (cap === null) return NO_CAP;
  return checkTenantSpend(dependencies, { request, cap, batches, life });
}

async function readBatches(
  { runs, results }: ActivityDependencies,
  { tenant, batchId }: BatchRequest,
): Promise<TenantBatches> {
  // In this order: a batch that ends in between is counted as open, and not overlooked.
  const open = await runs.listOpenBatches(tenant);
  const ended = (await results.listLatest(tenant)).map(({ document }) => document);
  return toCountedBatches({ open, ended }, { batchId, runId: currentRunId() });
}

function checkInstances(
  request: BatchRequest,
  batches: TenantBatches,
  instancesMax: number,
): Refusal | null {
  const held = countTenantInstances(batches);
  const slots = countSlots(request);
  if (held + slots <= instancesMax) return null;
  return {
    class: 'invalid',
    code: 'tenant-cap-reached',
    message:
      `the batch asks for ${slots} instances, and the tenant '${request.tenant}' has ${held} of the ` +
      `${instancesMax} that this installation lets it have (guards.instancesMaxByTenant); release ` +
      'a batch of the tenant, or have the cap raised',
  };
}
