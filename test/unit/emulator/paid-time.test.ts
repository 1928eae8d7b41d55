import { idsOf, startBench } from './api-client';
import type { ApiAnswer, Bench, Parameters } from './api-client';

describe('paid time', () => {
  let bench: Bench;
  let id: string;
  beforeAll(async () => {
    bench = await startBench({ config: { readyTimeMs: 0 } });
  });
  afterAll(() => bench.close());
  beforeEach(() => bench.control('POST', 'reset'));

  const send = (action: string, parameters: Parameters = {}): Promise<ApiAnswer> =>
    bench.call(action, { InstanceId: id, DBInstanceId: id, ...parameters });
  const order = async (entry: object = {}, parameters: Parameters = {}): Promise<void> => {
    [id = ''] = idsOf(await bench.create(entry, parameters));
  };

  it.each([
    ['of its entry', { AutoRenew: 'true' }, {}, true],
    ['of the whole call', {}, { AutoRenew: 'True' }, true],
    ['of its entry before that of the call', { AutoRenew: 'false' }, { AutoRenew: 'true' }, false],
    ['of nothing', {}, {}, false],
  ])(
    'is prolonged by itself by AutoRenew %s',
    async (...[_where, entry, parameters, isRenewed]) => {
      await order({ ChargeType: 'PrePaid', Period: 1, ...entry }, parameters as Parameters);
      expect((await send('DescribeInstanceAutoRenewalAttribute')).json.Items.Item).toMatchObject([
        isRenewed ? { AutoRenew: 'true', Duration: 1 } : { AutoRenew: 'false', Duration: 0 },
      ]);
    },
  );

  it('is prolonged by itself by AutoRenew of a renewal, with the months that are set', async () => {
    await order({ ChargeType: 'PrePaid', Period: 1 });
    const renew = async (more: Parameters): Promise<unknown> => {
      await send('RenewInstance', { Period: '1', ...more });
      return (await send('DescribeInstanceAutoRenewalAttribute')).json.Items.Item[0].Duration;
    };
    expect(await renew({})).toBe(0);
    expect(await renew({ AutoRenew: 'true' })).toBe(1);
    await send('ModifyInstanceAutoRenewalAttribute', { AutoRenew: 'true', Duration: '6' });
    expect(await renew({})).toBe(6);
    expect(await renew({ AutoRenew: 'true' })).toBe(6);
    expect(await renew({ AutoRenew: 'false' })).toBe(0);
  });
});
