import { startEmulator } from '../../src/emulator/main';
import type { RunningEmulator } from '../../src/emulator/main';
import { control, readResults, readStats, runConformance } from './run-script';

describe('what a run of conformance buys', () => {
  let emulator: RunningEmulator;
  beforeEach(async () => {
    emulator = await startEmulator({ config: { readyTimeMs: 0, pricePerInstance: 2 } });
  });
  afterEach(() => emulator.close());

  const conform = (...args: readonly string[]) =>
    runConformance(emulator, '--client', 'V3', ...args);
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

  it('is nothing that costs more than the limit', async () => {
    const run = await conform('--buy', '--max-price', '1.99');
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('not bought: it would cost 2.00, and --max-price is 1.99');
    expect(run.stdout).toContain('not ordered: if it were accepted, it would cost 602.00');
    expect(await readStats(emulator)).toMatchObject({ orders: 0 });
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
    const run = await conform('--buy', '--max-price', '1000', '--json');
    const comma = readResults(run).find(({ name }) => name === 'a trailing comma');
    expect(comma).toMatchObject({ result: 'failed', bought: [expect.any(String)], left: [] });
  });
});
