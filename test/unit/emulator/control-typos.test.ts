import { createDefaultWorld } from '../../../src/emulator/world';
import { startBench, TWO_ACCOUNTS } from './api-client';
import type { Bench } from './api-client';

/** What is accepted and means nothing lets a test pass in vain. */
describe('the control API', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench({ config: { accounts: TWO_ACCOUNTS } });
  });
  afterAll(() => bench.close());

  it.each([
    [{ closedZones: ['cn-hangzhou-x'] }, 'no zone cn-hangzhou-x. Did you mean cn-hangzhou-'],
    [{ stock: { 'cn-nowhere-h': { '*': 1 } } }, 'stock: There is no zone cn-nowhere-h'],
    [
      { stock: { 'cn-hangzhou-h': { 'redis.master.smal.default': 1 } } },
      'Did you mean redis.master.small.default?',
    ],
    [{ freeIps: { 'vsw-99': 1 } }, 'freeIps: There is no vSwitch vsw-99. Did you mean vsw-'],
    [
      { quotaByAccount: { 42: 1 } },
      'no account 42. There are: 1000000000000001, 1000000000000002.',
    ],
    [{ balanceByAccount: { '1000000000000003': 1 } }, 'balanceByAccount: There is no account'],
    [
      { rateLimits: { DescribeZone: null } },
      'no operation DescribeZone. Did you mean DescribeZones?',
    ],
    [{ deletableStatuses: ['Nromal'] }, 'no status Nromal. Did you mean Normal?'],
    [{ ramPolicy: { deny: ['CreateInstancez'] } }, 'Did you mean CreateInstances?'],
    [{ errorShare: 0.6, neverReadyShare: 0.5 }, 'together they must not exceed 1'],
    [{ readyTimeM: 5 }, 'Did you mean readyTimeMs by readyTimeM?'],
    [{ tokenMode: { inflight: 'block' } }, 'Did you mean inFlight by inflight?'],
  ])('refuses the config %j and says what is near', async (patch, sentence) => {
    const before = (await bench.control('GET', 'config')).json;
    const { status, json } = await bench.control('PUT', 'config', patch);
    expect([status, json.code]).toEqual([400, 'InvalidConfig']);
    expect(json.message).toContain(sentence);
    expect((await bench.control('GET', 'config')).json).toEqual(before);
  });

  it('knows what the world of the same patch has, and takes back what it has told', async () => {
    const world = createDefaultWorld();
    world.vSwitches.push({ id: 'vsw-99', vpcId: 'vpc-1', zoneId: 'cn-hangzhou-h' });
    const patch = { world, freeIps: { 'vsw-99': 1 } };
    const put = await bench.control('PUT', 'config', patch);
    expect([put.status, put.json.freeIps]).toEqual([200, { 'vsw-99': 1 }]);
    const read = await bench.control('PUT', 'config', { world: createDefaultWorld() });
    expect((await bench.control('PUT', 'config', read.json)).json).toEqual(read.json);
    await bench.control('DELETE', 'config');
  });

  it.each([
    ['log?actoin=DescribeZones', 'UnknownParameter', 'no parameter actoin. Did you mean action?'],
    ['instances?nam=x', 'UnknownParameter', 'There are: state, status, find, after, limit.'],
    ['stats?find=x', 'UnknownParameter', 'There are: none.'],
    ['log?action=DescribeZone', 'InvalidAction', 'Did you mean DescribeZones?'],
    ['log?brief=yes', 'InvalidBrief', 'true or false'],
    ['instances?status=Nromal', 'InvalidStatus', 'Did you mean Normal?'],
  ])('refuses to look for what cannot be: %s', async (path, code, sentence) => {
    const { status, json } = await bench.control('GET', path);
    expect([status, json.code]).toEqual([400, code]);
    expect(json.message).toContain(sentence);
  });

  it('finds calls of operations that it does not serve', async () => {
    await bench.call('DescribeNothing');
    expect(await bench.lines('log?action=unknown')).toHaveLength(1);
  });

  it.each([
    ['PUT', 'config', '{"quota": }', `Unexpected token '}', "{"quota": }" is not valid JSON`],
    ['PUT', 'config', '', 'The body is empty.'],
    ['POST', 'faults', '[{"kind":\n"drop" "when": "after"}]', '(line 2 column 8)'],
    ['PUT', 'faults', '[', 'The body is no JSON'],
  ])('says where a body is no JSON: %s %s %j', async (...[method, path, body, sentence]) => {
    const response = await fetch(`${bench.url}/_emulator/${path}`, { method, body });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      code: 'InvalidJson',
      message: expect.stringContaining(sentence),
    });
  });
});

describe('an emulator', () => {
  it('does not start with a name that means nothing', async () => {
    const start = (config: object): Promise<Bench> => startBench({ config });
    await expect(start({ closedZones: ['cn-hangzhou-hh'] })).rejects.toThrow('cn-hangzhou-h?');
    await expect(start({ faults: { action: 'CreateInstanc', kind: 'drop' } })).rejects.toThrow(
      'Did you mean CreateInstance?',
    );
  });
});
