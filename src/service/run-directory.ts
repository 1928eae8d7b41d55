import { isGrpcServiceError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { ListedRun, RunDirectory } from '../activities/dependencies';
import type { GroupPrice } from '../domain/batch-price';
import type { FrozenPlan } from '../domain/frozen-plan';
import type { RunStart } from '../domain/proof-decision';
import { FROZEN_MEMO, PRICES_MEMO } from '../contract/names';
import { listOpenBatches } from './open-batches';

/** `temporal.api.enums.v1.ContinueAsNewInitiator`: by the workflow itself. */
const CONTINUED_AS_NEW = 1;

/** gRPC status of an attempt that the server does not wait for. */
const NOT_FOUND = 5;

/** Longest wait for the answer about an attempt, whose send window is open meanwhile. */
const AWAITED_TIMEOUT_MS = 10_000;

/** The run directory of a Temporal namespace. */
export function createRunDirectory(client: Client): RunDirectory {
  return {
    async listRuns(workflowId) {
      const runs: ListedRun[] = [];
      for await (const run of client.workflow.list({ query: toQuery(workflowId) })) {
        const frozen = run.memo?.[FROZEN_MEMO] as FrozenPlan | undefined;
        const prices = run.memo?.[PRICES_MEMO] as readonly GroupPrice[] | undefined;
        runs.push({ runId: run.runId, frozen: frozen ?? null, prices: prices ?? null });
      }
      return runs;
    },
    readStart: (workflowId, runId) => readStart(client, workflowId, runId),
    hasEnded: (workflowId) => hasEnded(client, workflowId),
    isAwaited: (taskToken) => isAwaited(client, taskToken),
    listOpenBatches: (tenant) => listOpenBatches(client, tenant),
  };
}

async function readStart(client: Client, workflowId: string, runId: string): Promise<RunStart> {
  const { history } = await client.workflowService.getWorkflowExecutionHistory({
    namespace: client.options.namespace,
    execution: { workflowId, runId },
    maximumPageSize: 1,
  });
  const start = history?.events?.[0]?.workflowExecutionStartedEventAttributes;
  if (start == null) throw new Error(`run ${runId} of ${workflowId} has no start event`);
  return {
    originalRunId: start.originalExecutionRunId ?? '',
    continuedFromRunId: start.continuedExecutionRunId || null,
    isContinueAsNew: start.initiator === CONTINUED_AS_NEW,
  };
}

async function hasEnded(client: Client, workflowId: string): Promise<boolean> {
  try {
    const { status } = await client.workflow.getHandle(workflowId).describe();
    return status.name !== 'RUNNING' && status.name !== 'PAUSED';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return true;
    throw error;
  }
}

/** The server takes no heartbeat of an attempt that is over for it. */
async function isAwaited(client: Client, taskToken: Uint8Array): Promise<boolean> {
  const { namespace, identity } = client.options;
  const beat = () =>
    client.workflowService.recordActivityTaskHeartbeat({ namespace, identity, taskToken });
  try {
    await client.withDeadline(Date.now() + AWAITED_TIMEOUT_MS, beat);
    return true;
  } catch (error) {
    if (isGrpcServiceError(error) && error.code === NOT_FOUND) return false;
    throw error;
  }
}

/** Ids of batches hold no quotes; any other id must not end the string early. */
function toQuery(workflowId: string): string {
  return `WorkflowId = '${workflowId.replace(/'/g, "''")}'`;
}
