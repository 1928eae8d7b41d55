import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ACTIONS } from '../../src/emulator/actions/action-table';
import { startEmulator } from '../../src/emulator/main';
import type { RunningEmulator } from '../../src/emulator/main';
import { ROOT } from '../support/repository';
import { control, readResults, readStats, runConformance } from './run-script';

describe('the cases of conformance', () => {
  let emulator: RunningEmulator;
  beforeEach(async () => {
    emulator = await startEmulator({ config: { readyTimeMs: 0, pricePerInstance: 2 } });
  });
  afterEach(() => emulator.close());

  it('are fulfilled by the emulator, for every client', async () => {
    const run = await runConformance(emulator, '--json', '--buy', '--max-price', '1000');
    const results = readResults(run);
    expect(results.filter(({ result }) => result !== 'passed')).toEqual([]);
    expect(run.code).toBe(0);
    expect(new Set(results.map(({ client }) => client)).size).toBe(5);
    expect(new Set(results.map(({ effect }) => effect))).toEqual(new Set(['read', 'order', 'buy']));
    expect(await readStats(emulator)).toMatchObject({ instances: { live: 0 } });
  });

  it('cover every operation that the emulator serves', () => {
    const folder = join(ROOT, 'test/conformance/cases');
    const text = readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join();
    const isCovered = ({ name }: { name: string }) => text.includes(`"action": "${name}"`);
    expect(ACTIONS.filter((action) => !isCovered(action)).map(({ name }) => name)).toEqual([]);
  });

  it.each([
    ['reads only when it is told nothing', [], 'read'],
    [
      'reads only when it is told so, whatever else it is told',
      ['--readonly', '--buy', '--max-price', '1000'],
      'read',
    ],
    ['buys nothing without --buy', ['--orders', '--max-price', '1000'], 'order'],
  ])('%s', async (_rule, args, most) => {
    const run = await runConformance(emulator, '--json', '--client', 'V3', ...args);
    expect(run.code).toBe(0);
    const ran = readResults(run).filter(({ result }) => result === 'passed');
    expect(ran.map(({ effect }) => effect)).toContain(most);
    expect(ran.map(({ effect }) => effect)).not.toContain('buy');
    expect(await readStats(emulator)).toMatchObject({ orders: 0 });
  });

  it('fail where a server differs, and name the difference', async () => {
    const world = { regions: [{ id: 'r', zones: [] }], vpcs: [], vSwitches: [] };
    const body = { world: { ...world, resourceGroups: [], classes: [] } };
    await control(emulator, { path: 'config', body });
    const { code, stdout } = await runConformance(emulator, '--client', 'V1 query');
    expect(code).toBe(1);
    expect(stdout).toContain('FAILED  reads: zones of a region, V1 query: step 1, DescribeZones');
  });

  it.each([
    ['has no answer', { kind: 'hang' }],
    ['comes in pieces without an end', { kind: 'slow', delayMs: 600_000 }],
  ])('fail at the limit of a call that %s', async (_what, fault) => {
    await control(emulator, { path: 'faults', body: [{ action: 'DescribeRegions', ...fault }] });
    const run = await runConformance(
      emulator,
      ...['--json', '--file', 'reads', '--call-timeout-seconds', '2'],
      ...['--client', 'pop-core POST', '--client', 'V3'],
    );
    expect(run.code).toBe(1);
    const failed = readResults(run).filter(({ result }) => result === 'failed');
    expect(new Set(failed.map(({ client }) => client)).size).toBe(2);
    expect(new Set(failed.map(({ name, why }) => `${name}: ${why}`))).toEqual(
      new Set(['regions: step 1, DescribeRegions: no answer (call timed out)']),
    );
  });
});
