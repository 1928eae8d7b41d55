import type { BatchRequest } from '../domain/batch-request';
import type { FrozenPlan } from '../domain/frozen-plan';

/** A checked request, and the document it was checked from. */
export interface Submission {
  /** As it was written; this is what the run is started with. */
  readonly document: unknown;
  readonly request: BatchRequest;
  /** The plan that somebody saved and looked at: the first run is started with it. */
  readonly frozen?: FrozenPlan;
  /** Who submits it, as far as somebody knows; kept in the memo of the run. */
  readonly submittedBy?: string;
}
