import { readText } from '../support/repository';
import { waitFor } from '../support/wait-for';
import { createComposedStack } from './composed-stack';
import type { ComposedStack, ComposePlan } from './composed-stack';

/** The services of each profile; emulator, worker and API run in all. */
const SERVICES: Readonly<Record<string, readonly string[]>> = {
  dev: ['emulator', 'serve', 'temporal-dev', 'worker'],
  postgres: [
    ...['emulator', 'postgres', 'serve', 'temporal', 'temporal-namespace', 'temporal-schema'],
    ...['temporal-ui', 'worker'],
  ],
  monitoring: ['emulator', 'prometheus', 'serve', 'worker'],
};
const FIRST_BATCH = ['apply', 'examples/first-batch.yaml', '--json'];
const UP_TIMEOUT_MS = 20 * 60_000;
const TEST_TIMEOUT_MS = 5 * 60_000;

const plan = JSON.parse(process.env.TAIRFLEET_TEST_COMPOSE ?? '{}') as ComposePlan;

test.each(Object.keys(SERVICES))('profile %s is valid and has its services', async (profile) => {
  const stack = await createComposedStack(profile, { ...plan, overrideFile: '/dev/null' });
  const config = await stack.compose('config', '--services');
  expect(config).toMatchObject({ exitCode: 0, stderr: '' });
  expect(config.stdout.trim().split('\n').sort()).toEqual(SERVICES[profile]);
  await stack.down();
});

// What cannot be started here was named, with its reason, by the script that made the plan.
describe.each(plan.profiles)('profile %s, started', (profile) => {
  let stack: ComposedStack;

  beforeAll(async () => {
    stack = await createComposedStack(profile, plan);
    await stack.up();
  }, UP_TIMEOUT_MS);

  afterAll(() => stack.down(), TEST_TIMEOUT_MS);

  it(
    'finishes a batch, and still has its result after all containers were made anew',
    async () => {
      const applied = await stack.tairfleet(...FIRST_BATCH);
      expect(applied).toMatchObject({ exitCode: 0 });
      expect(JSON.parse(applied.stdout)).toMatchObject({
        outcome: 'succeeded',
        counts: { slots: 3, ready: 3 },
      });
      await stack.compose('down', '--timeout', '60');
      await stack.up();
      const again = await stack.tairfleet(...FIRST_BATCH);
      expect(JSON.parse(again.stdout)).toEqual(JSON.parse(applied.stdout));
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'takes a batch over HTTP from whoever has the key, and lists it',
    async () => {
      const headers = { authorization: `Bearer ${readKey()}`, 'content-type': 'application/yaml' };
      const body = readText('examples/first-batch.yaml').replace(
        /^batchId: .*/m,
        'batchId: by-http',
      );
      const url = `${stack.serverUrl}/v1/batches`;
      expect(await fetch(url)).toMatchObject({ status: 401 });
      expect(await fetch(url, { method: 'POST', headers, body })).toMatchObject({ status: 202 });
      expect(await stack.tairfleet('watch', 'by-http', '--json')).toMatchObject({ exitCode: 0 });
      const listed = await fetch(url, { headers });
      expect(await listed.text()).toContain('"by-http"');
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'shows the metrics of worker and API within its network',
    async () => {
      expect(await readMetrics(stack, 'worker')).toContain('tairfleet_cloud_calls_total{');
      expect(await readMetrics(stack, 'serve')).toContain(
        'tairfleet_http_request_duration_seconds_count{',
      );
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'has a Prometheus on top that reads worker and API, and knows our alerts',
    async () => {
      const up = ['up', '--build', '--detach', '--wait', 'prometheus'];
      const started = await stack.compose('--profile', 'monitoring', ...up);
      expect(started).toMatchObject({ exitCode: 0 });
      const targets = await waitFor(
        () => readTargets(stack),
        (found) => found.every(({ health }) => health === 'up'),
      );
      expect(targets.map(({ scrapeUrl }) => scrapeUrl).sort()).toEqual([
        'http://serve:9464/metrics',
        'http://worker:9464/metrics',
      ]);
      const rules = await fetch(`${stack.prometheusUrl}/api/v1/rules`);
      expect(await rules.text()).toContain('"TairfleetNoWorker"');
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'takes a request from standard input',
    async () => {
      const validated = await stack.compose(
        ...['exec', '-T', 'worker', 'sh', '-c', 'tairfleet validate - < examples/prepaid.yaml'],
      );
      expect(validated).toMatchObject({ exitCode: 0 });
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'stops worker, API and emulator in order: they hear the signal and end by themselves',
    async () => {
      await stack.compose('stop', 'worker', 'serve', 'emulator');
      for (const service of ['worker', 'serve', 'emulator']) {
        expect(await stack.inspect(service)).toMatchObject({ Status: 'exited', ExitCode: 0 });
      }
    },
    TEST_TIMEOUT_MS,
  );
});

/** The key of the composed API, as its file tells everybody. */
function readKey(): string {
  return /tfk_\w+/.exec(readText('deploy/server-keys.example.yaml'))?.[0] ?? '';
}

/** What Prometheus reads, and how that went last. */
async function readTargets(
  stack: ComposedStack,
): Promise<{ readonly scrapeUrl: string; readonly health: string }[]> {
  const response = await fetch(`${stack.prometheusUrl}/api/v1/targets`);
  const { data } = (await response.json()) as {
    data: { activeTargets: { scrapeUrl: string; health: string }[] };
  };
  return data.activeTargets;
}

/** From another container, as Prometheus reads them. */
async function readMetrics(stack: ComposedStack, service: string): Promise<string> {
  const script = `fetch('http://${service}:9464/metrics').then((r) => r.text()).then(console.log)`;
  const shown = await stack.compose('exec', '-T', 'emulator', 'node', '-e', script);
  return shown.stdout;
}
