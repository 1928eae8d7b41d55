import { randomUUID } from 'node:crypto';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import { waitFor } from './wait-for';

/**
 * Registers a namespace of the run's server. It has no search attributes: its fleets need the tuning
 * `isSearchable: false`.
 *
 * @param prefix - how its name begins
 */
export async function createNamespace(prefix: string): Promise<string> {
  const namespace = `${prefix}-${randomUUID()}`;
  const address = process.env.TAIRFLEET_TEST_TEMPORAL_ADDRESS!;
  const connection = await Connection.connect({ address });
  try {
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: msToTs('1 day'),
    });
    // A new namespace is known to the whole server only after its caches were refreshed.
    await waitFor(
      () =>
        connection.workflowService
          .describeTaskQueue({ namespace, taskQueue: { name: 'probe' }, taskQueueType: 1 })
          .then(() => true)
          .catch(() => false),
      (isThere) => isThere,
    );
  } finally {
    await connection.close();
  }
  return namespace;
}
