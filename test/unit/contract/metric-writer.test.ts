import { createMetrics, type Meter } from '../../../src/contract/metric-writer';
import { METRICS, toExposedName, type MetricName } from '../../../src/contract/metrics';
import { createKeptMetrics } from '../../support/kept-metrics';

describe('writing to a metric', () => {
  it('says what is measured, with its labels', () => {
    const { metrics, written } = createKeptMetrics();
    metrics.count('tairfleet_settles', { region: 'cn-hangzhou' });
    metrics.record('tairfleet_batch_duration', { outcome: 'partial' }, 12.5);
    metrics.set('tairfleet_batches_open', {}, 3);
    expect(written).toEqual([
      'tairfleet_settles{region="cn-hangzhou"} 1',
      'tairfleet_batch_duration{outcome="partial"} 12.5',
      'tairfleet_batches_open{} 3',
    ]);
  });

  it('tells a hundred regions apart, whatever requests name, and knows them again later', () => {
    const { metrics, written } = createKeptMetrics();
    for (let index = 0; index < 150; index += 1) {
      metrics.count('tairfleet_settles', { region: `made-up-${index}` });
    }
    metrics.count('tairfleet_settles', { region: 'made-up-99' });
    expect(new Set(written).size).toBe(101);
    expect(written.at(-2)).toBe('tairfleet_settles{region="other"} 1');
    expect(written.at(-1)).toBe('tairfleet_settles{region="made-up-99"} 1');
  });

  it('never costs what it measures: a meter that throws is no failure of the caller', () => {
    const broken = (): never => {
      throw new Error('the meter is broken');
    };
    const meter: Meter = { createCounter: broken, createHistogram: broken, createGauge: broken };
    expect(() => createMetrics(meter).count('tairfleet_batches_admitted', {})).not.toThrow();
  });

  it('measures no time below zero, since a clock that was set back breaks no histogram', () => {
    const { metrics, written } = createKeptMetrics();
    metrics.record('tairfleet_batch_duration', { outcome: 'failed' }, -5);
    expect(written).toEqual(['tairfleet_batch_duration{outcome="failed"} 0']);
  });
});

describe('the list of metrics', () => {
  it('gives each a name that tells its unit and kind', () => {
    expect(toExposedName('tairfleet_settles')).toBe('tairfleet_settles_total');
    expect(toExposedName('tairfleet_batch_duration')).toBe('tairfleet_batch_duration_seconds');
    expect(toExposedName('tairfleet_batches_open')).toBe('tairfleet_batches_open');
  });

  it('has one sentence for each, and buckets for exactly those that measure time', () => {
    for (const [name, metric] of Object.entries(METRICS)) {
      expect({ name, meaning: metric.meaning }).toEqual({
        name,
        meaning: expect.stringMatching(/^[A-Z].*\.$/) as unknown,
      });
      expect({ name, hasBuckets: 'buckets' in metric }).toEqual({
        name,
        hasBuckets: metric.kind === 'histogram',
      });
    }
  });

  it('names nothing twice', () => {
    const names = (Object.keys(METRICS) as MetricName[]).map(toExposedName);
    expect(new Set(names).size).toBe(names.length);
  });
});
