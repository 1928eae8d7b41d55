import type { Refusal } from './refusal';

/**
 * A gate: where the chunks of a shard wait behind one probe. The account's quota closes it for the
 * whole shard, missing capacity for one group. One probe at a time goes on a slow back-off; nobody
 * hammers, nothing fails, and it goes on by itself when the cause is gone.
 */
export interface Gate {
  readonly cause: 'quota' | 'capacity';
  /** The group it is for; null: all groups. */
  readonly group: number | null;
  readonly refusal: Refusal;
  readonly sinceMs: number;
  /** Probes that were refused. */
  readonly probes: number;
  /** The path that goes through on trial; null while the next probe is being waited for. */
  readonly probe: { readonly home: number; readonly path: string } | null;
  /** About when the next probe goes; null while one is under way. */
  readonly nextProbeAtMs: number | null;
}

/** A stable name of a gate, for timers. */
export function toGateKey(gate: Pick<Gate, 'cause' | 'group'>): string {
  return gate.group === null ? gate.cause : `${gate.cause}:${gate.group}`;
}

/** Builds the gate that a refusal closes. */
export function createGate(refusal: Refusal, group: number, nowMs: number): Gate {
  const cause = refusal.class === 'quota' ? 'quota' : 'capacity';
  return {
    cause,
    group: cause === 'quota' ? null : group,
    refusal,
    sinceMs: nowMs,
    probes: 0,
    probe: null,
    nextProbeAtMs: null,
  };
}

/** Whether this gate stands in the way of a group. */
export function isGateFor(gate: Gate, group: number): boolean {
  return gate.group === null || gate.group === group;
}

/** Pause before the next try: doubles from `minMs` to `maxMs`, without jitter. */
export function toBackOffMs(tries: number, minMs: number, maxMs: number): number {
  return Math.min(maxMs, minMs * 2 ** Math.min(tries, 30));
}
