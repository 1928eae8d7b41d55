import { toEventLog } from '../../../src/contract/log-writer';
import { tellStopping } from '../../../src/observability/stop-log';

describe('a worker that is told to stop', () => {
  const lines: unknown[] = [];
  const write = (fields: object) => void lines.push(fields);
  const log = toEventLog({ debug: write, info: write, warn: write, error: write });
  const signals = ['SIGINT', 'SIGTERM', 'SIGQUIT', 'SIGUSR2'];
  const countListeners = () => signals.map((signal) => process.listenerCount(signal));

  it('says by which signal, once, and leaves the next signal to whoever listens', () => {
    const before = countListeners();
    tellStopping(log);
    process.emit('SIGUSR2', 'SIGUSR2');
    expect(lines).toEqual([{ event: 'worker-stopping', signal: 'SIGUSR2' }]);
    expect(countListeners()).toEqual(before);
  });

  it('leaves no listener behind when the worker ends by itself', () => {
    const before = countListeners();
    tellStopping(log)();
    expect(countListeners()).toEqual(before);
  });
});
