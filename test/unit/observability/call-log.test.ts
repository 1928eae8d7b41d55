import { toEventLog } from '../../../src/contract/log-writer';
import { createCallLog } from '../../../src/observability/call-log';

it('An answer with an unlisted code is told, with what the support of the cloud asks for.', () => {
  const lines: unknown[] = [];
  const write = (fields: object) => void lines.push(fields);
  const note = createCallLog(toEventLog({ debug: write, info: write, warn: write, error: write }));
  const place = { account: 'prod', region: 'cn-hangzhou', action: 'CreateInstances' };
  const call = { ...place, durationMs: 250, requestId: 'R-1' };
  note({ ...call, code: null, class: null, isListed: true });
  note({ ...call, code: 'QuotaExceeded.Tair', class: 'quota', isListed: true });
  note({ ...call, code: 'Brand.New', class: 'unknown', isListed: false });
  expect(lines).toEqual([
    { event: 'unlisted-code', ...place, class: 'unknown', code: 'Brand.New', requestId: 'R-1' },
  ]);
});
