import { parse } from 'yaml';
import { SEARCH_ATTRIBUTES } from '../../src/contract/search-attributes';
import { isOnlyEmulator } from '../../src/config/cloud-endpoints';
import type { Config } from '../../src/config/config';
import { loadConfig } from '../../src/config/load-config';
import { readApiKeys } from '../../src/api/auth/api-keys';
import { CONFIG_DEFAULTS } from '../../src/config/defaults';
import { listFiles, readText } from '../support/repository';

/** Of what docker-compose.yml says of a service; the rest is checked by docker itself. */
interface Service {
  readonly image: string;
  readonly build?: string;
  readonly command?: readonly string[];
  readonly restart: string;
  readonly env_file?: readonly unknown[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly healthcheck?: object;
  readonly stop_grace_period?: string;
  readonly deploy?: { readonly resources: { readonly limits: object } };
}

const compose = parse(readText('docker-compose.yml'), { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>;
};
const services = Object.entries(compose.services);
const versions = readVariables('.env');

function readVariables(file: string): Record<string, string> {
  const lines = [...readText(file).matchAll(/^(\w+)=(.*)$/gm)];
  return Object.fromEntries(lines.map(([, name, value]) => [name!, value!]));
}

/** The settings of the API, with a file for an own account or without. */
function loadComposedServer(ownAccountFile?: string): Config {
  const env = {
    ...readVariables('deploy/emulator.env'),
    ...(ownAccountFile === undefined ? {} : readVariables(ownAccountFile)),
    ...compose.services['serve']!.environment,
  };
  const loaded = loadConfig({ env });
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
  return loaded.config;
}

function namesWhere(isWrong: (service: Service) => boolean): string[] {
  return services.filter(([, service]) => isWrong(service)).map(([name]) => name);
}

test('Every image that is fetched has a version that is pinned in .env.', () => {
  const unpinned = namesWhere(({ image, build }) => {
    const variable = /^[\w./-]+:\$\{(\w+)\}$/.exec(image)?.[1] ?? '';
    return build === undefined && !/^v?\d+\.\d+/.test(versions[variable] ?? '');
  });
  expect(unpinned).toEqual([]);
});

test('Nothing listens beyond this machine.', () => {
  expect(
    namesWhere(({ ports = [] }) => ports.some((port) => !port.startsWith('127.0.0.1:'))),
  ).toEqual([]);
});

test('Every service is limited, and every one that stays has a health check.', () => {
  expect(namesWhere(({ deploy }) => deploy?.resources.limits === undefined)).toEqual([]);
  const isJob = ({ restart }: Service): boolean => restart.startsWith('on-failure');
  expect(namesWhere((service) => !isJob(service) && service.healthcheck === undefined)).toEqual([]);
});

test('No secret stands in a committed file: only references, empty places and the test key.', () => {
  // What git ignores is where secrets belong.
  const committed = listFiles('deploy', '').filter(
    (file) => !/(postgres|worker|server)\.env$/.test(file),
  );
  const texts = ['.env', 'docker-compose.yml', ...committed].map(readText).join('\n');
  const values = [...texts.matchAll(/^\s*(\w*(?:PASSWORD|PWD|SECRET|TOKEN)\w*)[=:] ?(.*)$/gm)]
    .map(([, , value]) => value!)
    .filter((value) => !['', "''"].includes(value) && !value.startsWith('${'));
  expect(values).toEqual(['testsecret']);
});

test('Both servers get every search attribute that a worker asks for.', () => {
  const args = compose.services['temporal-dev']?.command ?? [];
  const script = readText('deploy/temporal/set-up-namespace.sh');
  for (const { name, type } of SEARCH_ATTRIBUTES) {
    expect(args).toContain(`--search-attribute=${name}=${type}`);
    expect(script).toContain(`--name ${name} --type ${type}`);
  }
});

test('The settings of the composed worker are valid, and lead to the emulator.', () => {
  const env = { ...readVariables('deploy/emulator.env'), TAIRFLEET_HEALTH_PORT: '8089' };
  const loaded = loadConfig({ env });
  expect(loaded).toMatchObject({
    ok: true,
    config: { cloud: { endpoint: 'http://emulator:8900' } },
  });
});

test('A file for an own account clears everything that leads to the emulator.', () => {
  const example = readVariables('deploy/worker.env.example');
  const env = { ...readVariables('deploy/emulator.env'), ...example };
  const loaded = loadConfig({ env });
  expect(loaded).toMatchObject({ ok: true, config: { cloud: { allowPlainHttp: false } } });
  expect(loaded.ok && loaded.config.cloud.endpoint).toBeUndefined();
  expect(Object.keys(example)).toEqual(
    expect.arrayContaining(Object.keys(readVariables('deploy/emulator.env'))),
  );
});

test('A stopped worker has the time that its own settings give it, before it is killed.', () => {
  const graceMs = Number.parseInt(compose.services['worker']?.stop_grace_period ?? '', 10) * 1_000;
  expect(graceMs).toBeGreaterThan(CONFIG_DEFAULTS.worker.shutdownForceMs);
});

test('The key that its file names is let in by the composed API, as an operator of one tenant.', () => {
  const file = readText(versions['SERVER_KEYS_FILE'] ?? '');
  const key = /tfk_\w+/.exec(file)?.[0] ?? '';
  expect(readApiKeys(file, true).find(key, Date.now())).toEqual({
    name: 'key:local',
    role: 'operator',
    tenants: ['default'],
  });
  const { environment } = compose.services['serve']!;
  const config = loadComposedServer();
  expect(config.server).toMatchObject({
    authentication: 'required',
    keysFile: environment!['TAIRFLEET_SERVER_KEYS_FILE'],
  });
  expect(isOnlyEmulator(config)).toBe(true);
});

test('The key of the example is refused by the composed API once the worker has an own account.', () => {
  expect(isOnlyEmulator(loadComposedServer('deploy/worker.env.example'))).toBe(false);
});

test('The composed API gets what the worker is told, but not the keys of its account.', () => {
  const { env_file: files } = compose.services['worker']!;
  expect(compose.services['serve']!.env_file!.slice(0, files!.length)).toEqual(files);
  const keys = Object.keys(readVariables('deploy/worker.env.example')).filter((name) =>
    name.startsWith('ALIBABA_CLOUD_'),
  );
  for (const name of [...keys, 'ALIBABA_CLOUD_SECURITY_TOKEN']) {
    expect(compose.services['serve']!.environment).toHaveProperty(name, '');
  }
});

test('Prometheus reads worker and API where they show their metrics.', () => {
  const { scrape_configs: jobs } = parse(readText('deploy/prometheus/prometheus.yml')) as {
    scrape_configs: { static_configs: { targets: string[] }[] }[];
  };
  const targets = jobs.flatMap((job) => job.static_configs.flatMap((one) => one.targets));
  const shown = services
    .filter(([, { environment }]) => environment?.['TAIRFLEET_METRICS_HOST'] === '0.0.0.0')
    .map(([name, { environment }]) => `${name}:${environment?.['TAIRFLEET_METRICS_PORT']}`);
  expect(shown.sort()).toEqual(targets.sort());
});

test('The namespace keeps closed runs for a day or more (assumption A6).', () => {
  const retention = compose.services['temporal-namespace']?.environment?.['RETENTION'] ?? '';
  expect(retention).toMatch(/^[1-9]\d*d$/);
});
