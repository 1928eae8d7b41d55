import { ENTRY, idsOf, startBench } from './api-client';
import type { Bench } from './api-client';

describe('CreateInstances', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench();
  });
  afterEach(() => bench.close());

  it('answers one order, as many ids as asked for, and no code', async () => {
    const answer = await bench.create({ quantity: 300 });
    expect(Object.keys(answer.json).sort()).toEqual(['InstanceIds', 'OrderId', 'RequestId']);
    expect(answer.json.OrderId).toMatch(/^\d{15}$/);
    expect(new Set(idsOf(answer)).size).toBe(300);
    expect(idsOf(answer).every((id) => /^r-[a-z0-9]{18}$/.test(id))).toBe(true);
  });

  it('gives each instance what its entry asked for', async () => {
    const [id = ''] = idsOf(
      await bench.create({
        InstanceName: 'sessions-a',
        instanceClass: 'redis.logic.sharding.1g.2db.0rodb.4proxy.default',
        ChargeType: 'PrePaid',
        Period: '1',
        NodeType: 'STAND_ALONE',
      }),
    );
    const answer = await bench.call('DescribeInstances', { InstanceIds: id });
    expect(answer.json.Instances.KVStoreInstance[0]).toMatchObject({
      InstanceId: id,
      InstanceName: 'sessions-a',
      InstanceStatus: 'Creating',
      InstanceType: 'Redis',
      InstanceClass: 'redis.logic.sharding.1g.2db.0rodb.4proxy.default',
      ArchitectureType: 'cluster',
      ShardCount: 2,
      Capacity: 2048,
      EngineVersion: '5.0',
      ChargeType: 'PrePaid',
      NodeType: 'single',
      RegionId: 'cn-hangzhou',
      ZoneId: 'cn-hangzhou-h',
      VpcId: 'vpc-1',
      VSwitchId: 'vsw-1',
      CreateTime: '2026-01-01T00:00:00Z',
      EndTime: '2026-02-01T00:00:00Z',
      ReadOnlyCount: '0',
      HasRenewChangeOrder: false,
    });
  });

  it('matches entry keys in any case and takes numbers as text', async () => {
    const entry = {
      regionid: 'cn-hangzhou',
      IZNO: 'cn-hangzhou-h',
      QUANTITY: '3',
      capacity: '1024',
      chargeType: 'PrePaid',
      PERIOD: '12',
    };
    const answer = await bench.call('CreateInstances', { Instances: JSON.stringify([entry]) });
    expect(idsOf(answer)).toHaveLength(3);
  });

  it('ignores parameters it does not know', async () => {
    const answer = await bench.create({}, { RegionId: 'cn-hangzhou', Colour: 'red' });
    expect(idsOf(answer)).toHaveLength(1);
  });

  it('makes one order of several entries', async () => {
    const entries = [ENTRY, { ...ENTRY, quantity: 2, InstanceName: 'other' }];
    const answer = await bench.create({}, { Instances: JSON.stringify(entries) });
    expect(idsOf(answer)).toHaveLength(3);
    expect((await bench.control('GET', 'stats')).json.orders).toBe(1);
  });

  it('leaves a PrePaid order unpaid and without ids when AutoPay is false', async () => {
    const prePaid = { ChargeType: 'PrePaid', Period: 1 };
    const answer = await bench.create(prePaid, { AutoPay: 'False' });
    expect(answer.json.OrderId).toMatch(/^\d{15}$/);
    expect(idsOf(answer)).toEqual([]);
    expect((await bench.control('GET', 'stats')).json.instances.live).toBe(0);
  });

  it('pays a PostPaid order whatever AutoPay says', async () => {
    expect(idsOf(await bench.create({}, { AutoPay: 'false' }))).toHaveLength(1);
  });

  it('gives the same ids for the same seed, others for another', async () => {
    const same = await startBench();
    const other = await startBench({ seed: 2 });
    const ids = idsOf(await bench.create({ quantity: 3 }));
    expect(idsOf(await same.create({ quantity: 3 }))).toEqual(ids);
    expect(idsOf(await other.create({ quantity: 3 }))).not.toEqual(ids);
    await Promise.all([same.close(), other.close()]);
  });

  it('can answer ids in an order that is not that of creation', async () => {
    await bench.control('PUT', 'config', { shuffleIds: true });
    const answered = idsOf(await bench.create({ quantity: 50 }));
    const created = (await bench.lines('instances')).map((line) => line['InstanceId']);
    expect(answered).not.toEqual(created);
    expect([...answered].sort()).toEqual([...created].sort());
  });
});
