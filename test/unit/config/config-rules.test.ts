import type { Config } from '../../../src/config/config';
import { listBrokenRules } from '../../../src/config/config-rules';
import { CONFIG_DEFAULTS } from '../../../src/config/defaults';
import { listShortened } from '../../../src/domain/settle-time';

const LOCAL = 'http://127.0.0.1:8080';
const REAL = 'https://r-kvstore.aliyuncs.com';
const SHORT = { ...CONFIG_DEFAULTS.safety, visibilityLagMs: 1_000 };

function brokenOf(changes: Partial<Config>): string[] {
  return listBrokenRules({ ...CONFIG_DEFAULTS, ...changes }).map(({ path }) => path.join('.'));
}

function withEndpoints(endpoint?: string, account: object = {}): Partial<Config> {
  return {
    cloud: { ...CONFIG_DEFAULTS.cloud, ...(endpoint === undefined ? {} : { endpoint }) },
    accounts: { default: { ...CONFIG_DEFAULTS.accounts['default']!, ...account } },
  };
}

describe('a shortened settle time (rule R13)', () => {
  it.each([
    ['no endpoint at all', withEndpoints()],
    ['a real endpoint', withEndpoints(REAL)],
    ['a host that only looks local', withEndpoints('https://localhost.example.com')],
    ['one region elsewhere', withEndpoints(LOCAL, { endpoints: { 'cn-beijing': REAL } })],
    ['only one region here', withEndpoints(undefined, { endpoints: { 'cn-beijing': LOCAL } })],
  ])('is refused with %s', (_name, changes) => {
    expect(brokenOf({ ...changes, safety: SHORT })).toEqual(['safety.visibilityLagMs']);
  });

  it.each([
    ['the cloud endpoint', withEndpoints(LOCAL)],
    ['the cloud endpoint before that of an account', withEndpoints(LOCAL, { endpoint: REAL })],
    ['the endpoint of the account', withEndpoints(undefined, { endpoint: LOCAL })],
  ])('is allowed when %s is loopback', (_name, changes) => {
    expect(brokenOf({ ...changes, safety: SHORT })).toEqual([]);
  });

  it('names every part that is too short, also when another one is longer', () => {
    const safety = {
      ...SHORT,
      commitLagMs: 0,
      clockSkewMs: 0,
      signatureValidityMs: 0,
      timerMarginMs: 0,
      sendWindowMs: 80_000,
    };
    const broken = listBrokenRules({ ...CONFIG_DEFAULTS, safety });
    expect(broken.map(({ path }) => path[1])).toEqual(listShortened(safety));
    expect(broken).toHaveLength(5);
    expect(broken[0]!.message).toContain('R13');
  });
});

