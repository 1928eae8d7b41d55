import { idsOf, listedIds, startBench } from './api-client';
import type { ApiAnswer, Bench, Json, Parameters } from './api-client';

const REGION = { RegionId: 'cn-hangzhou', ResourceType: 'INSTANCE' };

describe('tags', () => {
  let bench: Bench;
  let ids: string[];
  beforeEach(async () => {
    bench = await startBench();
    ids = idsOf(await bench.create({ quantity: 60 }));
  });
  afterEach(() => bench.close());

  const resources = (count: number): Parameters =>
    Object.fromEntries(ids.slice(0, count).map((id, n) => [`ResourceId.${n + 1}`, id]));
  const pairs = (tags: Record<string, string>): Parameters =>
    Object.fromEntries(
      Object.entries(tags).flatMap(([key, value], n) => [
        [`Tag.${n + 1}.Key`, key],
        [`Tag.${n + 1}.Value`, value],
      ]),
    );
  const tag = (count: number, tags: Record<string, string>): Promise<ApiAnswer> =>
    bench.call('TagResources', { ...REGION, ...resources(count), ...pairs(tags) });
  const list = async (parameters: Parameters): Promise<Json> =>
    (await bench.call('ListTagResources', { ...REGION, ...parameters })).json;

  it('come back on read, from all operations that show them', async () => {
    expect((await tag(1, { team: 'blue', env: '' })).status).toBe(200);
    expect((await list(resources(1)))['TagResources'].TagResource).toEqual([
      { ResourceId: ids[0], ResourceType: 'INSTANCE', TagKey: 'team', TagValue: 'blue' },
      { ResourceId: ids[0], ResourceType: 'INSTANCE', TagKey: 'env', TagValue: '' },
    ]);
    const shown = {
      Tag: [
        { Key: 'team', Value: 'blue' },
        { Key: 'env', Value: '' },
      ],
    };
    const described = await bench.call('DescribeInstances', { InstanceIds: ids[0] ?? '' });
    expect(described.json.Instances.KVStoreInstance[0].Tags).toEqual(shown);
    const attribute = await bench.call('DescribeInstanceAttribute', { InstanceId: ids[0] ?? '' });
    expect(attribute.json.Instances.DBInstanceAttribute[0].Tags).toEqual(shown);
    expect((await bench.lines('instances'))[0]?.['Tags']).toEqual(shown);
  });

  it('overwrite a key that is there, and leave the others', async () => {
    await tag(1, { team: 'blue', env: 'test' });
    await tag(1, { team: 'red' });
    const { TagResource } = (await list(resources(1)))['TagResources'];
    const values = TagResource.map((line: Json) => [line['TagKey'], line['TagValue']]);
    expect(values).toEqual([
      ['team', 'red'],
      ['env', 'test'],
    ]);
  });

  it('filter DescribeInstances, by key or by key and value', async () => {
    await tag(2, { team: 'blue' });
    const find = async (filter: Parameters): Promise<string[]> =>
      listedIds(await bench.call('DescribeInstances', { RegionId: 'cn-hangzhou', ...filter }));
    expect(await find({ 'Tag.1.Key': 'team' })).toEqual(ids.slice(0, 2));
    expect(await find(pairs({ team: 'blue' }))).toEqual(ids.slice(0, 2));
    expect(await find(pairs({ team: 'red' }))).toEqual([]);
    await tag(3, { team: 'blue' });
    expect(await find(pairs({ team: 'blue' }))).toEqual(ids.slice(0, 3));
  });

  it('are listed page by page, each once, by instances and by tags', async () => {
    await tag(50, { a: '1', b: '2', c: '3' });
    for (const asked of [resources(50), pairs({ a: '1' })]) {
      const seen = new Set<string>();
      let NextToken = '';
      let pages = 0;
      do {
        const page = await list({ ...asked, ...(NextToken === '' ? {} : { NextToken }) });
        for (const line of page['TagResources'].TagResource) {
          seen.add(`${line.ResourceId} ${line.TagKey}`);
        }
        NextToken = page['NextToken'];
        pages += 1;
      } while (NextToken !== '');
      expect([seen.size, pages]).toEqual([150, 2]);
    }
  });

  it('come off by key, or all at once', async () => {
    await tag(1, { a: '1', b: '2', c: '3' });
    await bench.call('UntagResources', { ...REGION, ...resources(1), 'TagKey.1': 'b' });
    const keys = async (): Promise<string[]> =>
      (await list(resources(1)))['TagResources'].TagResource.map((line: Json) => line['TagKey']);
    expect(await keys()).toEqual(['a', 'c']);
    await bench.call('UntagResources', { ...REGION, ...resources(1), All: 'true' });
    expect(await keys()).toEqual([]);
    const nothing = await bench.call('UntagResources', { ...REGION, ...resources(1) });
    expect(nothing.json.Code).toBe('MissParameter.TagOrResourceId');
  });

  const manyTags = (count: number): Record<string, string> =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`key-${n}`, 'v']));

  it('are taken by 50 instances at once, and not by 51', async () => {
    expect((await tag(50, { team: 'blue' })).status).toBe(200);
    const answer = await tag(51, { team: 'red' });
    expect([answer.status, answer.json.Code]).toEqual([400, 'NumberExceed.ResourceIds']);
    expect((await list(pairs({ team: 'red' })))['TagResources'].TagResource).toEqual([]);
  });

  it('are at most 20 in a call and on an instance', async () => {
    expect((await tag(1, manyTags(21))).json.Code).toBe('NumberExceed.Tags');
    expect((await tag(1, manyTags(20))).status).toBe(200);
    expect((await tag(1, { 'key-0': 'again' })).status).toBe(200);
    const over = await tag(2, { more: 'v' });
    expect([over.status, over.json.Code]).toEqual([400, 'OperationDenied.QuotaExceed']);
    expect((await list({ 'ResourceId.1': ids[1] ?? '' }))['TagResources'].TagResource).toEqual([]);
  });

  it.each([
    [
      { ...REGION, 'ResourceId.1': 'r-none', 'Tag.1.Key': 'a' },
      404,
      'InvalidDbInstanceId.NotFound',
    ],
    [{ ...REGION, 'Tag.1.Key': 'a' }, 400, 'MissParameter.TagOrResourceId'],
    [{ ...REGION, 'ResourceId.1': 'first' }, 400, 'MissParameter.TagOrResourceId'],
    [{ ...REGION, 'Tag.1.Value': 'v' }, 400, 'InvalidTagKey.Malformed'],
    [{ ...REGION, 'Tag.1.Key': 'acs:x' }, 400, 'InvalidTagKey.Malformed'],
    [{ ...REGION, 'Tag.1.Key': 'x'.repeat(129) }, 400, 'InvalidTagKey.Malformed'],
    [{ ...REGION, 'Tag.1.Key': 'a', 'Tag.1.Value': 'http://' }, 400, 'InvalidTagValue.Malformed'],
    [{ ...REGION, 'Tag.1.Key': 'a', 'Tag.2.Key': 'a' }, 400, 'Duplicate.TagKey'],
    [{ ...REGION, ResourceType: 'BACKUP' }, 400, 'InvalidParameter.ResourceType'],
    [{ ResourceType: 'INSTANCE' }, 400, 'MissingRegionId'],
    [{ RegionId: 'cn-hangzhou' }, 400, 'MissingResourceType'],
  ])('are refused with %j', async (parameters, status, code) => {
    const sent = Object.entries(parameters).map(([k, v]) => [k, v === 'first' ? ids[0] : v]);
    const answer = await bench.call('TagResources', Object.fromEntries(sent));
    expect([answer.status, answer.json.Code]).toEqual([status, code]);
  });

  it('of a region are not those of another', async () => {
    const elsewhere = { RegionId: 'cn-shanghai', ResourceType: 'INSTANCE' };
    const sent = { ...elsewhere, ...resources(1), ...pairs({ a: '1' }) };
    const answer = await bench.call('TagResources', sent);
    expect(answer.json.Code).toBe('InvalidDbInstanceId.NotFound');
    await tag(1, { a: '1' });
    const listed = await bench.call('ListTagResources', { ...elsewhere, ...resources(1) });
    expect(listed.json.TagResources.TagResource).toEqual([]);
  });

  it('are asked for by a resource or a tag, and with a token that was given out', async () => {
    expect((await list({}))['Code']).toBe('MissParameter.TagOrResourceId');
    const answer = await list({ ...resources(1), NextToken: 'x' });
    expect(answer['Code']).toBe('InvalidParameter.NextToken');
  });
});
