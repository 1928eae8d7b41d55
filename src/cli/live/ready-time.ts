/** What was seen of the way from bought to ready. */
export interface SeenReadyTime {
  /** How long those took that are ready of late; null while nobody has seen one bought and ready. */
  readonly readyMs: number | null;
  /** How long ago the last one was bought. */
  readonly sinceBoughtMs: number;
}

/** Measures how long instances take from bought to ready, as far as somebody watches. */
export interface ReadyTime {
  /**
   * Notes two counts that only grow, and gives what was seen.
   *
   * @param counts - instances bought so far, and those of them that are ready
   * @param atMs - milliseconds since 1970, later than before
   */
  record(counts: { readonly bought: number; readonly ready: number }, atMs: number): SeenReadyTime;
}

/** Builds it for one batch; who was bought first is taken to be ready first. */
export function createReadyTime(): ReadyTime {
  const purchases: { readonly bought: number; readonly atMs: number }[] = [];
  let lastReady = 0;
  let readyMs: number | null = null;
  return {
    record({ bought, ready }, atMs) {
      if (bought !== purchases.at(-1)?.bought) purchases.push({ bought, atMs });
      if (ready > lastReady) {
        const at = purchases.findIndex((purchase) => purchase.bought >= ready);
        // What was there at the first look was bought nobody knows when.
        if (at > 0) readyMs = atMs - purchases[at]!.atMs;
      }
      lastReady = ready;
      return { readyMs, sinceBoughtMs: atMs - purchases.at(-1)!.atMs };
    },
  };
}
