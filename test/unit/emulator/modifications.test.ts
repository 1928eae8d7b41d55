import { idsOf, listedIds, startBench } from './api-client';
import type { ApiAnswer, Bench, Json, Parameters } from './api-client';

const PASSWORD = 'Sw0rdfish!!';

describe('modifications of an instance', () => {
  let bench: Bench;
  let id: string;
  beforeEach(async () => {
    bench = await startBench({ config: { readyTimeMs: 1_000, readyJitter: 0 } });
    [id = ''] = idsOf(await bench.create({ InstanceName: 'first' }));
    bench.advance(1_000);
  });
  afterEach(() => bench.close());

  const send = (action: string, parameters: Parameters = {}): Promise<ApiAnswer> =>
    bench.call(action, { InstanceId: id, ...parameters });
  const codeOf = ({ status, json }: ApiAnswer): unknown[] => [status, json.Code];
  const attribute = async (): Promise<Json> =>
    (await send('DescribeInstanceAttribute')).json.Instances.DBInstanceAttribute[0];
  const listed = async (): Promise<Json | undefined> =>
    (await bench.lines('instances')).find(({ InstanceStatus }) => InstanceStatus !== 'Released');

  it('show in what is read: the name, found by search, and the release protection', async () => {
    const answer = await send('ModifyInstanceAttribute', {
      InstanceName: 'fleet-0001',
      InstanceReleaseProtection: 'True',
    });
    expect(answer.json).toEqual({ RequestId: expect.any(String) });
    expect(await attribute()).toMatchObject({
      InstanceName: 'fleet-0001',
      InstanceReleaseProtection: true,
    });
    const find = (SearchKey: string) => bench.call('DescribeInstances', { SearchKey });
    expect(listedIds(await find('fleet-'))).toEqual([id]);
    expect(listedIds(await find('first'))).toEqual([]);
  });

  it('of one instance leave those that were ordered with it as they were', async () => {
    const ids = idsOf(await bench.create({ quantity: 2, InstanceName: 'pair' }));
    bench.advance(1_000);
    await send('ModifyInstanceAttribute', { InstanceId: ids[0] ?? '', InstanceName: 'single' });
    const found = await bench.call('DescribeInstances', { SearchKey: 'pair' });
    expect(listedIds(found)).toEqual([ids[1]]);
  });

  it('count a name that instances of two orders got', async () => {
    const [other = ''] = idsOf(await bench.create({ InstanceName: 'second' }));
    bench.advance(1_000);
    await send('ModifyInstanceAttribute', { InstanceId: other, InstanceName: 'first' });
    expect((await bench.control('GET', 'stats')).json.namesTwice).toBe(1);
  });

  it('keep a protected instance from being deleted until it is unprotected', async () => {
    await send('ModifyInstanceAttribute', { InstanceReleaseProtection: 'true' });
    expect(codeOf(await send('DeleteInstance'))).toEqual([403, 'InstanceReleaseProtection']);
    await send('ModifyInstanceAttribute', { InstanceReleaseProtection: 'false' });
    expect((await send('DeleteInstance')).status).toBe(200);
  });

  it.each([
    ['ModifyInstanceAttribute', { NewPassword: PASSWORD }],
    ['ResetAccountPassword', { AccountPassword: PASSWORD }],
    ['ModifyAccountPassword', { OldAccountPassword: 'x', NewAccountPassword: PASSWORD }],
  ])(
    'of a password by %s are told by the control API, without the password',
    async (action, it) => {
      expect(await listed()).toMatchObject({ passwordSet: false });
      expect((await send(action, { AccountName: id, ...it })).status).toBe(200);
      expect(await listed()).toMatchObject({ passwordSet: true });
      for (const path of ['instances', 'log']) {
        expect((await bench.control('GET', path)).text).not.toContain(PASSWORD);
      }
    },
  );

  it('of a password are told when the order gave it', async () => {
    await bench.call('DeleteInstance', { InstanceId: id });
    await bench.create({ Password: PASSWORD });
    expect(await listed()).toMatchObject({ passwordSet: true });
  });

  it.each([
    ['ModifyInstanceAttribute', {}, [400, 'MissingParameter']],
    ['ModifyInstanceAttribute', { InstanceName: '1' }, [400, 'InvalidInstanceName.Malformed']],
    ['ModifyInstanceAttribute', { NewPassword: 'weak' }, [400, 'InvalidPassword.Malformed']],
    ['ModifyInstanceAttribute', { InstanceReleaseProtection: '1' }, [400, 'InvalidParameter']],
    ['ModifyInstanceAttribute', { InstanceId: '', InstanceName: 'ab' }, [400, 'MissingInstanceId']],
    [
      'ModifyInstanceAttribute',
      { InstanceId: 'r-none', InstanceName: 'ab' },
      [404, 'InvalidInstanceId.NotFound'],
    ],
    ['ResetAccountPassword', { AccountName: 'x' }, [400, 'MissingAccountPassword']],
    ['ResetAccountPassword', { AccountPassword: PASSWORD }, [400, 'MissingAccountName']],
    [
      'ResetAccountPassword',
      { AccountName: 'x', AccountPassword: 'weak' },
      [400, 'InvalidAccountPassword.Format'],
    ],
    [
      'ResetAccountPassword',
      { AccountName: 'somebody', AccountPassword: PASSWORD },
      [404, 'InvalidAccountName.NotFound'],
    ],
  ])('by %s with %j are refused', async (action, parameters, expected) => {
    expect(codeOf(await send(action, parameters as Parameters))).toEqual(expected);
    expect(await listed()).toMatchObject({ InstanceName: 'first', passwordSet: false });
  });

  it('of a PrePaid instance cannot protect it', async () => {
    const [paid = ''] = idsOf(await bench.create({ ChargeType: 'PrePaid', Period: 1 }));
    bench.advance(1_000);
    const parameters = { InstanceId: paid, InstanceReleaseProtection: 'true' };
    expect(codeOf(await send('ModifyInstanceAttribute', parameters))).toEqual([
      400,
      'InvalidParameter',
    ]);
  });

  describe('while it is busy', () => {
    const MODIFICATIONS: readonly (readonly [string, Parameters, string])[] = [
      ['ModifyInstanceAttribute', { InstanceName: 'renamed' }, 'TaskExists'],
      ['ResetAccountPassword', { AccountPassword: PASSWORD }, 'TaskExists'],
      ['ModifySecurityIps', { SecurityIps: '10.0.0.0/8' }, 'LockTimeout'],
    ];
    const modify = ([action, parameters]: (typeof MODIFICATIONS)[number]): Promise<ApiAnswer> =>
      send(
        action,
        action === 'ResetAccountPassword' ? { ...parameters, AccountName: id } : parameters,
      );
    beforeEach(() => bench.control('PUT', 'config', { busyTime: 10_000, timeScale: 2 }));

    it.each(MODIFICATIONS)('%s makes it Changing, and is refused in that time', async (...one) => {
      expect((await modify(one)).status).toBe(200);
      expect(await attribute()).toMatchObject({
        InstanceStatus: 'Changing',
        ConnectionDomain: `${id}.redis.rds.aliyuncs.com`,
      });
      for (const other of MODIFICATIONS) {
        expect(codeOf(await modify(other))).toEqual([400, other[2]]);
      }
      bench.advance(5_000);
      expect(await attribute()).toMatchObject({ InstanceStatus: 'Normal' });
      expect((await modify(one)).status).toBe(200);
    });

    it('is listed by its status, also when the time passes between two reads', async () => {
      const count = async (InstanceStatus: string): Promise<number> =>
        (await bench.call('DescribeInstances', { InstanceStatus })).json.TotalCount;
      expect([await count('Normal'), await count('Changing')]).toEqual([1, 0]);
      await send('ModifyInstanceAttribute', { InstanceName: 'renamed' });
      expect([await count('Normal'), await count('Changing')]).toEqual([0, 1]);
      bench.advance(5_000);
      expect([await count('Normal'), await count('Changing')]).toEqual([1, 0]);
    });

    it('counts as normal, and cannot be deleted', async () => {
      await send('ModifyInstanceAttribute', { InstanceName: 'renamed' });
      expect((await bench.control('GET', 'stats')).json.instances).toMatchObject({ normal: 1 });
      expect(codeOf(await send('DeleteInstance'))).toEqual([403, 'IncorrectDBInstanceState']);
    });

    it('takes tags all the same, and is busy no longer for it', async () => {
      await send('ModifyInstanceAttribute', { InstanceName: 'renamed' });
      bench.advance(4_000);
      const tagged = await bench.call('TagResources', {
        RegionId: 'cn-hangzhou',
        ResourceType: 'INSTANCE',
        'ResourceId.1': id,
        'Tag.1.Key': 'team',
      });
      expect(tagged.status).toBe(200);
      bench.advance(1_000);
      expect(await attribute()).toMatchObject({ InstanceStatus: 'Normal' });
    });
  });

  it.each(['ModifyInstanceAttribute', 'ResetAccountPassword', 'ModifySecurityIps'])(
    'by %s wait until the instance is built',
    async (action) => {
      const [fresh = ''] = idsOf(await bench.create());
      const parameters = {
        ...{ InstanceId: fresh, InstanceName: 'ab', AccountName: fresh },
        ...{ AccountPassword: PASSWORD, SecurityIps: '10.0.0.1' },
      };
      expect(codeOf(await send(action, parameters))).toEqual([403, 'IncorrectDBInstanceState']);
    },
  );

  it('can be spoilt after they were made, like any operation', async () => {
    await bench.control('PUT', 'faults', [
      { action: 'ModifyInstanceAttribute', kind: 'status', when: 'after', count: 1 },
    ]);
    const answer = await send('ModifyInstanceAttribute', { InstanceName: 'renamed' });
    expect(answer.status).toBe(503);
    expect(await attribute()).toMatchObject({ InstanceName: 'renamed' });
  });
});
