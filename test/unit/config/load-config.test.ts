import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../../src/config/config';
import { CONFIG_DEFAULTS } from '../../../src/config/defaults';
import { toDescription } from '../../../src/config/description';
import { loadConfig } from '../../../src/config/load-config';
import { SETTINGS } from '../../../src/config/settings';

let cwd: string;

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'tairfleet-config-'));
});

afterEach(() => {
  rmSync(cwd, { recursive: true });
});

type Env = Readonly<Record<string, string>>;

function problemsOf(env: Env): readonly string[] {
  const loaded = loadConfig({ env, cwd });
  return loaded.ok ? [] : loaded.problems;
}

function configOf(env: Env, file?: string): Config {
  const loaded = loadConfig({ env, cwd, ...(file === undefined ? {} : { file }) });
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
  return loaded.config;
}

function writeConfig(text: string, name = 'tairfleet.config.yaml'): string {
  const path = join(cwd, name);
  writeFileSync(path, text);
  return path;
}

describe('loading the configuration', () => {
  it('accepts the example of a worker with tenants', () => {
    const { guards } = configOf({}, join(process.cwd(), 'deploy/tairfleet.config.example.yaml'));
    expect(guards.spendMaxByTenant).toMatchObject({ '*': { perHour: '20.00 CNY' } });
    expect(Object.keys(guards.instancesMaxByTenant)).toEqual(['payments', '*']);
  });

  it('has a default for everything', () => {
    expect(configOf({})).toEqual({ ...CONFIG_DEFAULTS, defaultAccount: 'default' });
  });

  it('lets the file change defaults and the environment change the file', () => {
    writeConfig('plan: { chunkSlots: 30, shardSlots: 600 }\nresults: { folder: /from-file }');
    const { plan, results } = configOf({ TAIRFLEET_PLAN_CHUNK_SLOTS: '45' });
    expect(plan).toEqual({ chunkSlots: 45, shardSlots: 600 });
    expect(results.folder).toBe('/from-file');
  });

  it.each([
    ['an alias of nothing', 'plan: *nobody'],
    ['aliases that unfold into a flood', toFlood()],
    ['nesting without end', '['.repeat(20_000)],
  ])('says so when a file holds %s', (_what, text) => {
    const file = writeConfig(text);
    const problems = problemsOf({});
    expect(problems[0]).toContain(file);
    expect(problems.length).toBeLessThanOrEqual(20);
  });

  it('prefers the named file, by argument before the variable', () => {
    writeConfig('installationId: in-folder');
    const named = writeConfig('installationId: by-variable', 'a.yaml');
    const given = writeConfig('installationId: by-argument', 'b.yaml');
    expect(configOf({}).installationId).toBe('in-folder');
    expect(configOf({ TAIRFLEET_CONFIG: named }).installationId).toBe('by-variable');
    expect(configOf({ TAIRFLEET_CONFIG: named }, given).installationId).toBe('by-argument');
  });

  it('is one frozen object, all the way down', () => {
    const config = configOf({});
    expect([config, config.safety, config.accounts['default']].every(Object.isFrozen)).toBe(true);
  });

  it('reads every setting from a variable of its name', () => {
    const variables = SETTINGS.map(({ variable }) => variable);
    expect(variables).toEqual(
      expect.arrayContaining([
        'TAIRFLEET_INSTALLATION_ID',
        'TAIRFLEET_CLOUD_ENDPOINT',
        'TAIRFLEET_CLOUD_RATE_PER_SECOND_START',
        'TAIRFLEET_SAFETY_SEND_WINDOW_MS',
        'TAIRFLEET_TUNING_GATE_BACK_OFF_MIN_MS',
        'TAIRFLEET_TUNING_IS_SEARCHABLE',
        'TAIRFLEET_RESULTS_FOLDER',
      ]),
    );
    for (const { key, variable, value } of toDescription(configOf({}))) {
      if (value === undefined) continue;
      const again = toDescription(configOf({ [variable]: String(value) }));
      expect(again.find((setting) => setting.key === key)?.value).toEqual(value);
    }
  });

  it('takes the list of a variable apart at its commas', () => {
    const { webhooks, secrets } = configOf({
      TAIRFLEET_WEBHOOKS_PRIVATE_NETWORKS: '10.20.0.0/16, fd00::/8',
      TAIRFLEET_SECRETS_FOLDERS: '/run/secrets',
    });
    expect(webhooks.privateNetworks).toEqual(['10.20.0.0/16', 'fd00::/8']);
    expect(secrets.folders).toEqual(['/run/secrets']);
  });

  it('counts an empty variable as not set', () => {
    expect(configOf({ TAIRFLEET_PLAN_CHUNK_SLOTS: ' ' }).plan.chunkSlots).toBe(90);
  });

  it('has no account but those of the file, and a single one is the default', () => {
    writeConfig('accounts: { prod: { accessKeyIdEnv: PROD_ID, accessKeySecretEnv: PROD_SECRET } }');
    const { accounts, defaultAccount } = configOf({});
    expect(Object.keys(accounts)).toEqual(['prod']);
    expect(defaultAccount).toBe('prod');
  });
});

