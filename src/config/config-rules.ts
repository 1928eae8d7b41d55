import { parsePrice } from '../domain/price';
import { isLoopbackHost, isLoopbackUrl } from '../domain/loopback';
import { listShortened, SETTLE_DEFAULTS } from '../domain/settle-time';
import { isPathEntry } from '../domain/tenant-secrets';
import { isOnlyLoopback, listCloudEndpoints } from './cloud-endpoints';
import type { Config } from './config';

/** A rule that a configuration breaks. */
export interface BrokenRule {
  /** The setting to look at first. */
  readonly path: readonly string[];
  readonly message: string;
}

/** The rules between settings, as far as a configuration breaks them. */
export function listBrokenRules(config: Config): BrokenRule[] {
  return [
    ...checkSettleTime(config),
    ...checkPlainHttp(config),
    ...checkAccounts(config),
    ...checkTenants(config),
    ...checkSpend(config),
    ...checkSecrets(config),
    ...checkOrder(config),
    ...checkAttempt(config),
    ...checkShards(config),
    ...checkServer(config),
  ];
}

/** Rule R13: against a real service every part of the settle time has at least its safe length. */
function checkSettleTime(config: Config): BrokenRule[] {
  if (isOnlyLoopback(config)) return [];
  return listShortened(config.safety).map((part) => ({
    path: ['safety', part],
    message:
      `must be at least ${SETTLE_DEFAULTS[part]} unless every cloud endpoint is loopback, ` +
      'since a shorter wait could buy twice (rule R13 in docs/safety.md). Remove it',
  }));
}

function checkPlainHttp(config: Config): BrokenRule[] {
  if (config.cloud.allowPlainHttp) return [];
  const plain = listCloudEndpoints(config).filter(
    (url) => url?.toLowerCase().startsWith('http:') && !isLoopbackUrl(url),
  );
  if (plain.length === 0) return [];
  const message = 'is plain HTTP that leaves this host; use https, or set cloud.allowPlainHttp';
  return [{ path: ['cloud', 'endpoint'], message }];
}

function checkAccounts({ accounts, defaultAccount }: Config): BrokenRule[] {
  const names = Object.keys(accounts);
  const broken: BrokenRule[] = [];
  if (names.length === 0) {
    broken.push({ path: ['accounts'], message: 'must hold at least one account' });
  }
  if (defaultAccount !== undefined && !names.includes(defaultAccount)) {
    const message = `must be one of the accounts: ${names.join(', ')}`;
    broken.push({ path: ['defaultAccount'], message });
  }
  const owners = new Map<string, string>();
  for (const [name, { credentials, accessKeyIdEnv }] of Object.entries(accounts)) {
    const keys = credentials === 'chain' ? 'chain' : accessKeyIdEnv;
    const owner = owners.get(keys);
    if (owner === undefined) owners.set(keys, name);
    else {
      const message = `has the same keys as ${owner} (${keys}); one account has one name`;
      broken.push({ path: ['accounts', name], message });
    }
  }
  return broken;
}

/** A mistyped account would lock a tenant out of what it may use. */
function checkTenants({ accounts, guards }: Config): BrokenRule[] {
  const names = Object.keys(accounts);
  return Object.entries(guards.accountsByTenant).flatMap(([tenant, allowed]) =>
    allowed
      .filter((account) => !names.includes(account))
      .map((account) => ({
        path: ['guards', 'accountsByTenant', tenant],
        message: `names '${account}', which is not one of the accounts: ${names.join(', ')}`,
      })),
  );
}

/** What no request may name, no tenant may: an entry without effect is a mistyped one. */
function checkSecrets({ secrets }: Config): BrokenRule[] {
  const { envPrefixes, folders, byTenant } = secrets;
  const isOpen = (entry: string) =>
    isPathEntry(entry)
      ? folders.some((folder) => `${entry}/`.startsWith(`${folder.replace(/\/$/, '')}/`))
      : envPrefixes.some((prefix) => entry.startsWith(prefix));
  return Object.entries(byTenant).flatMap(([tenant, entries]) =>
    entries
      .filter((entry) => !isOpen(entry))
      .map((entry) => ({
        path: ['secrets', 'byTenant', tenant],
        message: `names '${entry}', which neither secrets.envPrefixes nor secrets.folders opens`,
      })),
  );
}

