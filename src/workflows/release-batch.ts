import { CancellationScope } from '@temporalio/workflow';
import type { ReleaseBatchInput, ReleaseReport } from '../contract/operation-types';
import { assertOperation } from './assert-operation';
import { operationActivities } from './operation-activities';
import { ReleaseRun } from './release-run';

/**
 * Undoes an ended batch: releases its PostPaid instances, as they were confirmed, and writes a revision
 * of its result. A cancel stops it between two parts; what was released until then is written down.
 *
 * @throws ApplicationFailure of type OperationRefused, before anything was released
 */
export async function releaseBatch(input: ReleaseBatchInput): Promise<ReleaseReport> {
  assertOperation('releaseBatch', input);
  const { instances } = await operationActivities('check what was confirmed').openRelease(input);
  const release = new ReleaseRun(input, instances);
  const isCancelled = await release.run();
  const recorded = await CancellationScope.nonCancellable(() => release.record(isCancelled));
  return release.toReport(isCancelled, recorded);
}
