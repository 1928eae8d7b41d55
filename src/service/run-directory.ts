import type { Client } from '@temporalio/client';
import type { ListedRun, RunDirectory } from '../activities/dependencies';
import type { FrozenPlan } from '../domain/frozen-plan';
import { FROZEN_MEMO } from '../contract/names';

/** The run directory of a Temporal namespace. */
export function createRunDirectory(client: Client): RunDirectory {
  return {
    async listRuns(workflowId) {
      const runs: ListedRun[] = [];
      for await (const run of client.workflow.list({ query: toQuery(workflowId) })) {
        const frozen = run.memo?.[FROZEN_MEMO] as FrozenPlan | undefined;
        runs.push({ runId: run.runId, frozen: frozen ?? null });
      }
      return runs;
    },
  };
}

/** Ids of batches hold no quotes; any other id must not end the string early. */
function toQuery(workflowId: string): string {
  return `WorkflowId = '${workflowId.replace(/'/g, "''")}'`;
}