/** An entry that bounds nothing looks like a cap, and an assumption in another currency never helps. */
function checkSpend({ guards }: Config): BrokenRule[] {
  return Object.entries(guards.spendMaxByTenant).flatMap(([tenant, cap]) => {
    const path = ['guards', 'spendMaxByTenant', tenant];
    if (cap.perHour === undefined && cap.prepaid === undefined) {
      return [{ path, message: 'must give perHour, prepaid, or both, such as perHour: 40.00 CNY' }];
    }
    const pairs = [
      [cap.perHour, cap.assumedPerHour, 'assumedPerHour'],
      [cap.prepaid, cap.assumedPrepaid, 'assumedPrepaid'],
    ] as const;
    return pairs.flatMap(([max, assumed, key]) => {
      if (assumed === undefined) return [];
      if (max !== undefined && toCurrency(max) === toCurrency(assumed)) return [];
      return [{ path: [...path, key], message: 'must be in the currency of the amount it is for' }];
    });
  });
}

function toCurrency(price: string): string | undefined {
  return parsePrice(price)?.currency;
}

/** Pairs of which the first must not be larger. */
function checkOrder({ tuning, readiness, cloud, worker }: Config): BrokenRule[] {
  const pairs = [
    [tuning, ['tuning'], 'roundBackOffMinMs', 'roundBackOffMaxMs'],
    [tuning, ['tuning'], 'gateBackOffMinMs', 'gateBackOffMaxMs'],
    [tuning, ['tuning'], 'createAttemptMs', 'createBudgetMs'],
    [readiness, ['readiness'], 'pollMinMs', 'pollMaxMs'],
    [cloud.ratePerSecond, ['cloud', 'ratePerSecond'], 'start', 'max'],
    [worker, ['worker'], 'shutdownGraceMs', 'shutdownForceMs'],
  ] as const;
  return pairs.flatMap(([section, path, least, most]) => {
    const values = section as unknown as Readonly<Record<string, number>>;
    if (values[least]! <= values[most]!) return [];
    const message = `must not be larger than ${[...path, most].join('.')} (${values[most]})`;
    return [{ path: [...path, least], message }];
  });
}

/** Cut off in its last call, an attempt would lose the ids that it has just paid for. */
function checkAttempt({ tuning, safety, cloud }: Config): BrokenRule[] {
  const needed = safety.sendWindowMs + cloud.callTimeoutMs;
  if (tuning.createAttemptMs > needed) return [];
  const message = `must be longer than safety.sendWindowMs and cloud.callTimeoutMs together (${needed})`;
  return [{ path: ['tuning', 'createAttemptMs'], message }];
}

/** Shards are counted by four digits of every name, and each group may end with a part of one. */
function checkShards({ plan, guards }: Config): BrokenRule[] {
  const broken: BrokenRule[] = [];
  if (plan.chunkSlots > plan.shardSlots) {
    const message = `must not be larger than plan.shardSlots (${plan.shardSlots})`;
    broken.push({ path: ['plan', 'chunkSlots'], message });
  }
  const least = Math.ceil(guards.slotsPerBatchMax / SHARDS_MAX);
  if (plan.shardSlots < least) {
    const message = `must be at least ${least} for batches of guards.slotsPerBatchMax slots`;
    broken.push({ path: ['plan', 'shardSlots'], message });
  }
  return broken;
}

/** Half of what four digits count, which leaves room for the groups' last shards. */
const SHARDS_MAX = 5_000;

/** Rules of the HTTP API: it is never open to others, and believes no keys that came in the clear. */
function checkServer({ server }: Config): BrokenRule[] {
  const { host, authentication, jwt } = server;
  const broken: BrokenRule[] = [];
  if (authentication === 'none' && !isLoopbackHost(host)) {
    const message =
      `must be required while server.host is ${host}, which is not a loopback address: ` +
      'everybody who reaches it could order. Give server.keysFile or server.jwt';
    broken.push({ path: ['server', 'authentication'], message });
  }
  if (jwt.jwksUrl === undefined) return broken;
  if (!/^https:/i.test(jwt.jwksUrl) && !isLoopbackUrl(jwt.jwksUrl)) {
    const message = 'must be https: whoever can change the keys on the way can let himself in';
    broken.push({ path: ['server', 'jwt', 'jwksUrl'], message });
  }
  for (const key of ['issuer', 'audience'] as const) {
    if (jwt[key] !== undefined) continue;
    const message = 'is missing; a token that was made for somebody else must not be let in';
    broken.push({ path: ['server', 'jwt', key], message });
  }
  return broken;
}
