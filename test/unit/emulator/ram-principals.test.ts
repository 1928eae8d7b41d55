import { startBench } from './api-client';
import type { ApiAnswer, Bench } from './api-client';

const KEY = { accessKeySecret: 'testsecret', accountId: '1000000000000001' };

const ACCOUNTS = [
  { ...KEY, accessKeyId: 'testid' },
  { ...KEY, accessKeyId: 'reader-key', principal: 'reader' },
  { ...KEY, accessKeyId: 'intern-key', principal: 'intern' },
  { ...KEY, accessKeyId: 'other-key', principal: 'constructor' },
  { ...KEY, accessKeyId: 'STS.named', principal: 'deployer', securityToken: 'token-1' },
  { ...KEY, accessKeyId: 'STS.unnamed', securityToken: 'token-1' },
];

const READ = { Effect: 'Allow', Action: 'kvstore:Describe*', Resource: '*' };

describe('the RAM policy of a principal', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench({ config: { accounts: ACCOUNTS } });
  });
  afterAll(() => bench.close());
  beforeEach(() => bench.control('POST', 'reset'));

  const use = (ramPolicy: object): Promise<ApiAnswer> =>
    bench.control('PUT', 'config', { ramPolicy });
  const callAs = (AccessKeyId: string, action: string): Promise<ApiAnswer> => {
    const SecurityToken = AccessKeyId.startsWith('STS.') ? 'token-1' : undefined;
    return bench.call(action, {}, { common: { AccessKeyId, SecurityToken } });
  };
  const isDenied = async (key: string, action = 'DescribeRegions'): Promise<boolean> =>
    (await callAs(key, action)).json.Code === 'Forbidden.RAM';
  const listDenied = async (): Promise<string[]> => {
    const keys = ACCOUNTS.map(({ accessKeyId }) => accessKeyId);
    const verdicts = await Promise.all(keys.map((key) => isDenied(key)));
    return keys.filter((_key, index) => verdicts[index]);
  };

  it('binds nobody else', async () => {
    await use({ byPrincipal: { intern: [] } });
    expect(await listDenied()).toEqual(['intern-key']);
  });

  it('stands in the place of the statements for all', async () => {
    const statements = [{ ...READ, Effect: 'Deny' }];
    await use({ statements, byPrincipal: { reader: { Version: '1', Statement: [READ] } } });
    const keys = ACCOUNTS.map(({ accessKeyId }) => accessKeyId);
    expect(await listDenied()).toEqual(keys.filter((key) => key !== 'reader-key'));
    expect(await isDenied('reader-key', 'DeleteInstance')).toBe(true);
  });

  it('does not allow what is denied to everybody', async () => {
    await use({ deny: ['DescribeRegions'], byPrincipal: { reader: [READ] } });
    expect(await listDenied()).toHaveLength(ACCOUNTS.length);
  });

  it('goes back with all others by the name of the setting', async () => {
    await use({ byPrincipal: { intern: [] } });
    await use({ byPrincipal: { reader: [] } });
    expect(await listDenied()).toEqual(['reader-key', 'intern-key']);
    await bench.control('DELETE', 'config?key=ramPolicy.byPrincipal');
    expect(await listDenied()).toEqual([]);
  });

  it.each([
    ['testid', 'Account', '1000000000000001'],
    ['reader-key', 'SubUser', 'reader'],
    ['STS.named', 'AssumedRoleUser', 'deployer:session'],
    ['STS.unnamed', 'AssumedRoleUser', 'role:session'],
  ])('denies %s as %s %s', async (key, AuthPrincipalType, AuthPrincipalDisplayName) => {
    await use({ deny: ['*'] });
    const { json } = await callAs(key, 'DescribeRegions');
    expect(json.AccessDeniedDetail).toMatchObject({
      AuthPrincipalType,
      AuthPrincipalDisplayName,
      AuthPrincipalOwnerId: KEY.accountId,
    });
  });

  it('holds for a role by its name, and for a temporary key without one as "role"', async () => {
    await use({ byPrincipal: { deployer: [], role: [] } });
    expect(await listDenied()).toEqual(['STS.named', 'STS.unnamed']);
  });
});
