import type { ProveAnswer, ProveInput } from '../contract/activity-types';
import { FAILURES } from '../contract/failure-types';
import { decideProof, type RunFacts } from '../domain/proof-decision';
import { toSettleTimeMs } from '../domain/settle-time';
import { countBatch } from './batch-search';
import { CallCounter } from './call-counter';
import type { ActivityDependencies } from './dependencies';
import { toRetryable } from './failures';
import { currentMoment, currentRunId, currentWorkflowId } from './moment';

/**
 * Proves that this run is the first one that sends anything under its names, or continues one that
 * was, or says that everything must settle first (rule R2).
 */
export function createProve(dependencies: ActivityDependencies) {
  const { clock, settle } = dependencies;
  return async (input: ProveInput): Promise<ProveAnswer> => {
    const moment = currentMoment(clock);
    const calls = new CallCounter();
    const decision = decideProof(await gatherFacts(dependencies, input, calls));
    switch (decision) {
      case 'wait':
        throw toRetryable(
          FAILURES.runNotListed,
          'the list of runs does not show this run yet, so it may hide earlier ones; tried again',
        );
      case 'fresh':
      case 'continued':
        return { kind: decision, proof: { runId: moment.runId }, calls: calls.toCounts() };
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

/** A run that was given another one's state is never fresh, so nothing needs to be counted for it. */
async function gatherFacts(
  { cloud, runs, isLookUpAlways }: ActivityDependencies,
  input: ProveInput,
  calls: CallCounter,
): Promise<RunFacts> {
  const runId = currentRunId();
  const { firstExecutionRunId, carried } = input;
  const listed = await runs.listRuns(currentWorkflowId());
  return {
    runId,
    firstExecutionRunId,
    listedRunIds: listed.map((run) => run.runId),
    namedInstances: carried === null ? await countBatch(cloud, input, calls) : 0,
    isLookUpAlways,
    carried,
    start: carried === null ? null : await runs.readStart(currentWorkflowId(), runId),
  };
}