describe('the other rules between settings', () => {
  it('are kept by the defaults', () => {
    expect(brokenOf({})).toEqual([]);
  });

  it('keep plain HTTP on this host unless told otherwise', () => {
    const abroad = withEndpoints('http://10.0.0.7');
    expect(brokenOf(abroad)).toEqual(['cloud.endpoint']);
    expect(brokenOf({ cloud: { ...abroad.cloud!, allowPlainHttp: true } })).toEqual([]);
    expect(brokenOf(withEndpoints(LOCAL))).toEqual([]);
  });

  it('give an attempt time for its last call', () => {
    const tuning = { ...CONFIG_DEFAULTS.tuning, createAttemptMs: 120_000 };
    expect(brokenOf({ tuning })).toEqual(['tuning.createAttemptMs']);
  });

  it.each([
    ['roundBackOffMinMs', { roundBackOffMinMs: 61_000 }],
    ['gateBackOffMinMs', { gateBackOffMaxMs: 1_000 }],
    ['createAttemptMs', { createBudgetMs: 140_000 }],
  ])('keep the order of tuning.%s', (key, changes) => {
    const tuning = { ...CONFIG_DEFAULTS.tuning, ...changes };
    expect(brokenOf({ tuning })).toEqual([`tuning.${key}`]);
  });

  it.each([
    ['', {}],
    ['.assumedPerHour', { perHour: '40 CNY', assumedPerHour: '0.50 USD' }],
    ['.assumedPrepaid', { perHour: '40 CNY', assumedPrepaid: '300 CNY' }],
  ])('make a spend cap bound something, in one currency%s', (key, cap) => {
    const good = { perHour: '40 CNY', assumedPerHour: '0.50 CNY', prepaid: '9000 CNY' };
    const guards = { ...CONFIG_DEFAULTS.guards, spendMaxByTenant: { payments: cap, games: good } };
    expect(brokenOf({ guards })).toEqual([`guards.spendMaxByTenant.payments${key}`]);
  });

  it('keep a chunk within its shard, and the shards within their four digits', () => {
    const guards = { ...CONFIG_DEFAULTS.guards, slotsPerBatchMax: 10_000_000 };
    expect(brokenOf({ plan: { chunkSlots: 90, shardSlots: 60 } })).toEqual(['plan.chunkSlots']);
    expect(brokenOf({ guards, plan: { chunkSlots: 90, shardSlots: 1_999 } })).toEqual([
      'plan.shardSlots',
    ]);
  });

  it('let the table of tenants name only accounts that there are', () => {
    const { guards } = CONFIG_DEFAULTS;
    const of = (allowed: readonly string[]) => ({
      guards: { ...guards, accountsByTenant: { payments: allowed } },
    });
    expect(brokenOf(of(['default']))).toEqual([]);
    expect(brokenOf(of(['default', 'defualt']))).toEqual(['guards.accountsByTenant.payments']);
  });
});

describe('the secrets of tenants', () => {
  it('are among those that are open to requests', () => {
    const { secrets } = CONFIG_DEFAULTS;
    const of = (...entries: readonly string[]) => ({
      secrets: { ...secrets, byTenant: { payments: entries } },
    });
    expect(brokenOf(of('TAIRFLEET_SECRET_PAYMENTS_', '/run/secrets', '/run/secrets/pay'))).toEqual(
      [],
    );
    expect(brokenOf(of('ALIBABA_CLOUD_'))).toEqual(['secrets.byTenant.payments']);
    expect(brokenOf(of('/run/secrets-2'))).toEqual(['secrets.byTenant.payments']);
  });
});

describe('the HTTP API', () => {
  const withServer = (server: Partial<Config['server']>): Partial<Config> => ({
    server: { ...CONFIG_DEFAULTS.server, ...server },
  });
  const jwt = {
    ...CONFIG_DEFAULTS.server.jwt,
    ...{ jwksUrl: 'https://id.example/keys', issuer: 'https://id.example', audience: 'tairfleet' },
  };

  it.each(['0.0.0.0', '::', '10.0.0.1', 'localhost.example.com'])('is never open on %s', (host) => {
    const open = withServer({ host, authentication: 'none' });
    expect(brokenOf(open)).toEqual(['server.authentication']);
    expect(brokenOf(withServer({ host }))).toEqual([]);
  });

  it.each(['127.0.0.1', '::1', 'localhost'])('may be open on %s', (host) => {
    expect(brokenOf(withServer({ host, authentication: 'none' }))).toEqual([]);
  });

  it('believes no keys that came in the clear, and no token that was made for others', () => {
    expect(brokenOf(withServer({ jwt }))).toEqual([]);
    expect(brokenOf(withServer({ jwt: { ...jwt, jwksUrl: 'http://id.example/keys' } }))).toEqual([
      'server.jwt.jwksUrl',
    ]);
    const { jwksUrl } = jwt;
    const bare = { ...CONFIG_DEFAULTS.server.jwt, jwksUrl };
    expect(brokenOf(withServer({ jwt: bare }))).toEqual([
      'server.jwt.issuer',
      'server.jwt.audience',
    ]);
  });
});
