import type { Proof } from './proof';

/** What the first event of a run's history says about where the run comes from. */
export interface RunStart {
  /** The run itself; another one exactly when this run is a reset (measured on server 1.32.0). */
  readonly originalRunId: string;
  /** The run that this one goes on from; null for the first one. */
  readonly continuedFromRunId: string | null;
  /** Whether it goes on by continue-as-new, and not by a retry or a cron schedule. */
  readonly isContinueAsNew: boolean;
}

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
  /** The proof that the run before had, when this one was given its state; else null. */
  readonly carried: Proof | null;
  /** Null when nobody asked: only a carried proof needs it. */
  readonly start: RunStart | null;
}

/**
 * `wait`: the list does not show the run itself yet, so it may hide others too. `continued`: what the
 * carried proof says holds in this run too.
 */
export type ProofDecision = 'wait' | 'fresh' | 'continued' | 'unsettled';

/** Whether a run may trust that it is the first to send anything for its batch. */
export function decideProof(facts: RunFacts): ProofDecision {
  if (isContinued(facts)) return 'continued';
  if (!facts.listedRunIds.includes(facts.runId)) return 'wait';
  const isFresh =
    facts.carried === null &&
    facts.firstExecutionRunId === facts.runId &&
    facts.listedRunIds.every((runId) => runId === facts.runId) &&
    facts.namedInstances === 0 &&
    !facts.isLookUpAlways;
  return isFresh ? 'fresh' : 'unsettled';
}

/**
 * Continue-as-new ends one run and starts the next in one step of the server, so no other run can have
 * come between the two, and the list need not be asked. A reset of a continued run has the same
 * carried state and another original run: what its predecessor did after that point is unknown.
 */
function isContinued({ runId, carried, start, isLookUpAlways }: RunFacts): boolean {
  return (
    carried !== null &&
    start !== null &&
    start.originalRunId === runId &&
    start.isContinueAsNew &&
    start.continuedFromRunId === carried.runId &&
    !isLookUpAlways
  );
}
