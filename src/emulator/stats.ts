import { currentStatus } from './actions/instance-view';
import type { CallCounts } from './call-counts';
import type { EmulatorState } from './emulator-state';
import { toInstanceState } from './instance-state';
import type { TokenCounts } from './token-book';

/** The answer of `GET /_emulator/stats`. */
export interface EmulatorStats {
  readonly instances: {
    /** All that are not deleted: `creating`, `normal` and `failed` together. */
    live: number;
    creating: number;
    /** Those that are being changed too: they serve. */
    normal: number;
    /** Ended in `Error`, or pinned to a status in which they do not serve. */
    failed: number;
    deleted: number;
  };
  /** Names that instances of more than one order were given; a shared name counts once. */
  readonly namesTwice: number;
  readonly orders: number;
  readonly calls: Readonly<Record<string, CallCounts>>;
  readonly tokens: Readonly<TokenCounts>;
}

/** Counts everything at this moment. Looks at each living instance once. */
export function createStats(state: EmulatorState): EmulatorStats {
  const { store } = state;
  const byState = { creating: 0, normal: 0, failed: 0, deleted: store.releasedCount };
  for (const instance of store.listLiving()) {
    byState[toInstanceState(currentStatus(instance, state))] += 1;
  }
  return {
    instances: { live: store.livingCount, ...byState },
    namesTwice: store.repeatedNameCount,
    orders: state.orderCount,
    calls: state.calls.toObject(),
    tokens: { ...state.tokens.counts },
  };
}
