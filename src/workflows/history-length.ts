import { workflowInfo } from '@temporalio/workflow';
import type { Tuning } from '../domain/frozen-plan';

/** Whether this run has grown so long that the next one should go on. */
export function isHistoryLong({ continueAfterEvents }: Tuning): boolean {
  const { continueAsNewSuggested, historyLength } = workflowInfo();
  return continueAsNewSuggested || historyLength >= continueAfterEvents;
}
