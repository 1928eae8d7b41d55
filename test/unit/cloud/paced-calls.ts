import { createAdaptiveRate } from '../../../src/cloud/adaptive-rate';
import type { AdaptiveRate, RateBounds } from '../../../src/cloud/adaptive-rate';

/** A service with a token bucket, and who calls it. */
export interface PacedCallsOptions {
  readonly seed: number;
  /** Calls a second that the service takes, at a moment in ms. */
  readonly limitPerSecond: (atMs: number) => number;
  /** Calls that it saves up. */
  readonly burst: number;
  readonly latencyMs: number;
  /** Workers, each with a rate of its own and always with a call to make. */
  readonly workers?: number;
  readonly bounds?: Partial<RateBounds>;
  /** Share of calls that are throttled whatever the rate. */
  readonly noise?: number;
  /** Ends after so many useful calls, or after the time. */
  readonly calls?: number;
  readonly forMs?: number;
}

/** What came of it. */
export interface PacedCallsOutcome {
  readonly accepted: number;
  readonly throttled: number;
  readonly elapsedMs: number;
  readonly acceptedByWorker: readonly number[];
  readonly rates: readonly AdaptiveRate[];
  /** Useful calls ÷ all calls. */
  readonly usefulShare: number;
}

interface Worker {
  readonly rate: AdaptiveRate;
  sendAtMs: number;
  accepted: number;
}

interface OpenCall {
  readonly worker: Worker;
  readonly sentAtMs: number;
  readonly answeredAtMs: number;
  readonly isAccepted: boolean;
}

/** Plays workers against a service in simulated time, an event after the other. */
export function playPacedCalls(options: PacedCallsOptions): PacedCallsOutcome {
  const { latencyMs, noise = 0, calls = Infinity, forMs = 600_000 } = options;
  const random = createRandom(options.seed);
  const workers = Array.from({ length: options.workers ?? 1 }, () => createWorker(options.bounds));
  const tokens = createTokens(options);
  const open: OpenCall[] = [];
  let [accepted, throttled, nowMs] = [0, 0, 0];

  function send(worker: Worker): void {
    const isAccepted = tokens.take(nowMs) && random() >= noise;
    const answeredAtMs = nowMs + latencyMs * (0.8 + 0.4 * random());
    open.push({ worker, sentAtMs: nowMs, answeredAtMs, isAccepted });
    open.sort((left, right) => left.answeredAtMs - right.answeredAtMs);
    worker.sendAtMs = nowMs + (1_000 / worker.rate.perSecond()) * (0.8 + 0.4 * random());
  }

  while (nowMs < forMs && accepted < calls) {
    const next = workers.reduce((left, right) => (right.sendAtMs < left.sendAtMs ? right : left));
    const answered = open[0];
    if (answered === undefined || next.sendAtMs < answered.answeredAtMs) {
      nowMs = next.sendAtMs;
      send(next);
      continue;
    }
    nowMs = answered.answeredAtMs;
    open.shift();
    answer(answered);
    if (answered.isAccepted) accepted += 1;
    else throttled += 1;
  }
  return {
    accepted,
    throttled,
    elapsedMs: nowMs,
    acceptedByWorker: workers.map((worker) => worker.accepted),
    rates: workers.map(({ rate }) => rate),
    usefulShare: accepted / (accepted + throttled),
  };
}

function createTokens({ burst, limitPerSecond }: PacedCallsOptions) {
  let tokens = burst;
  let filledAtMs = 0;
  return {
    take(nowMs: number): boolean {
      const earned = ((nowMs - filledAtMs) / 1_000) * limitPerSecond(nowMs);
      tokens = Math.min(burst, tokens + earned);
      filledAtMs = nowMs;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}

function createWorker(bounds: Partial<RateBounds> = {}): Worker {
  const all = { startPerSecond: 20, minPerSecond: 0.5, maxPerSecond: 500, ...bounds };
  return { rate: createAdaptiveRate(all), sendAtMs: 0, accepted: 0 };
}

function answer({ worker, sentAtMs, answeredAtMs, isAccepted }: OpenCall): void {
  const call = { sentAtMs, answeredAtMs, wasQueued: true };
  if (isAccepted) {
    worker.accepted += 1;
    worker.rate.accepted(call);
  } else worker.rate.throttled(call);
}

/** Park and Miller's generator: the same numbers for the same seed. */
function createRandom(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
