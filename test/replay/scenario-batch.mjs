/** A batch of a scenario: how it is asked for, followed and acted on. */
import { loadBuilt, waitUntil } from '../../scripts/local-fleet.mjs';

/** Starts a batch. */
export async function start({ client }, request) {
  const { MAIN_QUEUE, PROGRESS_QUERY, PROVISION_BATCH } = loadBuilt('contract/names');
  const { toWorkflowId } = loadBuilt('contract/workflow-id');
  const handle = await client.workflow.start(PROVISION_BATCH, {
    workflowId: toWorkflowId(request.tenant, request.batchId),
    taskQueue: MAIN_QUEUE,
    args: [{ request }],
  });
  return {
    handle,
    until: (isReached) => waitUntil(() => handle.query(PROGRESS_QUERY), isReached),
    update: (name, input) =>
      handle.executeUpdate(name, { args: input === undefined ? [] : [input] }),
  };
}

/** A request for so many instances of one group. */
export function createRequest(batchId, count) {
  return {
    apiVersion: 'tairfleet/v1',
    batchId,
    tenant: 'payments',
    groups: [
      {
        name: 'sessions',
        count,
        spec: { instanceClass: 'redis.master.small.default', engineVersion: '5.0' },
        placements: [
          { region: 'cn-hangzhou', zone: 'cn-hangzhou-h', vpcId: 'vpc-1', vSwitchId: 'vsw-1' },
        ],
      },
    ],
  };
}