describe('a wrong configuration', () => {
  it.each([
    [{ TAIRFLEET_PLAN_CHUNK_SLOTS: '301' }, /^TAIRFLEET_PLAN_CHUNK_SLOTS: .*300/],
    [{ TAIRFLEET_PLAN_CHUNK_SLOTS: '1e2' }, /^TAIRFLEET_PLAN_CHUNK_SLOTS: must be a number/],
    [{ TAIRFLEET_PLAN_CHUNK_SLOTS: '30s' }, /^TAIRFLEET_PLAN_CHUNK_SLOTS: must be a number/],
    [{ TAIRFLEET_GUARDS_PREPAID_ALLOWED: 'yes' }, /must be true or false/],
    [{ TAIRFLEET_LOG_LEVEL: 'loud' }, /^TAIRFLEET_LOG_LEVEL: /],
    [{ TAIRFLEET_INSTALLATION_ID: 'a/b' }, /^TAIRFLEET_INSTALLATION_ID: must be 1 to 64/],
    [
      { TAIRFLEET_CLOUD_ENDPOINT: 'ftp://x' },
      /^TAIRFLEET_CLOUD_ENDPOINT: must be an http or https/,
    ],
    [
      { TAIRFLEET_WEBHOOKS_PRIVATE_NETWORKS: '10.20.0.1' },
      /^TAIRFLEET_WEBHOOKS_PRIVATE_NETWORKS: must be a network such as/,
    ],
    [{ TAIRFLEET_SECRETS_FOLDERS: '/' }, /^TAIRFLEET_SECRETS_FOLDERS: must be an absolute path/],
    [
      { TAIRFLEET_SECRETS_ENV_PREFIXES: 'hunter2' },
      /^TAIRFLEET_SECRETS_ENV_PREFIXES: must be the name of/,
    ],
    [{ TAIRFLEET_DEFAULT_ACCOUNT: 'prod' }, /^TAIRFLEET_DEFAULT_ACCOUNT: must be one of/],
    [
      { TAIRFLEET_SAFETY_COMIT_LAG_MS: '60000' },
      /^TAIRFLEET_SAFETY_COMIT_LAG_MS: is no setting; did you mean TAIRFLEET_SAFETY_COMMIT_LAG_MS\?$/,
    ],
  ])('names the variable: %j', (env, line) => {
    expect(problemsOf(env)).toEqual([expect.stringMatching(line)]);
  });

  it('leaves variables alone that are not settings of ours', () => {
    expect(problemsOf({ TAIRFLEET_READY_LINE: '1', TAIRFLEETS: 'x', PATH: '/bin' })).toEqual([]);
  });

  it('never repeats a value of the environment', () => {
    const secret = 'LTAI5tSecret';
    const env = Object.fromEntries(SETTINGS.map(({ variable }) => [variable, `${secret} @`]));
    const problems = problemsOf(env);
    expect(problems.length).toBeGreaterThan(20);
    expect(problems.join('\n')).not.toContain(secret);
  });

  it('names the file, and suggests the key that was meant', () => {
    const path = writeConfig('tuning: { chunksInFlihgt: 5 }\nplan: { chunkSlots: many }');
    expect(problemsOf({})).toEqual(
      expect.arrayContaining([
        `${path}: tuning.chunksInFlihgt: is no setting; did you mean chunksInFlight?`,
        expect.stringMatching(/tairfleet\.config\.yaml: plan\.chunkSlots: /),
      ]),
    );
  });

  it.each([
    ['a: [', /tairfleet\.config\.yaml:\d+:\d+: /],
    ['plan: {}\nplan: {}', /tairfleet\.config\.yaml:2:1: /],
    ['- a', /must be an object with keys/],
    ['plan:', /plan: /],
    ['"__proto__": { safety: 1 }', /__proto__: is no setting/],
  ])('says of the file %j what is wrong', (text, line) => {
    writeConfig(text);
    expect(problemsOf({})).toEqual(expect.arrayContaining([expect.stringMatching(line)]));
  });

  it('says that a named file is not there', () => {
    expect(problemsOf({ TAIRFLEET_CONFIG: join(cwd, 'none.yaml') })).toEqual([
      expect.stringMatching(/none\.yaml: cannot be read/),
    ]);
  });

  it.each(['LTAI5tAbCdEf', 'my secret', 'a1b2'])('takes no key for the name of one: %p', (key) => {
    writeConfig(`accounts: { prod: { accessKeyIdEnv: "${key}", accessKeySecretEnv: B } }`);
    const problems = problemsOf({});
    expect(problems).toEqual([
      expect.stringMatching(/must be the name of an environment variable/),
    ]);
    expect(problems.join('')).not.toContain(key);
  });

  it('refuses two names for one set of keys, since tokens hold the name', () => {
    writeConfig('accounts: { a: {}, b: {} }\ndefaultAccount: a');
    expect(problemsOf({})).toEqual([expect.stringMatching(/accounts\.b: has the same keys as a/)]);
  });
});

/** Each line stands for ten of the line before. */
function toFlood(): string {
  const lines = Array.from({ length: 9 }, (_, line) => {
    return `l${line + 1}: &l${line + 1} [${Array(10).fill(`*l${line}`).join()}]`;
  });
  return ['l0: &l0 [x]', ...lines].join('\n');
}
