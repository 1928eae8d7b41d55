import RPCClient from '@alicloud/pop-core';
import { ENTRY, startBench } from './api-client';
import type { Bench } from './api-client';

interface CreateAnswer {
  readonly OrderId: string;
  readonly InstanceIds: { readonly InstanceId: string[] };
}

describe('the client of the worker, unchanged', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench();
  });
  afterAll(() => bench.close());

  const createClient = (accessKeySecret: string): RPCClient =>
    new RPCClient({
      accessKeyId: 'testid',
      accessKeySecret,
      endpoint: bench.url,
      apiVersion: '2015-01-01',
    });

  it.each(['POST', 'GET'])('creates three instances by %s', async (method) => {
    const client = createClient('testsecret');
    const answer = await client.request<CreateAnswer>(
      'CreateInstances',
      {
        Instances: JSON.stringify([{ ...ENTRY, quantity: 3, InstanceName: "näme*'!()" }]),
        Token: `pop-${method}`,
        AutoPay: true,
      },
      { method },
    );
    expect(typeof answer.OrderId).toBe('string');
    expect(answer.InstanceIds.InstanceId).toHaveLength(3);
    const listed = await client.request<{ TotalCount: number }>(
      'DescribeInstances',
      { InstanceIds: answer.InstanceIds.InstanceId.join(',') },
      { method },
    );
    expect(listed.TotalCount).toBe(3);
  });

  it('sees a refusal by its code', async () => {
    const wrong = createClient('wrong').request('DescribeInstances', {}, { method: 'POST' });
    await expect(wrong).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' });
  });
});
