import { keepBatchGauges } from '../../../src/observability/batch-gauges';
import { createKeptMetrics } from '../../support/kept-metrics';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('the gauges of open batches', () => {
  it('are set at once and every 15 seconds, and kept when Temporal does not answer', async () => {
    const { metrics, written } = createKeptMetrics();
    const answers = [{ open: 3, needingOperator: 1 }, null, { open: 4, needingOperator: null }];
    const count = () => {
      const answer = answers.shift();
      return answer ? Promise.resolve(answer) : Promise.reject(new Error('nobody answers'));
    };
    const stop = keepBatchGauges(metrics, count);
    await jest.advanceTimersByTimeAsync(30_000);
    stop();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(written).toEqual([
      'tairfleet_batches_open{} 3',
      'tairfleet_batches_needing_operator{} 1',
      'tairfleet_batches_open{} 4',
    ]);
  });
});
