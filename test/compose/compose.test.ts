import { createComposedStack } from './composed-stack';
import type { ComposedStack, ComposePlan } from './composed-stack';

/** The services of each profile; emulator and worker run in both. */
const SERVICES: Readonly<Record<string, readonly string[]>> = {
  dev: ['emulator', 'temporal-dev', 'worker'],
  postgres: [
    ...['emulator', 'postgres', 'temporal', 'temporal-namespace', 'temporal-schema'],
    ...['temporal-ui', 'worker'],
  ],
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
    'stops worker and emulator in order: they hear the signal and end by themselves',
    async () => {
      await stack.compose('stop', 'worker', 'emulator');
      expect(await stack.inspect('worker')).toMatchObject({ Status: 'exited', ExitCode: 0 });
      expect(await stack.inspect('emulator')).toMatchObject({ Status: 'exited', ExitCode: 0 });
    },
    TEST_TIMEOUT_MS,
  );
});
