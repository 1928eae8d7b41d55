import { findFreePort } from '../../src/local/free-port';
import { startFleet, type Fleet } from '../support/fleet';
import { createTestRequest } from '../support/test-request';

/**
 * A batch that meets its quota, as Prometheus sees it. The worker keeps no workflow between two tasks, so
 * that every task replays the batch from its start: what a replay counted would be counted many times.
 */
describe('the metrics of a worker', () => {
  let fleet: Fleet;
  let shown: readonly string[];

  beforeAll(async () => {
    const metricsPort = await findFreePort();
    fleet = await startFleet({ metricsPort, maxCachedWorkflows: 0, emulator: { quota: 10 } });
    const batch = await fleet.start(createTestRequest(20));
    await batch.until(({ counts, gate }) => counts.ready === 10 && gate !== null);
    await fleet.control.put('config', { quota: 100 });
    await batch.update('retryNow');
    await batch.result();
    const response = await fetch(`http://127.0.0.1:${metricsPort}/metrics`);
    shown = (await response.text()).split('\n');
  });

  afterAll(() => fleet.close());

  /** The sum over all series that have these labels. */
  function sum(name: string, ...labels: readonly string[]): number {
    return shown
      .filter((line) => line.startsWith(`${name}{`) && labels.every((text) => line.includes(text)))
      .reduce((total, line) => total + Number(line.split(' ').at(-1)), 0);
  }

  it('count each instance, gate and batch once, however often the workflow is replayed', () => {
    expect(sum('temporal_sticky_cache_total_forced_eviction_total')).toBeGreaterThan(5);
    const place = 'region="cn-hangzhou"';
    const small = 'instance_class="redis.master.small.default"';
    expect(sum('tairfleet_batches_admitted_total')).toBe(1);
    expect(sum('tairfleet_instances_owned_total', place, small)).toBe(20);
    expect(sum('tairfleet_instance_ready_seconds_count', place, small)).toBe(20);
    expect(sum('tairfleet_gate_closings_total', place, 'gate="quota"')).toBe(1);
    expect(sum('tairfleet_gate_closed_seconds_count', place, 'gate="quota"')).toBe(1);
    expect(sum('tairfleet_batch_duration_seconds_count', 'outcome="succeeded"')).toBe(1);
  });

  it('count every call by its error class, as the cloud has received it', async () => {
    const { calls } = await fleet.control.stats();
    const name = 'tairfleet_cloud_calls_total';
    const create = 'action="CreateInstances"';
    const { received, ok } = calls['CreateInstances']!;
    expect(sum(name, create)).toBe(received);
    expect(sum(name, create, 'error_class="none"')).toBe(ok);
    expect(sum(name, create, 'error_class="quota"')).toBe(received! - ok!);
    expect(sum('tairfleet_create_answers_total')).toBe(received);
    expect(sum('tairfleet_cloud_call_duration_seconds_count', create)).toBe(received);
  });

  it('name no batch, token or instance', () => {
    const ours = shown.filter((line) => line.startsWith('tairfleet_')).join('\n');
    expect(ours).not.toMatch(/\bb-[0-9a-f]{8}\b|\br-[a-z0-9]{10}|token/);
  });
});
