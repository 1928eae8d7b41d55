import { createCallMetrics } from '../../../src/observability/call-metrics';
import { createKeptMetrics } from '../../support/kept-metrics';

const CALL = {
  action: 'CreateInstances',
  account: 'prod',
  region: 'cn-hangzhou',
  durationMs: 250,
  requestId: 'R-1',
} as const;
const SUCCESS = { ...CALL, code: null, class: null, isListed: true } as const;

it('Every call is counted and timed, and one with an unlisted code is told apart.', () => {
  const { metrics, written } = createKeptMetrics();
  const note = createCallMetrics(metrics);
  note(SUCCESS);
  note({ ...CALL, code: 'Brand.New', class: 'unknown', isListed: false });
  const place = 'region="cn-hangzhou",action="CreateInstances"';
  const time = `tairfleet_cloud_call_duration{${place}} 0.25`;
  expect(written).toEqual([
    `tairfleet_cloud_calls{account="prod",${place},error_class="none"} 1`,
    time,
    `tairfleet_cloud_calls{account="prod",${place},error_class="unknown"} 1`,
    time,
    `tairfleet_cloud_unlisted_codes{${place}} 1`,
  ]);
});
