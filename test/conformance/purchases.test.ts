import { startEmulator } from '../../src/emulator/main';
import type { RunningEmulator } from '../../src/emulator/main';
import { control, readResults, readStats, runConformance } from './run-script';

/** What the tests are about: the life of an instance, and orders that must be refused. */
const FILES = ['--file', 'instance-life', '--file', 'refusals'];

/** More than any run here costs. */
const BUY = ['--buy', '--max-price', '1000'];

/** Stands in the orders that must be accepted. */
const ORDINARY = 'AutoPay';

describe('what a run of conformance buys', () => {
  let emulator: RunningEmulator;
  beforeEach(async () => {
    emulator = await startEmulator({ config: { readyTimeMs: 0, pricePerInstance: 2 } });
  });
  afterEach(() => emulator.close());

  const conform = (...args: readonly string[]) =>
    runConformance(emulator, '--client', 'V3', ...FILES, ...args);
  /** Gives the account the resource group that a case takes for unknown. */
  const sellToUnknownGroup = async () => {
    const { world } = (await (await fetch(`${emulator.url}/_emulator/config`)).json()) as {
      world: { resourceGroups: string[] };
    };
    const resourceGroups = [...world.resourceGroups, 'rg-none'];
    await control(emulator, { path: 'config', body: { world: { ...world, resourceGroups } } });
  };

  it.each(['--buy', '--orders'])('is nothing with %s alone: it needs a limit', async (flag) => {
    const { code, stderr } = await conform(flag);
    expect(code).toBe(2);
    expect(stderr).toContain('--max-price');
    expect(await readStats(emulator)).toMatchObject({ orders: 0 });
  });

  it('is nothing when all that the run would buy costs more than the limit', async () => {
    const dear = await conform('--client', 'V1 query', '--buy', '--max-price', '0.01');
    const [, count, sum] = /at most (\d+) instances for (\S+) in all/.exec(dear.stderr)!;
    expect(dear.code).toBe(1);
    expect(Number(sum)).toBe(2 * Number(count));
    expect(dear.stdout).toContain(`not bought: this run would cost ${sum} in all`);
    const almost = await conform('--buy', '--max-price', String(Number(sum) / 2 - 0.01));
    expect(almost.stdout).toContain('not bought: ');
    expect(await readStats(emulator)).toMatchObject({ orders: 0 });
    const enough = await conform('--buy', '--max-price', String(Number(sum) / 2), '--json');
    const bought = readResults(enough).filter(({ effect }) => effect === 'buy');
    expect(new Set(bought.map(({ result }) => result))).toEqual(new Set(['passed']));
  });

  it('is not what must be refused, when it would cost more than is left of the limit', async () => {
    const { code, stdout } = await conform('--orders', '--max-price', '601');
    expect(code).toBe(0);
    expect(stdout).toContain('it would cost 602.00, and 601.00 of --max-price are left');
    expect(stdout).toContain('ok      refusals: a token of 65 characters, V3');
  });
  it('is nothing by --orders, also where the comma of the page is accepted', async () => {
    await control(emulator, { path: 'config', body: { tolerateTrailingComma: true } });
    const { code } = await conform('--orders', '--max-price', '1000');
    expect(code).toBe(0);
    expect(await readStats(emulator)).toMatchObject({ orders: 0 });
  });

  it('is released and told loudly, when an order is accepted that must not be', async () => {
    await sellToUnknownGroup();
    const run = await conform('--orders', '--max-price', '1000');
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(/group of nobody, V3: step 1.*\n +BOUGHT, and released again: r-/);
    expect(await readStats(emulator)).toMatchObject({ orders: 1, instances: { live: 0 } });
  });

  it('is told with its ids in --json', async () => {
    await control(emulator, { path: 'config', body: { tolerateTrailingComma: true } });
    const run = await conform(...BUY, '--json');
    const comma = readResults(run).find(({ name }) => name === 'a trailing comma');
    expect(comma).toMatchObject({ result: 'failed', bought: [expect.any(String)], left: [] });
  });

  it.each([
    ['lost', { kind: 'drop', when: 'after' }],
    ['cut', { kind: 'truncate', when: 'after' }],
    ["a proxy's page", { kind: 'html', when: 'after' }],
    ['an error after it was executed', { kind: 'refuse', when: 'after' }],
    ['one of another shape', { kind: 'empty', when: 'after' }],
    ['without its ids', { kind: 'partial' }],
  ])('is found by its name and released, when the answer is %s', async (_what, fault) => {
    const body = [{ action: 'CreateInstances', ...fault, match: ORDINARY }];
    await control(emulator, { path: 'faults', body });
    const run = await conform(...BUY, '--json');
    expect(run.code).toBe(1);
    const life = readResults(run).find(({ file }) => file === 'instance-life');
    expect(life).toMatchObject({ result: 'failed', left: [], doubtful: [] });
    expect(life?.bought).toHaveLength(1);
    expect(await readStats(emulator)).toMatchObject({ instances: { live: 0 } });
  });

  it.each(['V3', 'pop-core POST'])(
    'is found by its name and released, when %s waits in vain for the answer',
    async (client) => {
      const fault = { kind: 'hang', when: 'after', match: ORDINARY, count: 1 };
      await control(emulator, { path: 'faults', body: [{ action: 'CreateInstances', ...fault }] });
      const args = ['--client', client, '--file', 'instance-life', '--call-timeout-seconds', '2'];
      const run = await runConformance(emulator, ...args, ...BUY, '--json');
      const [life] = readResults(run);
      expect(life).toMatchObject({ result: 'failed', left: [], doubtful: [] });
      expect(life?.why).toBe('step 1, CreateInstances: no answer (call timed out)');
      expect(life?.bought).toHaveLength(1);
      expect(await readStats(emulator)).toMatchObject({ instances: { live: 0 } });
    },
  );

  it('is told as maybe left behind, when nothing is found, and nothing more is ordered', async () => {
    const body = [{ action: 'CreateInstances', kind: 'drop', when: 'before', match: ORDINARY }];
    await control(emulator, { path: 'faults', body });
    const run = await conform(...BUY, '--wait-seconds', '0.1');
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/^maybe left behind: instances named c-[0-9a-f]+, /m);
    expect(run.stdout).toContain('skipped instance-life: a token again gives the same ids, V3: ');
    expect(run.stdout).toContain('skipped refusals: a token of 65 characters, V3: ');
  });

  it('is told as left behind with what to do next, when it cannot be released', async () => {
    await control(emulator, { path: 'config', body: { deletableStatuses: [] } });
    const run = await conform(...BUY, '--wait-seconds', '0.1');
    expect(run.code).toBe(1);
    const line =
      /left behind: (r-\w+) \(DeleteInstance: IncorrectDBInstanceState\).* --InstanceId \1$/m;
    expect(run.stderr).toMatch(line);
    expect(run.stdout).toMatch(line);
    expect(await readStats(emulator)).toMatchObject({ orders: 1, instances: { live: 1 } });
  });

  it('is told in --json too, when it cannot be released', async () => {
    await control(emulator, { path: 'config', body: { deletableStatuses: [] } });
    const run = await conform(...BUY, '--wait-seconds', '0.1', '--json');
    const [one] = readResults(run).filter(({ left }) => left !== undefined && left.length > 0);
    expect(one).toMatchObject({ result: 'failed', left: [{ id: one?.bought?.[0] }] });
  });

  it('is used to its end, also where a step of a long life is not as expected', async () => {
    const body = ['CreateAccount', 'RestartInstance'].map((action) => ({ action, kind: 'refuse' }));
    await control(emulator, { path: 'faults', body });
    const args = ['--client', 'V3', '--file', 'settings-life', '--wait-seconds', '0.5'];
    const [life] = readResults(await runConformance(emulator, ...args, '--json', ...BUY));
    expect(life).toMatchObject({ result: 'failed', left: [] });
    expect(life?.why).toMatch(/, CreateAccount: status 400.*, RestartInstance: status 400/);
    expect(await readStats(emulator)).toMatchObject({ instances: { live: 0 } });
  });
});
