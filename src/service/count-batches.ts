import type { Client } from '@temporalio/client';
import { PROVISION_BATCH } from '../contract/names';
import { withinTime } from './batch-run';

/** How many batches there are, as Temporal lists them. */
export interface BatchCounts {
  readonly open: number;
  /** Batches and sweeps that wait for a person; null when search attributes are off. */
  readonly needingOperator: number | null;
}

/**
 * Counts batches by two questions to Temporal's list, however many there are.
 *
 * @param client - the Temporal client
 * @param isSearchable - whether batches write their search attributes
 * @throws what the client library throws
 */
export async function countBatches(client: Client, isSearchable: boolean): Promise<BatchCounts> {
  const count = async (query: string): Promise<number> =>
    (await withinTime(client, () => client.workflow.count(`${query} AND ${OPEN}`))).count;
  const open = await count(`WorkflowType = '${PROVISION_BATCH}'`);
  const needingOperator = isSearchable ? await count('BatchNeedsOperator = true') : null;
  return { open, needingOperator };
}

const OPEN = `ExecutionStatus = 'Running'`;
