import { idsOf, startBench } from './api-client';
import type { ApiAnswer, Bench, Parameters } from './api-client';

const MANY_IPS = Array.from({ length: 1_001 }, (_, n) => `10.0.${n >> 8}.${n & 255}`).join(',');

describe('the whitelists of an instance', () => {
  let bench: Bench;
  let id: string;
  beforeEach(async () => {
    bench = await startBench({ config: { readyTimeMs: 0, readyJitter: 0 } });
    [id = ''] = idsOf(await bench.create());
  });
  afterEach(() => bench.close());

  const modify = (parameters: Parameters): Promise<ApiAnswer> =>
    bench.call('ModifySecurityIps', { InstanceId: id, ...parameters });
  const groups = async (): Promise<Record<string, string>> => {
    const { json } = await bench.call('DescribeSecurityIps', { InstanceId: id });
    const listed: { SecurityIpGroupName: string; SecurityIpList: string }[] =
      json.SecurityIpGroups.SecurityIpGroup;
    return Object.fromEntries(listed.map((g) => [g.SecurityIpGroupName, g.SecurityIpList]));
  };

  it('are one group at first, that lets nobody in', async () => {
    const { json } = await bench.call('DescribeSecurityIps', { InstanceId: id });
    expect(json.SecurityIpGroups).toEqual({
      SecurityIpGroup: [
        {
          SecurityIpGroupName: 'default',
          SecurityIpList: '127.0.0.1',
          SecurityIpGroupAttribute: '',
        },
      ],
    });
  });

  it('are replaced unless told otherwise, as often as one likes', async () => {
    const cover = { SecurityIps: '10.0.0.0/8, 192.168.1.7' };
    expect((await modify(cover)).status).toBe(200);
    expect((await modify({ ...cover, ModifyMode: 'Cover' })).status).toBe(200);
    expect(await groups()).toEqual({ default: '10.0.0.0/8,192.168.1.7' });
  });

  it('grow and shrink address by address', async () => {
    await modify({ SecurityIps: '10.0.0.1', ModifyMode: 'Append' });
    expect(await groups()).toEqual({ default: '127.0.0.1,10.0.0.1' });
    await modify({ SecurityIps: '127.0.0.1', ModifyMode: 'Delete' });
    expect(await groups()).toEqual({ default: '10.0.0.1' });
  });

  it('are several by name; the attribute lists them all, and an empty one ends', async () => {
    await modify({ SecurityIps: '10.1.1.1', SecurityIpGroupName: 'office' });
    expect(await groups()).toEqual({ default: '127.0.0.1', office: '10.1.1.1' });
    const { json } = await bench.call('DescribeInstanceAttribute', { InstanceId: id });
    expect(json.Instances.DBInstanceAttribute[0].SecurityIPList).toBe('127.0.0.1,10.1.1.1');
    const takeOff = { SecurityIps: '10.1.1.1', ModifyMode: 'Delete' };
    await modify({ ...takeOff, SecurityIpGroupName: 'office' });
    expect(await groups()).toEqual({ default: '127.0.0.1' });
  });

  it.each([
    [{ SecurityIps: '' }, [400, 'MissingSecurityIps']],
    [{ SecurityIps: '10.0.0.1', ModifyMode: 'Replace' }, [400, 'InvalidParameter']],
    [{ SecurityIps: '10.0.0.1', SecurityIpGroupName: 'A b' }, [400, 'InvalidGroupName.Format']],
    [{ SecurityIps: '10.0.0.256' }, [400, 'InvalidSecurityIPList.Format']],
    [{ SecurityIps: '10.0.0.0/33' }, [400, 'InvalidSecurityIPList.Format']],
    [{ SecurityIps: '10.0.0.1,' }, [400, 'InvalidSecurityIPList.Format']],
    [{ SecurityIps: '10.0.0.1,10.0.0.1' }, [400, 'InvalidSecurityIPList.Duplicate']],
    [{ SecurityIps: MANY_IPS }, [400, 'InvalidSecurityIPList.QuotaExceeded']],
    [{ SecurityIps: '127.0.0.1', ModifyMode: 'Append' }, [409, 'SecurityIPList.Duplicate']],
    [{ SecurityIps: '10.9.9.9', ModifyMode: 'Delete' }, [404, 'InvalidSecurityIPList.NotFound']],
    [{ SecurityIps: '::1', InstanceId: 'r-none' }, [404, 'InvalidInstanceId.NotFound']],
  ])('stay as they are with %j', async (parameters, expected) => {
    const answer = await modify(parameters as Parameters);
    expect([answer.status, answer.json.Code]).toEqual(expected);
    expect(await groups()).toEqual({ default: '127.0.0.1' });
  });

  it('never grow beyond 1,000 addresses by appending', async () => {
    const full = MANY_IPS.split(',').slice(0, 1_000).join(',');
    expect((await modify({ SecurityIps: full })).status).toBe(200);
    const more = await modify({ SecurityIps: '172.16.0.1', ModifyMode: 'Append' });
    expect(more.json.Code).toBe('InvalidSecurityIPList.QuotaExceeded');
  });
});
