import type { BatchPhase } from '../domain/progress';

/** What an open batch has written down for everybody, at its last change of phase. */
export interface NotedProgress {
  readonly phase: BatchPhase;
  readonly needsOperator: boolean;
  readonly slots: number | null;
  readonly ready: number | null;
}

/**
 * Reads what a run has written into its search attributes; Temporal tells it without a worker.
 *
 * @param attributes - search attributes as the client library gives them
 * @returns null for one that has written nothing, or where it may not
 */
export function readNotedProgress(attributes: object): NotedProgress | null {
  const read = (name: string): unknown =>
    (attributes as Readonly<Record<string, readonly unknown[] | undefined>>)[name]?.[0];
  const toCount = (value: unknown): number | null => (typeof value === 'number' ? value : null);
  const phase = read('BatchPhase');
  if (typeof phase !== 'string') return null;
  return {
    phase: phase as BatchPhase,
    needsOperator: read('BatchNeedsOperator') === true,
    slots: toCount(read('BatchSlots')),
    ready: toCount(read('BatchReady')),
  };
}
