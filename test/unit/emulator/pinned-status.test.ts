import { idsOf, listedIds, startBench } from './api-client';
import type { Bench } from './api-client';

describe('the status of an instance that is pinned over the control API', () => {
  let bench: Bench;
  let id: string;
  beforeEach(async () => {
    bench = await startBench({ config: { readyTimeMs: 1_000, readyJitter: 0, busyTimeMs: 1_000 } });
    [id = ''] = idsOf(await bench.create());
    bench.advance(1_000);
  });
  afterEach(() => bench.close());

  const pin = (status: unknown): ReturnType<Bench['control']> =>
    bench.control('PUT', `instances/${id}`, { status });
  const attribute = async (): Promise<Record<string, unknown>> => {
    const { json } = await bench.call('DescribeInstanceAttribute', { InstanceId: id });
    return json['Instances'].DBInstanceAttribute[0];
  };
  const stateCounts = async (): Promise<Record<string, number>> =>
    (await bench.control('GET', 'stats')).json.instances;

  it.each([
    ['Inactive', 'failed', 403],
    ['Unavailable', 'failed', 403],
    ['Error', 'failed', 403],
    ['Migrating', 'normal', 400],
    ['HASwitching', 'normal', 400],
    ['Creating', 'creating', 403],
  ])('%s is shown everywhere and counts as %s until it is taken back', async (...row) => {
    const [status, counted, modified] = row;
    expect((await pin(status)).json).toMatchObject({ InstanceStatus: status, pinned: true });
    expect(await attribute()).toMatchObject({ InstanceStatus: status });
    const listed = await bench.call('DescribeInstances', { InstanceStatus: status });
    expect(listedIds(listed)).toEqual([id]);
    expect((await stateCounts())[counted]).toBe(1);
    expect((await bench.call('RestartInstance', { InstanceId: id })).status).toBe(modified);
    expect((await bench.call('DeleteInstance', { InstanceId: id })).json.Code).toBe(
      'IncorrectDBInstanceState',
    );
    bench.advance(3_600_000);
    expect(await attribute()).toMatchObject({ InstanceStatus: status });
    expect((await pin(null)).json).toMatchObject({ InstanceStatus: 'Normal', pinned: false });
    expect(listedIds(await bench.call('DescribeInstances', { InstanceStatus: status }))).toEqual(
      [],
    );
    expect((await bench.call('RestartInstance', { InstanceId: id })).status).toBe(200);
  });

  it('leaves the address of one that is stopped, and takes that of one that is not built', async () => {
    const { ConnectionDomain } = await attribute();
    await pin('Inactive');
    expect(await attribute()).toMatchObject({ ConnectionDomain });
    await pin('Creating');
    expect(await attribute()).toMatchObject({ ConnectionDomain: '' });
  });

  it('lets its life go on beneath', async () => {
    await pin('Migrating');
    const [other = ''] = idsOf(await bench.create());
    await bench.control('PUT', `instances/${other}`, { status: 'Error' });
    bench.advance(1_000);
    const taken = await bench.control('PUT', `instances/${other}`, { status: null });
    expect(taken.json).toMatchObject({ InstanceStatus: 'Normal' });
    expect((await bench.control('GET', `instances/${id}`)).json).toMatchObject({
      InstanceId: id,
      InstanceStatus: 'Migrating',
    });
  });

  it('Released lets it vanish without a trace, for good, and gives back what it held', async () => {
    await bench.control('PUT', 'config', { quota: 1, freeIps: { 'vsw-1': 0 } });
    expect((await pin('Released')).json).toMatchObject({ InstanceStatus: 'Released' });
    expect(listedIds(await bench.call('DescribeInstances'))).toEqual([]);
    const asked = await bench.call('DescribeInstanceAttribute', { InstanceId: id });
    expect([asked.status, asked.json.Code]).toEqual([404, 'InvalidInstanceId.NotFound']);
    const span = { FromStartTime: '2025-12-31T00:00Z', ToStartTime: '2026-01-02T00:00Z' };
    expect((await bench.call('DescribeHistoryTasks', span)).json.TotalCount).toBe(0);
    const rebuilt = await bench.create({ SrcDBInstanceId: id, RebuildInstance: true });
    expect(rebuilt.json.Code).toBe('InvalidInstanceId.NotFound');
    expect(await stateCounts()).toMatchObject({ live: 0, deleted: 1 });
    expect((await bench.create()).status).toBe(200);
    const again = await pin(null);
    expect([again.status, again.json.code]).toEqual([409, 'InstanceReleased']);
  });

  it('is gone with a deletion, and after a reset', async () => {
    await bench.control('PUT', 'config', { deletableStatuses: ['Normal', 'Unavailable'] });
    await pin('Unavailable');
    await bench.call('DeleteInstance', { InstanceId: id });
    expect((await bench.control('GET', `instances/${id}`)).json.InstanceStatus).toBe('Released');
    await bench.control('POST', 'reset');
    const asked = await bench.control('GET', `instances/${id}`);
    expect([asked.status, asked.json.code]).toEqual([404, 'UnknownInstance']);
  });

  it.each([
    [{ status: 'Inactiv' }, 'Did you mean Inactive?'],
    [{ state: 'Inactive' }, 'Did you mean status by state?'],
    [{}, 'It must be a status, or null'],
  ])('is refused when it is none: %j', async (body, sentence) => {
    const { status, json } = await bench.control('PUT', `instances/${id}`, body);
    expect([status, json.code]).toEqual([400, 'InvalidStatus']);
    expect(json.message).toContain(sentence);
  });

  it('is of an instance that there is', async () => {
    const { status, json } = await bench.control('PUT', 'instances/r-none', { status: 'Error' });
    expect([status, json.code]).toEqual([404, 'UnknownInstance']);
  });
});
