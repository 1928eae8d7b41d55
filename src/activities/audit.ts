import type { AuditAnswer, AuditInput } from '../contract/activity-types';
import type { SeenInstance } from '../cloud/port';
import { decideSettle } from '../domain/settle-decision';
import { countBatch, listBatch } from './batch-search';
import { CallCounter } from './call-counter';
import type { ActivityDependencies } from './dependencies';
import { currentMoment, currentRunId } from './moment';

/**
 * The closing audit (rule R9): one count per place for a clean batch; after anything that was ever
 * in doubt a settle wait, and then the sets of ids, since counts can be right by two wrongs.
 */
export function createAudit(dependencies: ActivityDependencies) {
  const { cloud, clock, settle } = dependencies;
  return async (input: AuditInput): Promise<AuditAnswer> => {
    const calls = new CallCounter();
    const runId = currentRunId();
    const hasStaleProof = input.proofs.some((proof) => proof.runId !== runId);
    if (input.isClean && !hasStaleProof && input.since === null) {
      const count = await countBatch(cloud, input, calls);
      if (count === input.ownedIds.length) return { kind: 'clean', calls: calls.toCounts() };
    }
    const decision = decideSettle(input.since, currentMoment(clock), settle);
    if (decision.kind === 'wait') {
      const { since, waitMs } = decision;
      return { kind: 'unsettled', since, waitMs, calls: calls.toCounts() };
    }
    const seen = await listBatch(cloud, input, calls);
    return { kind: 'compared', ...compare(seen, input.ownedIds), calls: calls.toCounts() };
  };
}

function compare(
  seen: readonly SeenInstance[],
  ownedIds: readonly string[],
): Pick<Extract<AuditAnswer, { kind: 'compared' }>, 'orphans' | 'missing'> {
  const owned = new Set(ownedIds);
  const seenIds = new Set(seen.map((instance) => instance.id));
  return {
    orphans: seen
      .filter((instance) => !owned.has(instance.id))
      .map(({ id, name, region, status }) => ({ id, name, region, status })),
    missing: ownedIds.filter((id) => !seenIds.has(id)),
  };
}
