import type { PreflightFacts, PreflightQuestions } from '../domain/preflight-facts';

/** The one argument of `preflightBatch`: questions that change nothing. */
export interface PreflightInput {
  /** Whose account it is, for the guard that says who may use which. */
  readonly tenant: string;
  /** Name of the credentials profile. */
  readonly account: string;
  readonly questions: PreflightQuestions;
}

/** Activities of a preflight, on the cloud queue. */
export interface PreflightActivities {
  /** Asks the cloud; what it does not tell is `unknown` and no failure. */
  preflight(input: PreflightInput): Promise<PreflightFacts>;
}
