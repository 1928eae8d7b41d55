import type { CheckWorkerInput, WorkerReport } from '../contract/operation-types';
import { checkActivities } from './operation-activities';

/** Asks a worker what it is and whether its accounts answer; for `doctor`. */
export async function checkWorker(input: CheckWorkerInput): Promise<WorkerReport> {
  const { describeWorker, checkAccounts } = checkActivities();
  const [worker, cloud] = await Promise.all([describeWorker(), checkAccounts(input)]);
  return { worker, cloud };
}
