import fc from 'fast-check';
import { createAdaptiveRate } from '../../../src/cloud/adaptive-rate';
import type { AdaptiveRate } from '../../../src/cloud/adaptive-rate';
import { playPacedCalls } from './paced-calls';

const BOUNDS = { startPerSecond: 10, minPerSecond: 0.5, maxPerSecond: 200 };
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

const seeds = fc.integer({ min: 0, max: 1_000_000 });

/** Feeds answers, one each 100 ms: `+` accepted, `-` throttled. */
function feed(rate: AdaptiveRate, answers: string, fromMs = 0): number {
  let nowMs = fromMs;
  for (const each of answers) {
    nowMs += 100;
    const call = { sentAtMs: nowMs - 1, answeredAtMs: nowMs, wasQueued: true };
    if (each === '+') rate.accepted(call);
    else rate.throttled(call);
  }
  return nowMs;
}

describe('an adaptive rate', () => {
  it('adds a call a second for each accepted call until it meets a limit, and more when it is high', () => {
    const rate = createAdaptiveRate(BOUNDS);
    feed(rate, '+'.repeat(10));
    expect(rate.perSecond()).toBe(20);
    feed(rate, '+'.repeat(40), 1_000);
    expect(rate.perSecond()).toBeGreaterThan(100);
  });

  it('takes no notice of a throttle that stands alone', () => {
    const rate = createAdaptiveRate(BOUNDS);
    feed(rate, '++++++++++-++++++++++++-++++++++++++');
    expect(rate.perSecond()).toBeGreaterThan(30);
  });

  it('cuts to about what was accepted when throttles come together', () => {
    const rate = createAdaptiveRate({ ...BOUNDS, startPerSecond: 100 });
    feed(rate, '-+-+-');
    expect(rate.perSecond()).toBeLessThan(60);
    expect(rate.perSecond()).toBeGreaterThanOrEqual(50);
  });

  it('cuts once for all calls that were sent before the cut', () => {
    const rate = createAdaptiveRate({ ...BOUNDS, startPerSecond: 100 });
    for (let call = 0; call < 50; call += 1) {
      rate.throttled({ sentAtMs: 10, answeredAtMs: 20 + call, wasQueued: true });
    }
    expect(rate.perSecond()).toBe(50);
  });

  it('does not climb while nobody waits for a turn', () => {
    const rate = createAdaptiveRate(BOUNDS);
    for (let atMs = 0; atMs < MINUTE_MS; atMs += 100) {
      rate.accepted({ sentAtMs: atMs, answeredAtMs: atMs + 1, wasQueued: false });
    }
    expect(rate.perSecond()).toBe(10);
  });

  it('is back near the rate that worked within seconds of a cut, and beyond it only later', () => {
    const rate = createAdaptiveRate({ ...BOUNDS, startPerSecond: 100 });
    const cutAtMs = feed(rate, '+'.repeat(10) + '--');
    const before = 100 * 1.05 ** 10;
    feed(rate, '+'.repeat(40), cutAtMs);
    expect(rate.perSecond()).toBeGreaterThan(0.65 * before);
    expect(rate.perSecond()).toBeLessThan(before);
    feed(rate, '+'.repeat(300), cutAtMs + 4_000);
    expect(rate.perSecond()).toBeGreaterThan(before);
  });

  it('ends a probe beyond the rate that worked at its first throttle', () => {
    const rate = createAdaptiveRate({ ...BOUNDS, startPerSecond: 100 });
    const cutAtMs = feed(rate, '--');
    const probedAtMs = feed(rate, '+'.repeat(140), cutAtMs);
    const probed = rate.perSecond();
    expect(probed).toBeGreaterThan(70);
    feed(rate, '-', probedAtMs);
    expect(rate.perSecond()).toBeLessThan(0.9 * probed);
    expect(rate.perSecond()).toBeGreaterThan(0.5 * probed);
  });

  it('stays within its bounds, whatever is answered', () => {
    const answers = fc.string({ unit: fc.constantFrom('+', '-'), maxLength: 400 });
    fc.assert(
      fc.property(answers, fc.constantFrom(0.5, 10, 200), (text, startPerSecond) => {
        const rate = createAdaptiveRate({ ...BOUNDS, startPerSecond });
        for (const [at, each] of [...text].entries()) {
          feed(rate, each, at * 100);
          expect(rate.perSecond()).toBeGreaterThanOrEqual(BOUNDS.minPerSecond);
          expect(rate.perSecond()).toBeLessThanOrEqual(BOUNDS.maxPerSecond);
        }
      }),
    );
  });

  it('never cuts to less than half at once', () => {
    const answers = fc.string({ unit: fc.constantFrom('+', '-'), maxLength: 200 });
    fc.assert(
      fc.property(answers, (text) => {
        const rate = createAdaptiveRate(BOUNDS);
        for (const [at, each] of [...text].entries()) {
          const before = rate.perSecond();
          feed(rate, each, at * 100);
          expect(rate.perSecond()).toBeGreaterThanOrEqual(before / 2);
        }
      }),
    );
  });
});

