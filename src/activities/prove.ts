import type { ProveAnswer, ProveInput } from '../contract/activity-types';
import { FAILURES } from '../contract/failure-types';
import { decideProof } from '../domain/proof-decision';
import { toSettleTimeMs } from '../domain/settle-time';
import { countBatch } from './batch-search';
import { CallCounter } from './call-counter';
import type { ActivityDependencies } from './dependencies';
import { toRetryable } from './failures';
import { currentMoment, currentWorkflowId } from './moment';

/**
 * Proves that this run is the first one that sends anything for its batch, or says that everything
 * must settle first (rule R2).
 */
export function createProve(dependencies: ActivityDependencies) {
  const { cloud, clock, runs, settle, isLookUpAlways } = dependencies;
  return async (input: ProveInput): Promise<ProveAnswer> => {
    const moment = currentMoment(clock);
    const listed = await runs.listRuns(currentWorkflowId());
    const calls = new CallCounter();
    const decision = decideProof({
      runId: moment.runId,
      firstExecutionRunId: input.firstExecutionRunId,
      listedRunIds: listed.map((run) => run.runId),
      namedInstances: await countBatch(cloud, input, calls),
      isLookUpAlways,
    });
    switch (decision) {
      case 'wait':
        throw toRetryable(
          FAILURES.runNotListed,
          'the list of runs does not show this run yet, so it may hide earlier ones; tried again',
        );
      case 'fresh':
        return { kind: 'fresh', proof: { runId: moment.runId }, calls: calls.toCounts() };
      case 'unsettled':
        return {
          kind: 'unsettled',
          since: moment,
          waitMs: toSettleTimeMs(settle) + settle.timerMarginMs,
          calls: calls.toCounts(),
        };
    }
  };
}
