import { idsOf, listedIds, startBench } from './api-client';
import type { ApiAnswer, Bench, Parameters } from './api-client';

const DAY_MS = 86_400_000;

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

  const createTime = async (): Promise<number> => {
    const { json } = await send('DescribeInstanceAttribute');
    return Date.parse(json.Instances.DBInstanceAttribute[0].CreateTime);
  };
  const endTime = async (): Promise<unknown> =>
    (await send('DescribeInstanceAttribute')).json.Instances.DBInstanceAttribute[0].EndTime;

  it.each([
    ['2026-11-30', 3, '2027-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2026-12-31', 2, '2027-02-28'],
    ['2026-03-15', 1, '2026-04-15'],
  ])('that begins on %s and lasts %i months ends on %s', async (day, Period, end) => {
    const nowMs = Date.parse(`${day}T10:00:00Z`);
    const other = await startBench({ nowMs: () => nowMs });
    const [InstanceId = ''] = idsOf(await other.create({ ChargeType: 'PrePaid', Period }));
    const { json } = await other.call('DescribeInstances', { InstanceIds: InstanceId });
    expect(json.Instances.KVStoreInstance[0].EndTime).toBe(`${end}T10:00:00Z`);
    await other.close();
  });

  it('that is over makes an instance expired, and more of it ends that', async () => {
    await order({ ChargeType: 'PrePaid', Period: 1 });
    await bench.create();
    const [renewing = ''] = idsOf(
      await bench.create({ ChargeType: 'PrePaid', Period: 1, AutoRenew: 'true' }),
    );
    const listed = async (Expired: string): Promise<string[]> =>
      listedIds(await bench.call('DescribeInstances', { Expired }));
    expect([await listed('true'), (await listed('false')).length]).toEqual([[], 3]);
    bench.advance(32 * DAY_MS);
    expect([await listed('True'), (await listed('false')).length]).toEqual([[id], 2]);
    expect(await listed('false')).toContain(renewing);
    await send('RenewInstance', { Period: '1' });
    expect(await listed('true')).toEqual([]);
  });

  it('ends between two reads of the same list, also of one by status', async () => {
    await order({ ChargeType: 'PrePaid', Period: 1 });
    const count = async (): Promise<number> => {
      const filters = { Expired: 'false', InstanceStatus: 'Normal' };
      return (await bench.call('DescribeInstances', filters)).json.TotalCount;
    };
    expect(await count()).toBe(1);
    bench.advance(32 * DAY_MS);
    expect(await count()).toBe(0);
  });

  it('that is bought later begins then', async () => {
    await order();
    const createdOn = await createTime();
    bench.advance(100 * DAY_MS);
    await send('TransformToPrePaid', { Period: '1' });
    const end = Date.parse(String(await endTime()));
    expect(end - createdOn).toBeGreaterThan(127 * DAY_MS);
    expect(end - createdOn).toBeLessThan(132 * DAY_MS);
  });
});
