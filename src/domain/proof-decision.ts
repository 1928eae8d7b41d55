/** What `prove` knows about a run (rule R2). */
export interface RunFacts {
  readonly runId: string;
  readonly firstExecutionRunId: string;
  /** Runs of the same workflow id that the list shows. */
  readonly listedRunIds: readonly string[];
  /** Instances that bear the batch's name, over all engines and regions of the request. */
  readonly namedInstances: number;
  /** Setting for the time after a restore of Temporal's database: nothing is proven. */
  readonly isLookUpAlways: boolean;
}

/** `wait`: the list does not show the run itself yet, so it may hide others too. */
export type ProofDecision = 'wait' | 'fresh' | 'unsettled';

/** Whether a run may trust that it is the first to send anything for its batch. */
export function decideProof(facts: RunFacts): ProofDecision {
  if (!facts.listedRunIds.includes(facts.runId)) return 'wait';
  const isFresh =
    facts.firstExecutionRunId === facts.runId &&
    facts.listedRunIds.every((runId) => runId === facts.runId) &&
    facts.namedInstances === 0 &&
    !facts.isLookUpAlways;
  return isFresh ? 'fresh' : 'unsettled';
}
