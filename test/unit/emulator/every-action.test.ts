import { startBench } from './api-client';
import type { ApiAnswer, Bench } from './api-client';

const KVSTORE = [
  ...['CreateInstance', 'CreateInstances', 'DeleteInstance', 'DescribeInstanceAttribute'],
  ...['DescribeInstances', 'DescribeInstancesOverview', 'DescribePrice', 'DescribeRegions'],
  ...['DescribeSecurityIps', 'DescribeZones', 'ListTagResources', 'ModifyInstanceAttribute'],
  ...['ModifySecurityIps', 'ResetAccountPassword', 'TagResources', 'UntagResources'],
].map((action) => [action, '2015-01-01', 'kvstore'] as const);

const VPC = ['DescribeVpcs', 'DescribeVSwitches'].map(
  (action) => [action, '2016-04-28', 'vpc'] as const,
);

describe.each([...KVSTORE, ...VPC])('%s of version %s', (action, version, product) => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench();
  });
  afterAll(() => bench.close());
  beforeEach(() => bench.control('POST', 'reset'));

  const send = (): Promise<ApiAnswer> =>
    bench.call(action, { Version: version, AccountPassword: 'Sw0rdfish!!' });
  const counts = async (): Promise<unknown> =>
    (await bench.control('GET', 'stats')).json.calls[action];

  it('is served, counted and logged without secrets', async () => {
    const answer = await send();
    expect(['InvalidAction.NotFound', 'InvalidVersion']).not.toContain(answer.json.Code);
    expect(await counts()).toMatchObject({ received: 1 });
    const [entry] = await bench.lines(`log?action=${action}`);
    expect(entry).toMatchObject({
      requestId: answer.json.RequestId,
      status: answer.status,
      params: { AccountPassword: '***' },
    });
  });

  it('belongs to its version only', async () => {
    const other = version === '2015-01-01' ? '2016-04-28' : '2015-01-01';
    const answer = await bench.call(action, { Version: other });
    expect([answer.status, answer.json.Code]).toEqual([404, 'InvalidAction.NotFound']);
  });

  it('can be denied, under the name of its permission', async () => {
    await bench.control('PUT', 'config', { ramPolicy: { deny: [action] } });
    const answer = await send();
    expect([answer.status, answer.json.Code]).toEqual([403, 'Forbidden.RAM']);
    expect(answer.json.AccessDeniedDetail.AuthAction).toBe(`${product}:${action}`);
  });

  it('can be throttled', async () => {
    await bench.control('PUT', 'config', {
      rateLimits: { [action]: { perSecond: 0.001, burst: 1 } },
    });
    await send();
    expect((await send()).json.Code).toBe('Throttling.User');
    expect(await counts()).toMatchObject({ received: 2, throttled: 1 });
  });

  it('has a rate limit from the start', async () => {
    const { rateLimits } = (await bench.control('GET', 'config')).json;
    expect(rateLimits[action]).toMatchObject({ perSecond: expect.any(Number) });
  });

  it('can be spoilt by the fault script', async () => {
    await bench.control('PUT', 'faults', [{ action, kind: 'refuse', code: 'Scripted' }]);
    expect((await send()).json.Code).toBe('Scripted');
    expect(await counts()).toMatchObject({ faulted: 1 });
  });
});
