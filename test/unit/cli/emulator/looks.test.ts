import { runFakeCli } from '../../../support/fake-cli';
import { idsOf, startBench } from '../../emulator/api-client';
import type { Bench } from '../../emulator/api-client';

describe('a look at an emulator', () => {
  let bench: Bench;
  let ids: readonly string[];
  beforeAll(async () => {
    bench = await startBench({
      config: { quota: 5, balanceByAccount: { '1000000000000001': 70 } },
    });
    ids = idsOf(await bench.create({ quantity: 3, instanceName: 'web' }, { Token: 'tok-1' }));
    bench.advance(60_000);
    ids = [...ids, ...idsOf(await bench.create({ quantity: 1, instanceName: 'cart' }))];
    await bench.call('DeleteInstance', { InstanceId: ids[0]! });
    await bench.call('DeleteInstance', { InstanceId: 'r-none' });
  });
  afterAll(() => bench.close());

  const run = (...args: readonly string[]) =>
    runFakeCli(['emulator', ...args], { context: { env: { TAIRFLEET_EMULATOR_URL: bench.url } } });
  const show = async (...args: readonly string[]) => (await run(...args)).stdout.split('\n');
  const read = async (...args: readonly string[]) =>
    JSON.parse((await run(...args, '--json')).stdout) as Record<string, unknown>;

  it('counts instances, orders, tokens and calls', async () => {
    expect(await show('stats')).toEqual([
      'instances  3 live (1 creating, 2 normal, 0 failed), 1 deleted',
      'orders     2',
      'tokens     1 used, 0 replayed, 0 mismatched',
      '',
      'call             received  ok  refused  throttled  faulted  running',
      'CreateInstances         2   2        0          0        0        0',
      'DeleteInstance          2   1        1          0        0        0',
      '',
    ]);
    expect(await read('stats')).toMatchObject({ orders: 2, instances: { live: 3 } });
  });

  it('lists instances by state, name and column, and says how to go on', async () => {
    const shown = await show('instances', '--find', 'web', '--state', 'live');
    expect(shown[0]).toMatch(/^id +name +status +class +zone$/);
    expect(shown.slice(1, -1).map((line) => line.split(/ +/).slice(0, 3))).toEqual([
      [ids[1], 'web', 'Normal'],
      [ids[2], 'web', 'Normal'],
    ]);
    expect(await show('instances', '-o', 'ids', '--filter', 'status=Released')).toEqual([
      ids[0],
      '',
    ]);
    const page = await run('instances', '--limit', '2', '-o', 'ids');
    expect(page.stdout).toBe(`${ids[0]}\n${ids[1]}\n`);
    expect(page.stderr).toContain(`--after ${ids[1]}`);
    const rest = await run('instances', '--after', ids[1]!, '-o', 'ids');
    expect(rest).toEqual({ exitCode: 0, stdout: `${ids[2]}\n${ids[3]}\n`, stderr: '' });
  });

  it('lists calls by operation, status, code and name, the latest last', async () => {
    const columns = ['--columns', 'seq,action,status,code,instance', '-o', 'csv'];
    const refused = '4,DeleteInstance,404,InvalidInstanceId.NotFound,r-none';
    for (const filter of [
      ['--status', '404'],
      ['--code', 'InvalidInstanceId.NotFound'],
      ['--find', 'r-none'],
      ['--since', '3'],
      ['--filter', 'instance=r-none'],
      ['--last', '1'],
      ['--last', '1', '--filter', 'action=DeleteInstance'],
    ]) {
      const shown = await show('log', ...filter, ...columns);
      expect([filter, shown.slice(1)]).toEqual([filter, [refused, '']]);
    }
    const twice = ['--filter', 'action=DeleteInstance', '--columns', 'seq', '-o', 'csv'];
    expect(await show('log', '--last', '2', '-o', 'csv', '--columns', 'seq')).toEqual([
      ...['seq', '3', '4', ''],
    ]);
    expect(await show('log', '--last', '2', ...twice)).toEqual(['seq', '3', '4', '']);
    expect((await run('log', '--last', '1')).stderr).toContain('There are older ones: --last 10');
    expect((await run('log', '--last', '4')).stderr).toBe('');
  });

  it('gives scripts all that the log has of a call, and people what fits', async () => {
    const { calls } = await read('log', '--action', 'CreateInstances', '--last', '2');
    expect(calls).toMatchObject([{ ids: ids.slice(0, 3), params: { Token: 'tok-1' } }, {}]);
    expect(await show('log', '--find', 'tok-1', '--columns', 'action,token')).toEqual([
      'action           token',
      'CreateInstances  tok-1',
      '',
    ]);
  });

  it('shows what each account has of what it may have', async () => {
    expect(await show('accounts', '-o', 'csv')).toEqual([
      'account,livingPostPaid,quota,balance',
      '1000000000000001,3,5,66',
      '',
    ]);
  });

  it('says so where there is nothing', async () => {
    expect(await show('instances', '--find', 'nothing')).toEqual(['no instances', '']);
    expect(await show('log', '--action', 'DestroyInstance')).toEqual(['no calls', '']);
    expect(await read('log', '--action', 'DestroyInstance')).toEqual({ calls: [], isCut: false });
  });

  it('refuses what the emulator would, before it is asked or as it says', async () => {
    expect(await run('instances', '--state', 'alive')).toMatchObject({ exitCode: 64 });
    expect(await run('log', '--since', '-1')).toMatchObject({ exitCode: 64 });
    const unknown = await run('instances', '--after', 'r-none');
    expect(unknown.exitCode).toBe(65);
    expect(unknown.stderr).toContain('after must be the InstanceId');
  });
});
