import type { ErrorClass } from '../refusal';

/** Codes that share a class and what a person can do about them. */
export interface CodeGroup {
  readonly class: ErrorClass;
  /** What an operator can do, as a sentence. */
  readonly nextStep: string;
  /**
   * Whether the request was surely refused before execution, or never sent, and is worth sending again
   * as it is. Codes that need a person never say so, although some were not sent either.
   */
  readonly isUnexecuted?: true;
  /** Only with this HTTP status; the same code stands in another group for all others. */
  readonly httpStatus?: number;
  /** Whether these are our own codes, in lower case. */
  readonly isOurs?: true;
  /** Why the code came, by code. */
  readonly codes: Readonly<Record<string, string>>;
}
