import type { SeenInstance } from '../cloud/port';
import { GONE_CODES, type ReleasePort } from '../cloud/release-port';
import type { KeptInstance } from '../contract/operation-types';
import type { ErrorClass } from '../domain/refusal';
import type { CallCounter } from './call-counter';

/** What became of one instance. `delayed`: nobody knows, or not just now; it is looked at again. */
export type Deletion =
  | { readonly kind: 'deleted' }
  | { readonly kind: 'kept'; readonly kept: KeptInstance }
  | { readonly kind: 'delayed'; readonly message: string; readonly retryAfterMs: number | null };

/** What is deleted, and by whom. */
export interface DeletionOrder {
  readonly account: string;
  /** Only an instance whose name holds it is ever deleted. */
  readonly nameTag: string;
  readonly signal: AbortSignal;
}

/** Trouble that passes: the same call again. */
const PASSING: ReadonlySet<ErrorClass> = new Set(['throttled', 'transient', 'ambiguous']);

/**
 * Why an instance must not be deleted whoever asks for it; null when it may. Prepaid ones are paid
 * for months and cannot be bought back, and one without our name is none of ours.
 */
export function findObstacle(seen: SeenInstance, nameTag: string): KeptInstance | null {
  if (!seen.name.includes(nameTag)) {
    const message = `its name is ${seen.name}, which is not one of the batch`;
    return { id: seen.id, code: 'foreign-name', message };
  }
  if (seen.chargeType !== 'PostPaid') {
    const message = `it is ${seen.chargeType}; only PostPaid instances are released`;
    return { id: seen.id, code: 'prepaid', message };
  }
  return null;
}

/** Deletes one instance that was seen just now. Repeating is safe. */
export async function deleteInstance(
  releases: ReleasePort,
  seen: SeenInstance,
  order: DeletionOrder & { readonly calls: CallCounter },
): Promise<Deletion> {
  const obstacle = findObstacle(seen, order.nameTag);
  if (obstacle !== null) return { kind: 'kept', kept: obstacle };
  const { account, signal } = order;
  const answer = await releases.deleteInstance({
    account,
    signal,
    region: seen.region,
    id: seen.id,
  });
  order.calls.add('DeleteInstance', answer.calls);
  if (answer.kind === 'ok' || GONE_CODES.has(answer.code)) return { kind: 'deleted' };
  const { code, message, retryAfterMs } = answer;
  if (PASSING.has(answer.class)) return { kind: 'delayed', message, retryAfterMs };
  return { kind: 'kept', kept: { id: seen.id, code, message } };
}
