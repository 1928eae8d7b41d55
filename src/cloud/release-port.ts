import type { Answer, CallTarget } from './port';

/**
 * The one call that takes an instance away. It is a port of its own, so that nothing in a batch's
 * life can reach it: nothing healthy is ever destroyed to repair something.
 */
export interface ReleasePort {
  /**
   * Sends `DeleteInstance` once. Repeating is safe: an instance that is gone answers with one of
   * {@link GONE_CODES} (DeleteInstance page, 2025). Never retries, and answers with a value.
   */
  deleteInstance(call: DeleteCall): Promise<Answer<null>>;
}

/** Which instance to delete. */
export interface DeleteCall extends CallTarget {
  readonly id: string;
}

/** Codes of a call about an instance that does not exist any more (DeleteInstance page, 2025). */
export const GONE_CODES: ReadonlySet<string> = new Set([
  'InvalidInstanceId.NotFound',
  'InvalidDbInstanceId.NotFound',
  'Forbidden.InstanceNotFound',
  'DBInstanceNotFound',
]);
