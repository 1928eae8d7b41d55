/** What is known of how long instances take from their order to `Normal`. */
export interface ReadyTimes {
  /** An instance of this age was seen ready for the first time. */
  add(ageMs: number, nowMs: number): void;
  /** The age at which this share of all was ready, ms; null while too little is known. */
  quantileMs(share: number, nowMs: number): number | null;
}

/** Ages are kept to one twentieth: nobody aims more exactly. */
const STEP = Math.log(1.05);

/** What is older than one to two of these is forgotten: the service is not the same all day. */
const MEMORY_MS = 30 * 60_000;

/** Fewer say little about the first and the last of many. */
const SAMPLES_MIN = 20;

/** How many instances were seen at which age, the age as a power of the step. */
interface Histogram {
  readonly counts: Map<number, number>;
  total: number;
}

/** A running histogram of ages: small whatever is added. */
export function createReadyTimes(): ReadyTimes {
  let older = createHistogram();
  let newer = createHistogram();
  let newerSinceMs: number | null = null;

  function forget(nowMs: number): void {
    newerSinceMs ??= nowMs;
    if (nowMs - newerSinceMs < MEMORY_MS) return;
    older = nowMs - newerSinceMs < 2 * MEMORY_MS ? newer : createHistogram();
    newer = createHistogram();
    newerSinceMs = nowMs;
  }

  return {
    add(ageMs, nowMs) {
      forget(nowMs);
      const bucket = Math.round(Math.log(Math.max(1, ageMs)) / STEP);
      newer.counts.set(bucket, (newer.counts.get(bucket) ?? 0) + 1);
      newer.total += 1;
    },
    quantileMs(share, nowMs) {
      forget(nowMs);
      const total = older.total + newer.total;
      if (total < SAMPLES_MIN) return null;
      const buckets = [...new Set([...older.counts.keys(), ...newer.counts.keys()])];
      let passed = 0;
      for (const bucket of buckets.sort((left, right) => left - right)) {
        passed += (older.counts.get(bucket) ?? 0) + (newer.counts.get(bucket) ?? 0);
        if (passed >= share * total) return Math.exp(bucket * STEP);
      }
      return null;
    },
  };
}

function createHistogram(): Histogram {
  return { counts: new Map(), total: 0 };
}
