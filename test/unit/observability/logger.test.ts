import { pino } from 'pino';
import { toTemporalLogger } from '../../../src/observability/logger';

/** The line that a message of Temporal becomes. */
function writeLine(meta: Record<string, unknown>): Record<string, unknown> {
  const lines: string[] = [];
  const logger = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
  toTemporalLogger(logger).info('a message', meta);
  return JSON.parse(lines[0] ?? '{}') as Record<string, unknown>;
}

describe("Temporal's lines", () => {
  it.each([
    ...['batch/acme/caches-1', 'batch/acme/caches-1/s0003', 'notify/acme/caches-1'],
    ...['sweep/acme/caches-1/0/1', 'release/acme/caches-1', 'reconcile/acme/caches-1'],
  ])('name tenant and batch of %s', (workflowId) => {
    expect(writeLine({ workflowId })).toMatchObject({
      ...{ workflowId, tenant: 'acme', batchId: 'caches-1' },
    });
  });

  it('do not hold the token of their task, with which one could answer it', () => {
    expect(Object.keys(writeLine({ taskToken: 'CiQw', attempt: 1 }))).not.toContain('taskToken');
  });

  it('name no batch where there is none', () => {
    const line = writeLine({ workflowId: 'sweep/cn-hangzhou' });
    expect(Object.keys(line)).not.toContain('batchId');
    expect(Object.keys(line)).not.toContain('tenant');
  });
});
