import type { WorkerFacts } from '../contract/operation-types';
import type { ActivityDependencies } from './dependencies';

/** What this worker is, and whether it could store a result now. */
export function createDescribeWorker({ self, tuning, plan, clock }: ActivityDependencies) {
  return async (): Promise<WorkerFacts> => ({
    version: self.version,
    node: process.versions.node,
    sdk: self.sdk,
    nowMs: clock.nowMs(),
    isSearchable: tuning.isSearchable,
    installationId: plan.installationId,
    results: await self.probeResults(),
  });
}
