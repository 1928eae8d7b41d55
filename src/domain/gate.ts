import { NO_ADDRESSES_CODE } from './error-codes/no-addresses';
import type { Refusal } from './refusal';

/**
 * A gate: where the chunks of a shard wait behind one probe. The account's quota and a halt close it
 * for the whole shard, missing capacity for one group. One probe at a time goes on a slow back-off; nobody
 * hammers, nothing fails, and it goes on by itself when the cause is gone.
 */
export interface Gate {
  readonly cause: GateCause;
  /** The group it is for; null: all groups. */
  readonly group: number | null;
  readonly refusal: Refusal;
  readonly sinceMs: number;
  /** Probes that were refused. */
  readonly probes: number;
  /** The path that goes through on trial; null while the next probe is being waited for. */
  readonly probe: { readonly home: number; readonly path: string } | null;
  /** About when the next probe goes; null while one is under way, or is about to be. */
  readonly nextProbeAtMs: number | null;
  /** Whether somebody wants a probe that is younger than the one under way; absent: nobody does. */
  readonly isWanted?: boolean;
  /** The search for what is left of a quota or a stock; null when it is over. */
  readonly search: GateSearch | null;
}

/** What closes a gate. */
export type GateCause = 'quota' | 'capacity' | 'halt';

/**
 * One path at a time searches downwards for what is left: 90 were refused, so 45 are tried, then 22.
 * Whether a part goes through or not, what may still be left is halved, so a search ends after at most
 * as many parts as the refused number has binary digits: 7 for a chunk of 90.
 */
export interface GateSearch {
  /** So many were refused: fewer are left. */
  readonly below: number;
  /** The part that is being tried; null while nothing is. */
  readonly trying: number | null;
}

/** A stable name of a gate, for timers. */
export function toGateKey(gate: Pick<Gate, 'cause' | 'group'>): string {
  return gate.group === null ? gate.cause : `${gate.cause}:${gate.group}`;
}

/** The gate at which a path with this refusal waits. */
export function toGateCause({ class: errorClass }: Refusal): GateCause {
  if (errorClass === 'notSent') return 'halt';
  return errorClass === 'quota' ? 'quota' : 'capacity';
}

/**
 * Builds the gate that a refusal closes.
 *
 * @param refusal - why
 * @param refused - group and number of slots that were refused
 * @param nowMs - wall clock, ms since the epoch
 */
export function createGate(
  refusal: Refusal,
  refused: { readonly group: number; readonly count: number },
  nowMs: number,
): Gate {
  const cause = toGateCause(refusal);
  return {
    cause,
    group: cause === 'capacity' ? refused.group : null,
    refusal,
    sinceMs: nowMs,
    probes: 0,
    probe: null,
    nextProbeAtMs: null,
    // What we counted ourselves leaves nothing to search for.
    search:
      cause === 'halt' || isCountedOut({ refusal }) ? null : { below: refused.count, trying: null },
  };
}

/** Whether a gate closed because of what we had counted, before anything was refused. */
export function isCountedOut({ refusal }: Pick<Gate, 'refusal'>): boolean {
  return refusal.code === NO_ADDRESSES_CODE;
}

/** Whether this gate stands in the way of a group. */
export function isGateFor(gate: Gate, group: number): boolean {
  return gate.group === null || gate.group === group;
}

/** Pause before the next try: doubles from `minMs` to `maxMs`, without jitter. */
export function toBackOffMs(tries: number, minMs: number, maxMs: number): number {
  return Math.min(maxMs, minMs * 2 ** Math.min(tries, 30));
}
