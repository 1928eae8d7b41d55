import type { ReconcileBatchInput, ReconcileReport } from '../contract/operation-types';
import { assertOperation } from './assert-operation';
import { operationCloudActivities } from './operation-activities';

/**
 * Compares an ended batch's result with the cloud, and on demand adopts or deletes orphans.
 *
 * @throws ApplicationFailure of type OperationRefused while the batch runs, or when it has no result
 */
export async function reconcileBatch(input: ReconcileBatchInput): Promise<ReconcileReport> {
  assertOperation('reconcileBatch', input);
  const { tenant, batchId, action } = input;
  return operationCloudActivities(`${action}: ${tenant}/${batchId}`).reconcile(input);
}
