import { ENTRY, idsOf, startBench } from './api-client';
import type { ApiAnswer, Bench, Json } from './api-client';

const SPAN = { StartTime: '2026-01-01T00:00Z', EndTime: '2026-12-31T00:00Z' };
const WEEK_MS = 7 * 86_400_000;

describe('the recycle bin', () => {
  let bench: Bench;
  let id: string;
  beforeEach(async () => {
    bench = await startBench({ config: { readyTimeMs: 0 } });
    [id = ''] = idsOf(await bench.create());
    await bench.call('DeleteInstance', { InstanceId: id });
  });
  afterEach(() => bench.close());

  const rebuild = (): Promise<ApiAnswer> =>
    bench.create({ SrcDBInstanceId: id, RebuildInstance: 'true' });
  const codeOf = ({ status, json }: ApiAnswer): unknown => [status, json.Code];
  const NOT_FOUND = [404, 'InvalidInstanceId.NotFound'];

  it('gives a deleted instance back once, under a new id', async () => {
    const [rebuilt] = idsOf(await rebuild());
    expect(rebuilt).not.toBe(id);
    expect(codeOf(await rebuild())).toEqual(NOT_FOUND);
  });

  it('gives a deleted instance back by the parameter of the whole call too', async () => {
    const byCall = (entry: object): Promise<ApiAnswer> =>
      bench.create(entry, { RebuildInstance: 'true' });
    expect((await byCall({ SrcDBInstanceId: id })).status).toBe(200);
    expect(codeOf(await byCall({ SrcDBInstanceId: id }))).toEqual(NOT_FOUND);
  });

  it('is not asked by an entry that says no, whatever the whole call says', async () => {
    const entry = { SrcDBInstanceId: id, RebuildInstance: 'false' };
    expect((await bench.create(entry, { RebuildInstance: 'true' })).status).toBe(200);
    expect((await rebuild()).status).toBe(200);
  });

  it('is not asked without a source, by the entry or by the whole call', async () => {
    const malformed = [400, 'InvalidInstances.Malformed'];
    expect(codeOf(await bench.create({ RebuildInstance: 'true' }))).toEqual(malformed);
    expect(codeOf(await bench.create({}, { RebuildInstance: 'true' }))).toEqual(malformed);
    expect((await bench.control('GET', 'stats')).json.instances.live).toBe(0);
  });

  it('gives a deleted instance back once, also within one order', async () => {
    const malformed = [400, 'InvalidInstances.Malformed'];
    const entry = { SrcDBInstanceId: id, RebuildInstance: 'true' };
    expect(codeOf(await bench.create({ ...entry, quantity: 2 }))).toEqual(malformed);
    const Instances = JSON.stringify([ENTRY, ENTRY].map((one) => ({ ...one, ...entry })));
    expect(codeOf(await bench.call('CreateInstances', { Instances }))).toEqual(malformed);
    expect((await rebuild()).status).toBe(200);
  });

  it('keeps what an order that is cut short did not bring back', async () => {
    await bench.control('PUT', 'config', { fulfilment: 'what-is-left', quota: 1 });
    const entry = { SrcDBInstanceId: id, RebuildInstance: 'true' };
    const Instances = JSON.stringify([ENTRY, { ...ENTRY, ...entry }]);
    expect(idsOf(await bench.call('CreateInstances', { Instances }))).toHaveLength(1);
    await bench.control('PUT', 'config', { quota: 2 });
    expect((await rebuild()).status).toBe(200);
  });

  it('has no instance that lives', async () => {
    const [living = ''] = idsOf(await bench.create());
    const answer = await bench.create({ SrcDBInstanceId: living, RebuildInstance: 'true' });
    expect(codeOf(answer)).toEqual(NOT_FOUND);
  });

  it('is emptied by DestroyInstance, once', async () => {
    expect((await bench.call('DestroyInstance', { InstanceId: id })).status).toBe(200);
    expect(codeOf(await bench.call('DestroyInstance', { InstanceId: id }))).toEqual(NOT_FOUND);
    expect(codeOf(await rebuild())).toEqual(NOT_FOUND);
    expect(await bench.lines('instances?status=Released')).toHaveLength(1);
  });

  it('forgets after its time', async () => {
    bench.advance(WEEK_MS - 1);
    expect((await rebuild()).status).toBe(200);
    const [other = ''] = idsOf(await bench.create());
    await bench.call('DeleteInstance', { InstanceId: other });
    id = other;
    bench.advance(WEEK_MS);
    expect(codeOf(await rebuild())).toEqual(NOT_FOUND);
  });
});

describe('a backup set', () => {
  let bench: Bench;
  let id: string;
  beforeEach(async () => {
    bench = await startBench({
      config: { readyTimeMs: 10_000, readyJitter: 0, busyTimeMs: 1_000 },
    });
    [id = ''] = idsOf(await bench.create());
    bench.advance(10_000);
    await bench.call('CreateBackup', { InstanceId: id });
  });
  afterEach(() => bench.close());

  const backups = async (): Promise<Json[]> =>
    (await bench.call('DescribeBackups', { InstanceId: id, ...SPAN })).json.Backups.Backup;
  const restore = async (): Promise<ApiAnswer> => {
    const [backup] = await backups();
    return bench.create({ SrcDBInstanceId: id, BackupId: String(backup?.['BackupId']) });
  };

  it('is complete after a while, and can be restored then', async () => {
    expect(await backups()).toMatchObject([{ BackupStatus: 'Running', BackupEndTime: '' }]);
    expect((await restore()).json.Code).toBe('InvalidBackupLogStatus');
    bench.advance(1_000);
    expect(await backups()).toMatchObject([{ BackupStatus: 'Success' }]);
    expect((await restore()).status).toBe(200);
  });

  it('makes the new instance recover before it is Normal, found by each status', async () => {
    bench.advance(1_000);
    const [restored] = idsOf(await restore());
    const listed = async (InstanceStatus: string): Promise<unknown[]> =>
      (
        await bench.call('DescribeInstances', { InstanceStatus })
      ).json.Instances.KVStoreInstance.map((instance: Json) => instance['InstanceId']);
    expect(await listed('Creating')).toEqual([restored]);
    bench.advance(5_000);
    expect(await listed('Creating')).toEqual([]);
    expect(await listed('BackupRecovering')).toEqual([restored]);
    bench.advance(5_000);
    expect(await listed('BackupRecovering')).toEqual([]);
    expect(await listed('Normal')).toEqual([id, restored]);
  });

  it('is listed by the span in which it began', async () => {
    const answer = await bench.call('DescribeBackups', {
      ...{ InstanceId: id, StartTime: '2027-01-01T00:00Z', EndTime: '2027-01-02T00:00Z' },
    });
    expect(answer.json).toMatchObject({ TotalCount: 0, Backups: { Backup: [] } });
    const wrong = { ...SPAN, EndTime: '2025-01-01T00:00Z', InstanceId: id };
    expect((await bench.call('DescribeBackups', wrong)).json.Code).toBe(
      'Param.Invalid.TimeEndBeforeStart',
    );
  });
});
