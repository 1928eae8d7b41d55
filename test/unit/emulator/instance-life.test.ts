import { idsOf, startBench } from './api-client';
import type { Bench, Json } from './api-client';

describe('the life of an instance', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench({ config: { readyTimeMs: 10_000, readyJitter: 0 } });
  });
  afterEach(() => bench.close());

  const counts = async (): Promise<Record<string, number>> =>
    (await bench.control('GET', 'stats')).json.instances;

  const attribute = async (id: string): Promise<Json> => {
    const answer = await bench.call('DescribeInstanceAttribute', { InstanceId: id });
    return answer.json.Instances.DBInstanceAttribute[0];
  };

  it('goes from Creating to Normal after the ready time, and only then has an address', async () => {
    const [id = ''] = idsOf(await bench.create());
    bench.advance(9_999);
    expect(await attribute(id)).toMatchObject({ InstanceStatus: 'Creating', ConnectionDomain: '' });
    bench.advance(1);
    expect(await attribute(id)).toMatchObject({
      InstanceStatus: 'Normal',
      ConnectionDomain: `${id}.redis.rds.aliyuncs.com`,
      IsSupportTDE: false,
      HasRenewChangeOrder: 'false',
      ReadOnlyCount: 0,
      SecurityIPList: '127.0.0.1',
    });
  });

  it('runs faster by the time scale', async () => {
    await bench.control('PUT', 'config', { timeScale: 100 });
    const [id = ''] = idsOf(await bench.create());
    bench.advance(100);
    expect(await attribute(id)).toMatchObject({ InstanceStatus: 'Normal' });
  });

  it('spreads readiness by the jitter', async () => {
    await bench.control('PUT', 'config', { readyJitter: 0.5 });
    await bench.create({ quantity: 100 });
    bench.advance(4_999);
    expect(await counts()).toMatchObject({ creating: 100 });
    bench.advance(5_001);
    const middle = await counts();
    expect(middle['normal']).toBeGreaterThan(20);
    expect(middle['normal']).toBeLessThan(80);
    bench.advance(5_000);
    expect(await counts()).toMatchObject({ normal: 100 });
  });

  it('lets a share end in Error and a share never end', async () => {
    await bench.control('PUT', 'config', { errorShare: 0.3, neverReadyShare: 0.2 });
    await bench.create({ quantity: 300 });
    bench.advance(1_000_000);
    const { failed = 0, creating = 0, normal = 0, live } = await counts();
    expect(failed + creating + normal).toBe(300);
    expect(live).toBe(300);
    expect(failed).toBeGreaterThan(60);
    expect(failed).toBeLessThan(120);
    expect(creating).toBeGreaterThan(30);
    expect(creating).toBeLessThan(90);
  });

  it('can be ready after a number of reads instead of a time', async () => {
    await bench.control('PUT', 'config', { readyAfterReads: 3 });
    const [id = ''] = idsOf(await bench.create());
    bench.advance(1_000_000);
    const seen = [];
    for (let i = 0; i < 4; i += 1) seen.push((await attribute(id))['InstanceStatus']);
    expect(seen).toEqual(['Creating', 'Creating', 'Normal', 'Normal']);
  });

  it('ends by DeleteInstance, once', async () => {
    const [id = ''] = idsOf(await bench.create());
    const early = await bench.call('DeleteInstance', { InstanceId: id });
    expect([early.status, early.json.Code]).toEqual([403, 'IncorrectDBInstanceState']);
    bench.advance(10_000);
    expect((await bench.call('DeleteInstance', { InstanceId: id })).status).toBe(200);
    const again = await bench.call('DeleteInstance', { InstanceId: id });
    expect([again.status, again.json.Code]).toEqual([404, 'InvalidInstanceId.NotFound']);
    const gone = await bench.call('DescribeInstanceAttribute', { InstanceId: id });
    expect([gone.status, gone.json.Code]).toEqual([404, 'InvalidInstanceId.NotFound']);
    expect(await counts()).toMatchObject({ live: 0, deleted: 1 });
    expect(await bench.lines('instances?status=Released')).toHaveLength(1);
  });

  it('does not end by DeleteInstance when it is PrePaid', async () => {
    const [id = ''] = idsOf(await bench.create({ ChargeType: 'PrePaid', Period: 1 }));
    bench.advance(10_000);
    const answer = await bench.call('DeleteInstance', { InstanceId: id });
    expect(answer.status).toBe(403);
    expect(await counts()).toMatchObject({ live: 1 });
  });

  it.each(['DeleteInstance', 'DescribeInstanceAttribute'])('%s needs an id', async (action) => {
    expect((await bench.call(action)).json.Code).toBe('MissingInstanceId');
  });
});
