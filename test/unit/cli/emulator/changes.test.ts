import { readAssignments } from '../../../../src/cli/emulator/setting-assignments';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FAULT_KINDS } from '../../../../src/cli/emulator/fault-flags';
import { faultSchema } from '../../../../src/emulator/faults';
import { runFakeCli } from '../../../support/fake-cli';
import { createTempFolder } from '../../../support/temp-folder';
import { startBench } from '../../emulator/api-client';
import type { Bench } from '../../emulator/api-client';

const ACCOUNT = '1000000000000001';

describe('a change of an emulator', () => {
  const folder = createTempFolder();
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench({ config: { quota: 9 } });
  });
  afterEach(() => bench.close());
  afterAll(() => folder.remove());

  const run = (...args: readonly string[]) => runAsked(null, ...args);
  const runAsked = (answer: string | null, ...args: readonly string[]) =>
    runFakeCli(['emulator', ...args], {
      context: { env: { TAIRFLEET_EMULATOR_URL: bench.url } },
      io: { ask: answer === null ? null : () => Promise.resolve(answer) },
    });
  const look = async (path: string) => (await bench.control('GET', path)).json as unknown;
  const write = (text: string): string => {
    const path = join(folder.path, 'file.yaml');
    writeFileSync(path, text);
    return path;
  };

  describe('by config', () => {
    it('sets settings and members of them, by JSON or YAML, and shows them as YAML', async () => {
      const done = await run(
        ...[
          'config',
          'set',
          'quota=null',
          'fulfilment=what-is-left',
          `quotaByAccount.${ACCOUNT}=5`,
        ],
        'stock.cn-hangzhou-h={"redis.master.small.default": 3}',
      );
      expect(done).toMatchObject({ exitCode: 0, stderr: '' });
      const stock = { 'cn-hangzhou-h': { 'redis.master.small.default': 3 } };
      expect(await look('config')).toMatchObject({
        ...{ quota: null, fulfilment: 'what-is-left', quotaByAccount: { [ACCOUNT]: 5 }, stock },
      });
      const shown = await run('config', 'show', 'stock', `quotaByAccount.${ACCOUNT}`, 'readyTime');
      expect(shown.stdout).toBe(
        'stock:\n  cn-hangzhou-h:\n    redis.master.small.default: 3\n' +
          `quotaByAccount:\n  "${ACCOUNT}": 5\nreadyTimeMs: 20000\n`,
      );
    });

    it('takes what stands behind the first dot for one member', () => {
      expect(readAssignments(['stock.a.b={"*": 1}', 'stock.c={"*": 2}'])).toMatchObject({
        patch: { stock: { 'a.b': { '*': 1 }, c: { '*': 2 } } },
      });
    });

    it('sets one member after the other', async () => {
      await run('config', 'set', 'stock.cn-hangzhou-h={"*": 1}', 'stock.cn-hangzhou-i={"*": 2}');
      const stock = { 'cn-hangzhou-h': { '*': 1 }, 'cn-hangzhou-i': { '*': 2 } };
      expect(await look('config')).toMatchObject({ stock });
    });

    it('sets what a file says, and the whole that it has shown itself', async () => {
      await run('config', 'set', '--file', write('quota: 3\nbusyTimeMs: 7\n'));
      expect(await look('config')).toMatchObject({ quota: 3, busyTimeMs: 7 });
      const { stdout } = await run('config', '--json');
      await run('config', 'restore');
      await run('config', 'set', '--file', write(stdout));
      expect(await look('config')).toMatchObject({ quota: 3, busyTimeMs: 7 });
    });

    it('goes back to the start, one setting or all', async () => {
      await run('config', 'set', 'quota=1', 'busyTimeMs=1');
      expect((await run('config', 'restore', 'quota')).stdout).toBe('quota: 9\n');
      expect(await look('config')).toMatchObject({ quota: 9, busyTimeMs: 1 });
      await run('config', 'restore');
      expect(await look('config')).toMatchObject({ quota: 9, busyTimeMs: 0 });
    });

    it('shows a line for each setting, and counts what is long', async () => {
      const { stdout } = await run('config');
      expect(stdout).toMatch(/^quota +9$/m);
      expect(stdout).toMatch(/^rateLimits +\{ \d+ members \}$/m);
    });

    it.each([
      [['set', 'quta=1'], 65, 'Unrecognized key: "quta"'],
      [['set', 'quota=many'], 65, 'expected number, received string at quota'],
      [['restore', 'quta'], 65, 'There is no setting quta'],
      [['show', 'quta'], 64, 'There is no setting quta'],
      [['set', 'quota'], 64, 'is no setting=value'],
      [['set', 'quota='], 64, 'is no setting=value'],
      [['set', 'stock={'], 64, 'The value of stock is neither JSON nor YAML'],
      [['set'], 64, 'or --file instead'],
      [['set', '--file', 'no/such/file.yaml'], 66, 'no such file'],
    ])('%j ends with %i and its reason, and changes nothing', async (args, exitCode, reason) => {
      const before = await look('config');
      expect(await run('config', ...args)).toMatchObject({
        ...{ exitCode, stdout: '', stderr: expect.stringContaining(reason) },
      });
      expect(await look('config')).toEqual(before);
    });
  });

  describe('by faults', () => {
    it('knows the kinds that the emulator knows', () => {
      expect([...FAULT_KINDS].sort()).toEqual([...faultSchema.shape.kind.options].sort());
    });

    it('adds the rule that flags say, with times by their unit', async () => {
      const added = await run(
        ...['faults', 'add', '--action', 'CreateInstances', '--kind', 'refuse', '--count', '5'],
        ...['--code', 'Throttling.User', '--status', '400', '--probability', '0.2'],
        ...['--when', 'after', '--from', '10s', '--until', '1m', '--retry-after', '500ms'],
      );
      expect(added.stdout).toMatch(/^1 +CreateInstances +refuse +after +0.2 +0 of 5 +400 /m);
      expect(added.stdout).toContain('  10s   1m ');
      expect(await look('faults')).toMatchObject([
        {
          ...{ action: 'CreateInstances', kind: 'refuse', count: 5, code: 'Throttling.User' },
          ...{ status: 400, probability: 0.2, when: 'after', fromMs: 10_000, untilMs: 60_000 },
          retryAfterMs: 500,
        },
      ]);
    });

    it('adds the rules of a file behind those in force, as a list, alone, or as it has shown them', async () => {
      await run('faults', 'add', '--file', write('- { kind: drop }\n- { kind: html }\n'));
      await run('faults', 'add', '--file', write('kind: empty\n'));
      const { stdout } = await run('faults', 'list', '--json');
      await run('faults', 'clear');
      expect(await run('faults', 'add', '--file', write(stdout))).toMatchObject({ exitCode: 0 });
      expect(await look('faults')).toMatchObject([
        ...[{ kind: 'drop' }, { kind: 'html' }, { kind: 'empty' }],
      ]);
    });

    it('shows how often each has fired, and takes all away', async () => {
      await run('faults', 'add', '--kind', 'refuse', '--count', '2', '--match', 'web');
      await bench.create({ instanceName: 'web' });
      const columns = ['--columns', 'number,fired,count,match', '-o', 'csv'];
      expect((await run('faults', ...columns)).stdout).toBe(
        'number,fired,count,match\n1,1,2,web\n',
      );
      expect((await run('faults', 'clear')).stdout).toBe('1 rule cleared.\n');
      expect((await run('faults')).stdout).toBe('no faults\n');
      expect((await run('faults', 'clear')).stdout).toBe('There were no rules.\n');
    });

    it.each([
      [['--kind', 'nothing'], 64, 'Allowed choices are refuse'],
      [['--kind', 'drop', '--probability', '2'], 64, 'from 0 to 1'],
      [['--kind', 'drop', '--from', '10'], 64, 'such as 500ms'],
      [[], 64, '--kind'],
      [['--kind', 'drop', '--file', 'f.yaml'], 64, 'not both'],
      [['--kind', 'drop', '--from', '1m', '--until', '10s'], 65, 'greater than fromMs'],
      [['--file', 'package.json'], 65, 'Unrecognized key'],
      [['--file', 'no/such/file.yaml'], 66, 'no such file'],
    ])('%j ends with %i and its reason, and adds nothing', async (args, exitCode, reason) => {
      expect(await run('faults', 'add', ...args)).toMatchObject({
        ...{ exitCode, stdout: '', stderr: expect.stringContaining(reason) },
      });
      expect(await look('faults')).toEqual([]);
    });
  });

  describe('by reset', () => {
    const countOrders = async () => ((await look('stats')) as { orders: number }).orders;

    it('asks on a terminal, and does nothing for another word', async () => {
      await bench.create();
      const refused = await runAsked('yes', 'reset');
      expect(refused.exitCode).toBe(77);
      expect(refused.stderr).toContain('forgets 1 living instance and 1 call');
      expect(await countOrders()).toBe(1);
      expect(await runAsked('reset', 'reset')).toMatchObject({ exitCode: 0 });
      expect(await countOrders()).toBe(0);
    });

    it('needs --yes from a script', async () => {
      await bench.create();
      expect(await run('reset')).toMatchObject({ exitCode: 77, stdout: '' });
      expect(await countOrders()).toBe(1);
      const { stdout } = await run('reset', '--yes', '--json');
      expect(JSON.parse(stdout)).toMatchObject({ orders: 0, instances: { live: 0 } });
    });
  });
});
