import type { CallReport } from '../cloud/rpc-caller';
import type { Metrics } from '../contract/metric-writer';

/** Counts and times every request that is sent to the cloud. */
export function createCallMetrics(metrics: Metrics): (report: CallReport) => void {
  return ({ account, region, action, durationMs, class: errorClass, isListed }) => {
    metrics.count('tairfleet_cloud_calls', {
      ...{ account, region, action },
      error_class: errorClass ?? 'none',
    });
    metrics.record('tairfleet_cloud_call_duration', { region, action }, durationMs / 1_000);
    if (!isListed) metrics.count('tairfleet_cloud_unlisted_codes', { region, action });
  };
}
