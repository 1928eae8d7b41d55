import { idsOf, startBench } from './api-client';
import type { Bench, Json, Parameters } from './api-client';

const SPAN = { FromStartTime: '2026-01-01T00:00:00Z', ToStartTime: '2027-01-01T00:00:00Z' };

describe('the task of a creation', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench();
  });
  afterAll(() => bench.close());

  const use = async (config: object): Promise<string> => {
    await bench.control('POST', 'reset');
    await bench.control('PUT', 'config', { readyTimeMs: 10_000, readyJitter: 0, ...config });
    const [id = ''] = idsOf(await bench.create());
    return id;
  };
  const tasks = async (parameters: Parameters = {}): Promise<Json[]> =>
    (await bench.call('DescribeHistoryTasks', { ...SPAN, ...parameters })).json.Items;

  it('runs until the instance is there', async () => {
    await use({});
    bench.advance(5_000);
    expect(await tasks()).toMatchObject([
      { TaskType: 'CreateIns', Status: 'Running', Progress: 50, RemainTime: 5, EndTime: '' },
    ]);
    bench.advance(5_000);
    expect(await tasks({ Status: 'Succeed' })).toMatchObject([{ Progress: 100, RemainTime: 0 }]);
  });

  it('has failed when the instance has ended in Error', async () => {
    await use({ errorShare: 1 });
    expect(await tasks()).toMatchObject([{ Status: 'Running' }]);
    bench.advance(10_000);
    expect(await tasks({ Status: 'Succeed' })).toEqual([]);
    expect(await tasks({ Status: 'Failed' })).toMatchObject([
      { Progress: 99, RemainTime: 0, EndTime: expect.stringMatching(/Z$/) },
    ]);
  });

  it('runs on while the instance is not ready, however late', async () => {
    await use({ neverReadyShare: 1 });
    bench.advance(1_000_000);
    expect(await tasks()).toMatchObject([
      { Status: 'Running', Progress: 99, RemainTime: 0, EndTime: '' },
    ]);
  });

  it('ends with the read that makes the instance ready, whatever the time', async () => {
    const id = await use({ readyAfterReads: 1 });
    bench.advance(1_000_000);
    expect(await tasks()).toMatchObject([{ Status: 'Running' }]);
    await bench.call('DescribeInstanceAttribute', { InstanceId: id });
    expect(await tasks()).toMatchObject([{ Status: 'Succeed', Progress: 100 }]);
  });
});
