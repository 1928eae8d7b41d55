import type { CallCounts } from './call-counts';
import type { EmulatorState } from './emulator-state';
import { isBuilt, statusOf } from './instance-life';
import type { TokenCounts } from './token-book';

/** The answer of `GET /_emulator/stats`. */
export interface EmulatorStats {
  readonly instances: {
    /** All that are not deleted: `creating`, `normal` and `failed` together. */
    live: number;
    creating: number;
    /** Those that are being changed too: they serve. */
    normal: number;
    /** Ended in `Error`. */
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
  const nowMs = state.nowMs();
  let normal = 0;
  let failed = 0;
  for (const instance of store.listLiving()) {
    const status = statusOf(instance, nowMs, state.config.readyAfterReads);
    if (isBuilt(status)) normal += 1;
    else if (status === 'Error') failed += 1;
  }
  return {
    instances: {
      live: store.livingCount,
      creating: store.livingCount - normal - failed,
      normal,
      failed,
      deleted: store.releasedCount,
    },
    namesTwice: store.repeatedNameCount,
    orders: state.orderCount,
    calls: state.calls.toObject(),
    tokens: { ...state.tokens.counts },
  };
}
