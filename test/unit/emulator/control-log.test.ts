import { idsOf, startBench } from './api-client';
import type { Bench } from './api-client';

describe('the request log over the control API', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench({ config: { readyTimeMs: 1_000, readyJitter: 0 } });
  });
  afterEach(() => bench.close());

  it('logs each call with its parameters, answer and effect', async () => {
    const answer = await bench.create({ quantity: 2 }, { Token: 'abc' });
    await bench.call('DescribeInstances', {}, { secret: 'wrong' });
    const [first, second] = await bench.lines('log');
    expect(first).toMatchObject({
      seq: 1,
      action: 'CreateInstances',
      requestId: answer.json.RequestId,
      status: 200,
      code: null,
      fault: null,
      ids: idsOf(answer),
      committedIds: idsOf(answer),
      committed: true,
      durationMs: expect.any(Number),
      at: expect.any(String),
    });
    expect(first?.['params']).toMatchObject({ Token: 'abc', AccessKeyId: 'testid' });
    expect(first?.['params']).not.toHaveProperty('Signature');
    expect(second).toMatchObject({ seq: 2, status: 400, code: 'SignatureDoesNotMatch' });
  });

  it('serves the log from a point on, and of one action', async () => {
    for (let i = 0; i < 3; i += 1) await bench.call('DescribeInstances');
    await bench.create();
    expect((await bench.lines('log?since=2')).map((entry) => entry['seq'])).toEqual([3, 4]);
    expect(await bench.lines('log?since=4')).toEqual([]);
    expect(await bench.lines('log?action=CreateInstances')).toHaveLength(1);
    expect((await bench.control('GET', 'log?since=x')).json.code).toBe('InvalidSince');
  });

  it('names the instances on a page that was answered', async () => {
    const ids = idsOf(await bench.create({ quantity: 3 }));
    await bench.call('DescribeInstances', { PageSize: '2' });
    const [, entry] = await bench.lines('log');
    expect(entry).toMatchObject({ ids: ids.slice(0, 2), committedIds: [], committed: false });
  });

  it('finds the calls that an instance was part of, however they named it', async () => {
    const [id = '', other = ''] = idsOf(await bench.create({ quantity: 2 }));
    bench.advance(1_000);
    const resources = { RegionId: 'cn-hangzhou', ResourceType: 'INSTANCE' };
    const tag = { 'Tag.1.Key': 'a', 'Tag.1.Value': 'b' };
    await bench.call('DescribeParameters', { DBInstanceId: id });
    await bench.call('DescribeInstances', { InstanceIds: `${other},${id}` });
    await bench.call('DescribeInstances', { SearchKey: id });
    await bench.call('TagResources', {
      ...resources,
      'ResourceId.2': id,
      'ResourceId.1': other,
      ...tag,
    });
    await bench.create({ SrcDBInstanceId: id });
    await bench.create({ SrcDBInstanceId: other, InstanceName: `copy-of-${id}` });
    const single = { RegionId: 'cn-hangzhou', InstanceClass: 'redis.master.small.default' };
    await bench.call('CreateInstance', { ...single, SrcDBInstanceId: id });
    await bench.call('DescribeInstanceAttribute', { InstanceId: other });
    const found = await bench.lines(`log?find=${id}`);
    expect(found.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 8]);
  });

  it('serves a brief log, without what can be long', async () => {
    await bench.create({ quantity: 2 }, { Token: 'abc' });
    const [entry] = await bench.lines('log?brief=true');
    expect(entry).toMatchObject({ seq: 1, action: 'CreateInstances', params: { Token: 'abc' } });
    expect(Object.keys(entry?.['params'])).toEqual(['Token']);
    expect(entry).not.toHaveProperty('ids');
    expect(entry).not.toHaveProperty('committedIds');
  });

  it('keeps no more of the log than its limit and a quarter, the latest', async () => {
    await bench.control('PUT', 'config', { logLimit: 4 });
    for (let i = 0; i < 11; i += 1) await bench.call('DescribeInstances');
    const seqs = (await bench.lines('log')).map((entry) => entry['seq']);
    expect(seqs.length).toBeLessThanOrEqual(5);
    expect(seqs.at(-1)).toBe(11);
    expect(await bench.lines('log?since=10')).toHaveLength(1);
  });
});
