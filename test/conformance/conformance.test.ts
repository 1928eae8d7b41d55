import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startEmulator } from '../../src/emulator/main';
import type { RunningEmulator } from '../../src/emulator/main';
import { ROOT } from '../support/repository';

interface CaseResult {
  readonly file: string;
  readonly name: string;
  readonly client: string;
  readonly effect: string;
  readonly result: 'passed' | 'failed' | 'skipped';
  readonly why?: string;
}

/** Runs the script as somebody would by hand, in a process of its own, over real HTTP. */
async function runScript(...args: readonly string[]): Promise<{ code: number; output: string }> {
  const script = join(ROOT, 'scripts/conformance.mjs');
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [script, ...args]);
    return { code: 0, output: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  }
}

function readResults(output: string): CaseResult[] {
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as CaseResult);
}

describe('the cases of conformance', () => {
  let emulator: RunningEmulator;
  beforeEach(async () => {
    emulator = await startEmulator({ config: { readyTimeMs: 0, pricePerInstance: 2 } });
  });
  afterEach(() => emulator.close());

  const conform = (...args: readonly string[]) =>
    runScript('--endpoint', emulator.url, '--poll-seconds', '0.02', '--wait-seconds', '5', ...args);

  it('are fulfilled by the emulator, for every client', async () => {
    const { output } = await conform('--json', '--buy', '--max-price', '5');
    const results = readResults(output);
    expect(results.filter(({ result }) => result !== 'passed')).toEqual([]);
    expect(new Set(results.map(({ client }) => client)).size).toBe(5);
    expect(new Set(results.map(({ effect }) => effect))).toEqual(new Set(['read', 'order', 'buy']));
    const stats = await fetch(`${emulator.url}/_emulator/stats`);
    expect(await stats.json()).toMatchObject({ instances: { live: 0 } });
  });

  it.each([
    ['reads only when it is told nothing', [], 'read'],
    [
      'reads only when it is told so, whatever else it is told',
      ['--readonly', '--buy', '--max-price', '5'],
      'read',
    ],
    ['buys nothing without --buy', ['--orders'], 'order'],
  ])('%s', async (_rule, args, most) => {
    const { code, output } = await conform('--json', '--client', 'V3', ...args);
    expect(code).toBe(0);
    const ran = readResults(output).filter(({ result }) => result === 'passed');
    expect(ran.map(({ effect }) => effect)).toContain(most);
    expect(ran.map(({ effect }) => effect)).not.toContain('buy');
    const stats = (await (await fetch(`${emulator.url}/_emulator/stats`)).json()) as object;
    expect(stats).toMatchObject({ orders: 0 });
  });

  it('buys nothing that costs more than it may, nor without a limit', async () => {
    const dear = await conform('--client', 'V3', '--buy', '--max-price', '1.99');
    expect(dear.code).toBe(1);
    expect(dear.output).toContain('not bought: it costs 2.00, and --max-price is 1.99');
    const unlimited = await conform('--buy');
    expect(unlimited).toMatchObject({ code: 2, output: expect.stringContaining('--max-price') });
    const stats = (await (await fetch(`${emulator.url}/_emulator/stats`)).json()) as object;
    expect(stats).toMatchObject({ orders: 0 });
  });

  it('fail where a server differs, and name the difference', async () => {
    await fetch(`${emulator.url}/_emulator/config`, {
      method: 'PUT',
      body: JSON.stringify({
        world: {
          regions: [{ id: 'r', zones: [] }],
          vpcs: [],
          vSwitches: [],
          resourceGroups: [],
          classes: [],
        },
      }),
    });
    const { code, output } = await conform('--client', 'V1 query');
    expect(code).toBe(1);
    expect(output).toContain('FAILED  reads: zones of a region, V1 query: step 1, DescribeZones');
  });
});
