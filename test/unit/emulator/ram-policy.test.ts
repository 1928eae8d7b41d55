import { ENTRY, startBench } from './api-client';
import type { ApiAnswer, Bench } from './api-client';

const ALLOW_ALL = { Effect: 'Allow', Action: 'kvstore:*', Resource: '*' };

const CLUSTER = 'redis.logic.sharding.1g.2db.0rodb.4proxy.default';

describe('a RAM policy', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench();
  });
  afterAll(() => bench.close());

  const use = (...statements: object[]): Promise<ApiAnswer> =>
    bench.control('PUT', 'config', { ramPolicy: { statements } });
  const read = (): Promise<ApiAnswer> => bench.call('DescribeInstances');

  it('allows everything when it says nothing', async () => {
    await use();
    expect((await read()).status).toBe(200);
  });

  it('denies what no statement allows, and says that none did', async () => {
    await use({ Effect: 'Allow', Action: ['kvstore:Describe*'] });
    expect((await read()).status).toBe(200);
    const { status, json } = await bench.create();
    expect([status, json.Code]).toEqual([403, 'Forbidden.RAM']);
    expect(json.AccessDeniedDetail).toMatchObject({
      AuthAction: 'kvstore:CreateInstances',
      NoPermissionType: 'ImplicitDeny',
    });
  });

  it('denies by a Deny, whatever allows it', async () => {
    await use(ALLOW_ALL, { Effect: 'Deny', Action: 'kvstore:DescribeInstances' });
    expect((await read()).json.AccessDeniedDetail.NoPermissionType).toBe('ExplicitDeny');
  });

  it('looks at region, account and instance', async () => {
    await use({ ...ALLOW_ALL, Resource: 'acs:kvstore:cn-hangzhou:1000000000000001:instance/*' });
    expect((await bench.create()).status).toBe(200);
    expect((await bench.create({ RegionId: 'cn-beijing' })).status).toBe(403);
    const one = { ...ALLOW_ALL, Resource: 'acs:kvstore:*:*:instance/r-mine' };
    await use(one);
    const codes = await Promise.all(
      ['r-mine', 'r-other'].map(async (InstanceId) => {
        const answer = await bench.call('DescribeInstanceAttribute', { InstanceId });
        return answer.json.Code;
      }),
    );
    expect(codes).toEqual(['InvalidInstanceId.NotFound', 'Forbidden.RAM']);
  });

  it.each([
    ['StringEquals', [CLUSTER], 403, 200],
    ['StringNotEquals', [CLUSTER], 200, 403],
    ['StringLike', ['redis.master.*'], 200, 403],
    ['StringNotLike', ['redis.master.*'], 403, 200],
    ['StringEqualsIgnoreCase', [CLUSTER.toUpperCase()], 403, 200],
  ])('allows classes by %s %j', async (...[operator, values, standard, cluster]) => {
    const Condition = { [operator]: { 'kvstore:InstanceClass': values } };
    await use({ ...ALLOW_ALL, Condition });
    expect((await bench.create()).status).toBe(standard);
    expect((await bench.create({ instanceClass: CLUSTER })).status).toBe(cluster);
  });

  it('denies a whole call for one of its entries', async () => {
    const Condition = { StringEquals: { 'kvstore:InstanceClass': CLUSTER } };
    await use(ALLOW_ALL, { Effect: 'Deny', Action: '*', Condition });
    const Instances = JSON.stringify([ENTRY, { ...ENTRY, instanceClass: CLUSTER }]);
    expect((await bench.call('CreateInstances', { Instances })).status).toBe(403);
  });

  it('is refused when it is none', async () => {
    expect((await use({ Effect: 'Maybe', Action: '*' })).status).toBe(400);
  });
});
