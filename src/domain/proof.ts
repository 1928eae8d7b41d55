/**
 * Facts about runs that travel with the work (rules R2, R4 and R5 in docs/safety.md). Workflow code
 * carries them and never looks inside: only activities compare run ids.
 */

/** A run of which it is proven that its first send of a token is the first one ever. */
export interface Proof {
  readonly runId: string;
}

/** The moment from which a settle wait counts, and the run that will have awaited it. */
export interface Since {
  readonly runId: string;
  /** Wall clock of the worker, ms since the epoch. */
  readonly atMs: number;
}

/** `unsettled`: nothing is known yet; look again when `waitMs` have passed. */
export interface Unsettled {
  readonly since: Since;
  /** What remains of the settle time, plus its margin. */
  readonly waitMs: number;
}