describe('a rate against a limit that it does not know', () => {
  it('makes nine useful calls of ten and uses nine tenths of the limit, alone', () => {
    const limits = fc.integer({ min: 5, max: 200 });
    const latencies = fc.integer({ min: 1, max: 200 });
    fc.assert(
      fc.property(seeds, limits, latencies, (seed, limit, latencyMs) => {
        const forMs = 2 * MINUTE_MS;
        const limitPerSecond = () => limit;
        const played = playPacedCalls({ seed, limitPerSecond, burst: limit, latencyMs, forMs });
        expect(played.usefulShare).toBeGreaterThanOrEqual(0.9);
        expect(played.accepted).toBeGreaterThanOrEqual(0.9 * limit * (forMs / SECOND_MS));
      }),
      { numRuns: 20 },
    );
  });

  it('shares it with another one: both together nine tenths, useful, and none starves', () => {
    const limits = fc.integer({ min: 5, max: 100 });
    fc.assert(
      fc.property(seeds, limits, (seed, limit) => {
        const forMs = 2 * MINUTE_MS;
        const limitPerSecond = () => limit;
        const service = { limitPerSecond, burst: limit, latencyMs: 20 };
        const played = playPacedCalls({ seed, ...service, workers: 2, forMs });
        expect(played.usefulShare).toBeGreaterThanOrEqual(0.9);
        expect(played.accepted).toBeGreaterThanOrEqual(0.9 * limit * (forMs / SECOND_MS));
        expect(Math.min(...played.acceptedByWorker)).toBeGreaterThan(0.02 * played.accepted);
      }),
      { numRuns: 20 },
    );
  });

  it('does not stall over throttles by chance: a hundred calls take a few seconds', () => {
    const elapsedMs = Array.from({ length: 200 }, (_, seed) => {
      const service = { limitPerSecond: () => 1_000, burst: 1_000, latencyMs: 20 };
      return playPacedCalls({ seed, ...service, noise: 0.06, calls: 100 }).elapsedMs;
    }).toSorted((left, right) => left - right);
    expect(elapsedMs[100]).toBeLessThan(5 * SECOND_MS);
    expect(elapsedMs[189]).toBeLessThan(30 * SECOND_MS);
  });

  it('finds a limit that has fallen to a twentieth without many calls in vain', () => {
    const limitPerSecond = (atMs: number) => (atMs < 20 * SECOND_MS ? 100 : 5);
    const service = { limitPerSecond, burst: 5, latencyMs: 20, forMs: 80 * SECOND_MS };
    const played = playPacedCalls({ seed: 1, ...service });
    expect(played.rates[0]?.perSecond()).toBeLessThan(8);
    expect(played.usefulShare).toBeGreaterThan(0.95);
  });

  it('is back at a third of the limit within 20 s after nothing was accepted for 10 s', () => {
    const limitPerSecond = (atMs: number) =>
      atMs > 20 * SECOND_MS && atMs < 30 * SECOND_MS ? 0 : 50;
    const service = { limitPerSecond, burst: 10, latencyMs: 20, forMs: 50 * SECOND_MS };
    const played = playPacedCalls({ seed: 1, ...service });
    expect(played.rates[0]?.perSecond()).toBeGreaterThan(50 / 3);
  });
});
