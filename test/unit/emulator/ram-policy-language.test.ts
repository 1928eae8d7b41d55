import { startBench } from './api-client';
import type { ApiAnswer, Bench, Json } from './api-client';

const ALLOW_ALL = { Effect: 'Allow', Action: '*', Resource: '*' };

/** The emulated clock stands at the start of 2026, and calls come from this machine without TLS. */
const CONDITIONS: readonly [operator: string, key: string, value: unknown, status: number][] = [
  ['Bool', 'acs:SecureTransport', 'false', 200],
  ['Bool', 'acs:SecureTransport', true, 403],
  ['IpAddress', 'acs:SourceIp', '127.0.0.1', 200],
  ['IpAddress', 'acs:SourceIp', ['10.0.0.0/8', '127.0.0.0/8'], 200],
  ['IpAddress', 'acs:SourceIp', '2001:db8::/32', 403],
  ['NotIpAddress', 'acs:SourceIp', '127.0.0.0/8', 403],
  ['NotIpAddress', 'acs:SourceIp', '10.0.0.0/8', 200],
  ['DateLessThan', 'acs:CurrentTime', '2026-01-01T08:00:00+08:00', 403],
  ['DateLessThanEquals', 'acs:CurrentTime', '2026-01-01T08:00:00+08:00', 200],
  ['DateGreaterThan', 'acs:CurrentTime', '2025-12-31T23:59:59Z', 200],
  ['DateGreaterThanEquals', 'acs:CurrentTime', '2026-01-01T00:00:01Z', 403],
  ['DateEquals', 'acs:CurrentTime', '2026-01-01T00:00:00Z', 200],
  ['DateNotEquals', 'acs:CurrentTime', '2026-01-01T00:00:00Z', 403],
  ['NumericEquals', 'kvstore:InstanceClass', 1, 403],
  ['NumericNotEquals', 'kvstore:InstanceClass', '1', 200],
  ['StringEqualsIgnoreCase', 'kvstore:InstanceType', 'redis', 403],
  ['StringNotEqualsIgnoreCase', 'kvstore:InstanceType', 'redis', 200],
];

const NOT_UNDERSTOOD: readonly [name: string, statement: object][] = [
  ['NotResource', { ...ALLOW_ALL, NotResource: '*' }],
  ['Principal', { ...ALLOW_ALL, Principal: '*' }],
  ['either Action or NotAction', { ...ALLOW_ALL, NotAction: '*' }],
  ['either Action or NotAction', { Effect: 'Allow', Resource: '*' }],
  ['Null', { ...ALLOW_ALL, Condition: { Null: { 'acs:SourceIp': 'true' } } }],
  ['acs:MFAPresent', { ...ALLOW_ALL, Condition: { Bool: { 'acs:MFAPresent': 'true' } } }],
  ['"soon"', { ...ALLOW_ALL, Condition: { DateLessThan: { 'acs:CurrentTime': 'soon' } } }],
  ['"10.0.0.0/33"', { ...ALLOW_ALL, Condition: { IpAddress: { 'acs:SourceIp': '10.0.0.0/33' } } }],
  ['"yes"', { ...ALLOW_ALL, Condition: { Bool: { 'acs:SecureTransport': 'yes' } } }],
  ['"few"', { ...ALLOW_ALL, Condition: { NumericEquals: { 'kvstore:InstanceClass': 'few' } } }],
];

describe('the language of RAM policies', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench();
  });
  afterAll(() => bench.close());
  beforeEach(() => bench.control('POST', 'reset'));

  const put = (ramPolicy: unknown): Promise<ApiAnswer> =>
    bench.control('PUT', 'config', { ramPolicy });
  const statusOf = async (action: string): Promise<number> => (await bench.call(action)).status;

  it.each(CONDITIONS)('%s of %s and %j is answered with %i', async (...row) => {
    const [operator, key, value, status] = row;
    const Condition = { [operator]: { [key]: value } };
    expect((await put({ statements: [{ ...ALLOW_ALL, Condition }] })).status).toBe(200);
    expect(await statusOf('DescribeInstances')).toBe(status);
  });

  it('needs all operators of a condition, and all keys of an operator', async () => {
    const Condition = {
      Bool: { 'acs:SecureTransport': 'false' },
      IpAddress: { 'acs:SourceIp': '10.0.0.0/8' },
    };
    await put({ statements: [{ ...ALLOW_ALL, Condition }] });
    expect(await statusOf('DescribeInstances')).toBe(403);
  });

  it('allows and denies by NotAction all but what it names', async () => {
    await put({ statements: [{ Effect: 'Allow', NotAction: 'kvstore:DescribeR*' }] });
    expect(await statusOf('DescribeRegions')).toBe(403);
    expect(await statusOf('DescribeInstances')).toBe(200);
    const deny = { Effect: 'Deny', NotAction: ['kvstore:describeregions'] };
    await put({ statements: [ALLOW_ALL, deny] });
    expect(await statusOf('DescribeRegions')).toBe(200);
    expect(await statusOf('DescribeInstances')).toBe(403);
  });

  it.each([
    ['the statements', (document: Json) => ({ statements: document })],
    ['the whole policy', (document: Json) => document],
  ])('is taken as a whole document in place of %s', async (_place, toPolicy) => {
    const statement = { Effect: 'Allow', Action: ['kvstore:DescribeRegions'], Resource: '*' };
    const answer = await put(toPolicy({ Version: '1', Statement: [statement] }));
    expect([answer.status, answer.json.code]).toEqual([200, undefined]);
    expect([await statusOf('DescribeRegions'), await statusOf('DescribeInstances')]).toEqual([
      200, 403,
    ]);
    const { ramPolicy } = (await bench.control('GET', 'config')).json;
    expect((await put(ramPolicy)).json.ramPolicy).toEqual(ramPolicy);
  });

  it.each(NOT_UNDERSTOOD)('is refused with a sentence that names %s', async (name, statement) => {
    const { status, json } = await put({ statements: [statement] });
    expect([status, json.message]).toEqual([400, expect.stringContaining(name)]);
    expect(await statusOf('DescribeInstances')).toBe(200);
  });

  it.each([
    [{ Version: '2', Statement: [ALLOW_ALL] }, 'Version'],
    [{ Version: '1', Statement: [ALLOW_ALL], Id: 'x' }, 'Id'],
    ['Allow', 'policy document'],
  ])('refuses %j as a document', async (document, name) => {
    const { status, json } = await put({ statements: document });
    expect([status, json.message]).toEqual([400, expect.stringContaining(name)]);
  });
});
