import { startBench } from './api-client';
import type { Bench } from './api-client';
import { callV3 } from './v3-client';

const KEY = { accessKeySecret: 'testsecret', accountId: '1000000000000001' };

const ACCOUNTS = [
  { ...KEY, accessKeyId: 'testid' },
  { ...KEY, accessKeyId: 'disabled', isActive: false },
  { ...KEY, accessKeyId: 'STS.fresh', securityToken: 'token-1', expiresAt: '2999-01-01T00:00:00Z' },
  { ...KEY, accessKeyId: 'STS.old', securityToken: 'token-2', expiresAt: '2020-01-01T00:00:00Z' },
  { ...KEY, accessKeyId: 'user', principal: 'deployer' },
];

describe('a key', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench({ config: { accounts: ACCOUNTS } });
  });
  afterAll(() => bench.close());

  const codeFor = async (AccessKeyId: string, SecurityToken?: string): Promise<unknown> => {
    const common = { AccessKeyId, SecurityToken };
    return (await bench.call('DescribeRegions', {}, { common })).json.Code;
  };

  it.each([
    ['disabled', undefined, 'InvalidAccessKeyId.Inactive'],
    ['unknown', undefined, 'InvalidAccessKeyId.NotFound'],
    ['STS.fresh', 'token-1', undefined],
    ['STS.fresh', undefined, 'MissingSecurityToken'],
    ['STS.fresh', 'token-2', 'InvalidSecurityToken.MismatchWithAccessKey'],
    ['STS.old', 'token-2', 'InvalidSecurityToken.Expired'],
    ['testid', 'token-1', 'InvalidSecurityToken.MismatchWithAccessKey'],
  ])('%s with the token %s is answered with %s', async (key, token, code) => {
    expect(await codeFor(key, token)).toBe(code);
  });

  it('of a session works with version 3 as well', async () => {
    const { status } = await callV3({
      url: bench.url,
      headers: { 'x-acs-security-token': 'token-1' },
      accessKeyId: 'STS.fresh',
    });
    expect(status).toBe(200);
  });

  it.each([
    ['testid', undefined, 'Account', `acs:ram::${KEY.accountId}:root`],
    ['user', undefined, 'RAMUser', `acs:ram::${KEY.accountId}:user/deployer`],
    [
      'STS.fresh',
      'token-1',
      'AssumedRoleUser',
      `acs:sts::${KEY.accountId}:assumed-role/role/session`,
    ],
  ])('%s with the token %s tells that it is of %s %s', async (...row) => {
    const [AccessKeyId, SecurityToken, IdentityType, Arn] = row;
    const common = { AccessKeyId, SecurityToken };
    const { json } = await bench.call('GetCallerIdentity', { Version: '2015-04-01' }, { common });
    expect(json).toMatchObject({ AccountId: KEY.accountId, IdentityType, Arn });
    const idMember = IdentityType === 'AssumedRoleUser' ? 'RoleId' : 'UserId';
    expect(Object.keys(json).filter((name) => ['RoleId', 'UserId'].includes(name))).toEqual([
      idMember,
    ]);
  });
});
