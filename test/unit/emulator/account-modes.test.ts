import { ENTRY, idsOf, listedIds, startBench, TWO_ACCOUNTS } from './api-client';
import type { Bench } from './api-client';

/** Settings for what nobody knows about the service. */
describe('an emulator that is told so', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench({ config: { accounts: TWO_ACCOUNTS } });
  });
  afterAll(() => bench.close());
  const use = async (config: object): Promise<void> => {
    await bench.control('POST', 'reset');
    await bench.control('PUT', 'config', config);
  };

  it.each([
    ['stock', { stock: { 'cn-hangzhou-h': { '*': 3 } } }],
    ['quota', { quota: 3 }],
    ['a quota of the account', { quotaByAccount: { '1000000000000001': 3 } }],
    ['addresses', { freeIps: { 'vsw-1': 3 } }],
    ['money', { balance: 3.5 }],
  ])('fulfils what %s allow, and refuses when nothing is left', async (_what, config) => {
    await use({ ...config, fulfilment: 'what-is-left' });
    const Instances = JSON.stringify([
      { ...ENTRY, quantity: 2 },
      { ...ENTRY, quantity: 5 },
    ]);
    const answer = await bench.call('CreateInstances', { Instances });
    expect(idsOf(answer)).toHaveLength(3);
    const again = await bench.call('CreateInstances', { Instances });
    expect(again.status).toBe(400);
    expect((await bench.control('GET', 'stats')).json.instances.live).toBe(3);
  });

  it('gives accounts without a quota of their own the common one', async () => {
    await use({ quota: 1, quotaByAccount: { '1000000000000002': 5 } });
    expect((await bench.create({ quantity: 2 })).json.Code).toBe('QuotaExceed.AfterpayInstance');
    await use({ quota: 1, quotaByAccount: { '1000000000000001': null } });
    expect((await bench.create({ quantity: 2 })).status).toBe(200);
  });

  it.each([
    ['realNameVerified', false, 'RealNameAuthenticationError'],
    ['paymentMethodRegistered', false, 'PaymentMethodNotFound'],
    ['financeUser', true, 'ResourceNotAvailable'],
  ])('lets %s differ from account to account', async (name, broken, code) => {
    await use({ [`${name}ByAccount`]: { '1000000000000001': broken, other: !broken } });
    expect((await bench.create()).json.Code).toBe(code);
    await use({ [name]: broken, [`${name}ByAccount`]: { '1000000000000001': !broken } });
    expect((await bench.create()).status).toBe(200);
    await use({ [name]: broken, [`${name}ByAccount`]: { other: !broken } });
    expect((await bench.create()).json.Code).toBe(code);
  });

  it('answers a token with other parameters by the first result', async () => {
    await use({ tokenMode: { mismatch: 'replay' } });
    const first = await bench.create({}, { Token: 'same' });
    const second = await bench.create({ quantity: 5 }, { Token: 'same' });
    expect(idsOf(second)).toEqual(idsOf(first));
  });

  it('shows a new instance to the list before it is found by its id', async () => {
    await use({ attributeLagMs: 1_000 });
    const [id = ''] = idsOf(await bench.create());
    expect(listedIds(await bench.call('DescribeInstances'))).toEqual([id]);
    const attribute = (): Promise<{ status: number }> =>
      bench.call('DescribeInstanceAttribute', { InstanceId: id });
    expect((await attribute()).status).toBe(404);
    bench.advance(1_000);
    expect((await attribute()).status).toBe(200);
  });

  it('takes a request twice that a transport sends twice, unless it has a token', async () => {
    await use({ nonceCheck: false });
    const common = { SignatureNonce: 'resent' };
    for (const parameters of [{}, {}, { Token: 'safe' }, { Token: 'safe' }]) {
      expect((await bench.create({}, parameters, { common })).status).toBe(200);
    }
    expect((await bench.control('GET', 'stats')).json.instances.live).toBe(3);
  });

  it('has a long tail of slow instances', async () => {
    await use({ readyTimeMs: 1_000, readyJitter: 0, slowShare: 0.5, slowFactor: 10 });
    await bench.create({ quantity: 100 });
    bench.advance(1_000);
    const { creating } = (await bench.control('GET', 'stats')).json.instances;
    expect(creating).toBeGreaterThan(25);
    expect(creating).toBeLessThan(75);
    bench.advance(9_000);
    expect((await bench.control('GET', 'stats')).json.instances.creating).toBe(0);
  });
});
