import fc from 'fast-check';
import { createClockSkew } from '../../../src/cloud/clock-skew';

describe('the clock skew', () => {
  it('is unknown before the first answer', () => {
    expect(createClockSkew().currentMs()).toBeNull();
  });

  it('is 0 for clocks that agree, whatever the second of the Date header hides', () => {
    const skew = createClockSkew();
    skew.observe({ sentAtMs: 10_950, receivedAtMs: 10_990, dateMs: 10_000 });
    expect(skew.currentMs()).toBe(0);
  });

  it('is positive when the local clock is ahead', () => {
    const skew = createClockSkew();
    skew.observe({ sentAtMs: 50_000, receivedAtMs: 50_020, dateMs: 10_000 });
    expect(skew.currentMs()).toBe(39_000);
  });

  it('is negative when the local clock is behind', () => {
    const skew = createClockSkew();
    skew.observe({ sentAtMs: 10_000, receivedAtMs: 10_020, dateMs: 50_000 });
    expect(skew.currentMs()).toBe(-39_980);
  });

  it('takes a slow answer for no wrong clock', () => {
    const skew = createClockSkew();
    skew.observe({ sentAtMs: 10_000, receivedAtMs: 70_000, dateMs: 10_000 });
    expect(skew.currentMs()).toBe(0);
  });

  it('keeps what a quick answer told when a slow one does not contradict it', () => {
    const skew = createClockSkew();
    skew.observe({ sentAtMs: 50_000, receivedAtMs: 50_020, dateMs: 10_000 });
    skew.observe({ sentAtMs: 50_000, receivedAtMs: 110_000, dateMs: 50_000 });
    expect(skew.currentMs()).toBe(39_000);
  });

  it('learns that the clock was set right', () => {
    const skew = createClockSkew();
    skew.observe({ sentAtMs: 50_000, receivedAtMs: 50_020, dateMs: 10_000 });
    skew.observe({ sentAtMs: 60_100, receivedAtMs: 60_120, dateMs: 60_000 });
    expect(Math.abs(skew.currentMs()!)).toBeLessThanOrEqual(120);
  });

  it('learns nothing from a call during which the clock was set back', () => {
    const skew = createClockSkew();
    skew.observe({ sentAtMs: 50_000, receivedAtMs: 10_000, dateMs: 10_000 });
    expect(skew.currentMs()).toBeNull();
  });

  it('is never larger than the true one, and off by at most the call and the hidden second', () => {
    const call = fc.record({
      trueSkewMs: fc.integer({ min: -100_000, max: 100_000 }),
      generatedAtMs: fc.integer({ min: 200_000, max: 400_000 }),
      beforeMs: fc.integer({ min: 0, max: 5_000 }),
      afterMs: fc.integer({ min: 0, max: 5_000 }),
    });
    fc.assert(
      fc.property(call, ({ trueSkewMs, generatedAtMs, beforeMs, afterMs }) => {
        const skew = createClockSkew();
        skew.observe({
          sentAtMs: generatedAtMs + trueSkewMs - beforeMs,
          receivedAtMs: generatedAtMs + trueSkewMs + afterMs,
          dateMs: Math.floor(generatedAtMs / 1_000) * 1_000,
        });
        const found = skew.currentMs()!;
        expect(Math.abs(found)).toBeLessThanOrEqual(Math.abs(trueSkewMs));
        expect(Math.abs(found - trueSkewMs)).toBeLessThanOrEqual(beforeMs + afterMs + 1_000);
      }),
    );
  });
});
