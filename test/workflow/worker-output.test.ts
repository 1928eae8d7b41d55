import { Writable } from 'node:stream';
import { pino } from 'pino';
import { LOG_EVENTS, type LogEventName } from '../../src/contract/log-events';
import { findFreePort } from '../../src/local/free-port';
import { startFleet, type Fleet } from '../support/fleet';
import { PLACEMENT, SPEC } from '../support/test-request';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver';
import { waitFor } from '../support/wait-for';

/** Fields without a value here: postpaid orders have no id, and a quota's gate is for all groups. */
const MAY_BE_MISSING: readonly string[] = ['orderId', 'group'];

type LogLine = Readonly<Record<string, unknown>>;

const SECRETS = {
  TAIRFLEET_SECRET_OBSERVED_HOOK: `whsec_${Buffer.from('a key that nobody else may read').toString('base64')}`,
  TAIRFLEET_SECRET_OBSERVED_PASSWORD: 'Correct-Horse-9',
};
const [HOOK, PASSWORD] = Object.keys(SECRETS);

/**
 * A batch that meets its quota and has a group that nobody can create, as Prometheus and the log see it. The worker keeps no workflow between two
 * tasks, so that every task replays the batch from its start: what a replay counted or told would be there
 * many times.
 */
describe('what a worker shows while it makes a batch', () => {
  let fleet: Fleet;
  let receiver: WebhookReceiver;
  let shown: readonly string[];
  let batchId: string;
  let text = '';
  const logger = pino(
    { level: 'debug', base: null },
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        text += chunk.toString();
        done();
      },
    }),
  );

  beforeAll(async () => {
    Object.assign(process.env, SECRETS);
    receiver = await startWebhookReceiver();
    const metricsPort = await findFreePort();
    fleet = await startFleet({
      ...{ metricsPort, logger, maxCachedWorkflows: 0, emulator: { quota: 10 } },
    });
    const webhook = { url: `${receiver.url}?key=of-the-address`, secretFrom: { env: HOOK } };
    const followUps = { passwordFrom: { env: PASSWORD } };
    const spec = { ...SPEC, instanceClass: 'redis.no.such.class' };
    const batch = await fleet.start({
      groups: [
        { name: 'good', count: 20, spec: SPEC, placements: [PLACEMENT], followUps },
        { name: 'bad', count: 1, spec, placements: [PLACEMENT] },
      ],
      notify: [{ webhook }],
    });
    batchId = batch.workflowId.split('/')[2]!;
    await batch.until(
      ({ counts, gate }) => counts.ready === 10 && gate !== null && counts.parked === 1,
    );
    await fleet.control.put('config', { quota: 100 });
    await batch.update('retryNow');
    await batch.until(({ counts }) => counts.ready === 20);
    await batch.update('skip');
    await batch.result();
    await waitFor(
      () => Promise.resolve(listLines('webhook-delivered')),
      ({ length }) => length > 0,
    );
    const response = await fetch(`http://127.0.0.1:${metricsPort}/metrics`);
    shown = (await response.text()).split('\n');
    // Seconds alone; the machine may be busy with other tests.
  }, 120_000);

  afterAll(async () => {
    for (const name of Object.keys(SECRETS)) delete process.env[name];
    await fleet.close();
    await receiver.close();
  });

  function listLines(event?: LogEventName): readonly LogLine[] {
    const lines = text.split('\n').filter((line) => line !== '');
    const all = lines.map((line) => JSON.parse(line) as LogLine);
    return event === undefined ? all : all.filter((line) => line['event'] === event);
  }

  /**
   * A workflow task whose answer the server did not take is decided again, and told again (docs/metrics.md). A
   * worker that told in replays would tell each step at every task after it: many times.
   */
  function expectToldFor(found: number, times: number): void {
    expect(found).toBeGreaterThanOrEqual(times);
    expect(found).toBeLessThan(3 * times);
  }

  describe('its metrics', () => {
    /** The sum over all series that have these labels. */
    function sum(name: string, ...labels: readonly string[]): number {
      return shown
        .filter(
          (line) => line.startsWith(`${name}{`) && labels.every((text) => line.includes(text)),
        )
        .reduce((total, line) => total + Number(line.split(' ').at(-1)), 0);
    }

    it('count each instance, gate and batch, however often the workflow is replayed', () => {
      expect(sum('temporal_sticky_cache_total_forced_eviction_total')).toBeGreaterThan(5);
      const place = 'region="cn-hangzhou"';
      const small = 'instance_class="redis.master.small.default"';
      expectToldFor(sum('tairfleet_batches_admitted_total'), 1);
      expectToldFor(sum('tairfleet_instances_owned_total', place, small), 20);
      expect(sum('tairfleet_instance_ready_seconds_count', place, small)).toBe(20);
      expectToldFor(sum('tairfleet_gate_closings_total', place, 'gate="quota"'), 1);
      expectToldFor(sum('tairfleet_gate_closed_seconds_count', place, 'gate="quota"'), 1);
      expectToldFor(sum('tairfleet_batch_duration_seconds_count', 'outcome="partial"'), 1);
    });

    it('count every call by its error class, as the cloud has received it', async () => {
      const { calls } = await fleet.control.stats();
      const name = 'tairfleet_cloud_calls_total';
      const create = 'action="CreateInstances"';
      const { received, ok } = calls['CreateInstances']!;
      expect(sum(name, create)).toBe(received);
      expect(sum(name, create, 'error_class="none"')).toBe(ok);
      expect(sum(name, create, 'error_class="invalid"')).toBe(1);
      expect(sum(name, create, 'error_class="quota"')).toBe(received! - ok! - 1);
      expect(sum('tairfleet_create_answers_total')).toBe(received);
      expect(sum('tairfleet_cloud_call_duration_seconds_count', create)).toBe(received);
    });

    it('name no batch, token or instance', () => {
      const ours = shown.filter((line) => line.startsWith('tairfleet_')).join('\n');
      expect(ours).not.toMatch(/\bb-[0-9a-f]{8}\b|\br-[a-z0-9]{10}|token/);
    });
  });

  describe('its log', () => {
    it('tells of each step, however often the workflow is replayed', () => {
      const events = listLines().flatMap(({ event }) => (event === undefined ? [] : [event]));
      const count = (name: LogEventName): number => events.filter((event) => event === name).length;
      const once = [
        ...(['batch-admitted', 'gate-closed', 'gate-opened', 'chunk-parked'] as const),
        'batch-finished' as const,
      ];
      for (const found of once.map(count)) expectToldFor(found, 1);
      expect(listLines('chunk-parked')[0]).toMatchObject({
        ...{ chunk: 'bad/0-0', slots: 1, class: 'invalid' },
        requestId: expect.any(String) as string,
      });
      const owned = listLines('chunk-owned').map((line) => Number(line['count']));
      expectToldFor(
        owned.reduce((sum, each) => sum + each, 0),
        20,
      );
    });

    it('names batch, token and request id of each create call, as the cloud has them', async () => {
      const calls = await fleet.control.log('CreateInstances');
      const told = [...listLines('chunk-created'), ...listLines('create-failed')];
      const sorted = (tokens: readonly unknown[]): readonly unknown[] => [...tokens].sort();
      expect(sorted(told.map(({ token }) => token))).toEqual(
        sorted(calls.map(({ params }) => params['Token'])),
      );
      for (const line of told) {
        const call = calls.find(({ params }) => params['Token'] === line['token']);
        expect(JSON.stringify(call?.params)).toContain(line['instanceName']);
        expect(line).toMatchObject({ batchId, tenant: 'default', account: 'default' });
        expect(line['requestId']).toMatch(/^[\w-]{10,}$/);
      }
    });

    it('has every field of each kind of line, and the batch', () => {
      const told = listLines().filter(({ event }) => event !== undefined);
      for (const line of told) {
        const known = LOG_EVENTS[line['event'] as LogEventName].fields.filter(
          (field) => !MAY_BE_MISSING.includes(field),
        );
        expect(Object.keys(line)).toEqual(expect.arrayContaining(known));
        expect(line).toMatchObject({ batchId, tenant: 'default' });
      }
    });

    it('holds no secret that the worker was given, not even at its loudest', () => {
      expect(listLines('webhook-delivered')).toContainEqual(
        expect.objectContaining({ receiver: `127.0.0.1:${receiver.port}`, httpStatus: 204 }),
      );
      for (const secret of [...Object.values(SECRETS), 'testsecret', 'of-the-address']) {
        expect(text).not.toContain(secret);
      }
    });
  });
});
