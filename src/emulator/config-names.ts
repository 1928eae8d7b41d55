import type { Account } from './accounts';
import { listOperations } from './actions/action-table';
import type { EmulatorConfig } from './config';
import { INSTANCE_STATUSES } from './instance-life';
import { sayUnknown } from './nearest-word';

/** The names that one setting is made of, and those that mean something. */
interface NamedSetting {
  readonly setting: keyof EmulatorConfig;
  /** What a name of it names. */
  readonly what: string;
  used(config: EmulatorConfig): readonly string[];
  known(config: EmulatorConfig, accounts: readonly Account[]): readonly string[];
}

const NAMED_SETTINGS: readonly NamedSetting[] = [
  {
    ...{ setting: 'closedZones', what: 'zone', known: listZones },
    used: ({ closedZones }) => closedZones,
  },
  { ...{ setting: 'stock', what: 'zone', known: listZones }, used: ({ stock }) => keysOf(stock) },
  {
    ...{
      setting: 'stock',
      what: 'class',
      used: ({ stock }) => Object.values(stock).flatMap(keysOf),
    },
    known: ({ world }) => ['*', ...world.classes.map(({ name }) => name)],
  },
  {
    ...{ setting: 'freeIps', what: 'vSwitch', used: ({ freeIps }) => keysOf(freeIps) },
    known: ({ world }) => world.vSwitches.map(({ id }) => id),
  },
  {
    ...{ setting: 'quotaByAccount', what: 'account', known: listAccountIds },
    used: ({ quotaByAccount }) => keysOf(quotaByAccount),
  },
  {
    ...{ setting: 'balanceByAccount', what: 'account', known: listAccountIds },
    used: ({ balanceByAccount }) => keysOf(balanceByAccount),
  },
  {
    ...{ setting: 'rateLimits', what: 'operation', known: listOperations },
    used: ({ rateLimits }) => keysOf(rateLimits),
  },
  {
    ...{ setting: 'ramPolicy', what: 'operation', used: ({ ramPolicy }) => ramPolicy.deny },
    known: () => ['*', ...listOperations()],
  },
  {
    ...{ setting: 'deletableStatuses', what: 'status', known: () => INSTANCE_STATUSES },
    used: ({ deletableStatuses }) => deletableStatuses,
  },
];

/**
 * A name in the config that means nothing would change nothing, and a test of it would pass in vain.
 * What was there before may stay, so that a config that was read can be put back: a world may have
 * been replaced since.
 *
 * @param accounts - those that the emulator was started with
 * @returns a sentence about the first unknown name, with the nearest known one
 */
export function findUnknownName(
  config: EmulatorConfig,
  before: EmulatorConfig,
  accounts: readonly Account[],
): string | undefined {
  for (const { setting, what, used, known } of NAMED_SETTINGS) {
    const names = [...known(config, accounts)];
    const accepted = new Set([...names, ...used(before)]);
    const unknown = used(config).find((name) => !accepted.has(name));
    if (unknown !== undefined) return `${setting}: ${sayUnknown(what, unknown, names)}`;
  }
  return undefined;
}

function listZones({ world }: EmulatorConfig): readonly string[] {
  return world.regions.flatMap(({ zones }) => zones.map(({ id }) => id));
}

function listAccountIds(_config: EmulatorConfig, accounts: readonly Account[]): readonly string[] {
  return [...new Set(accounts.map(({ accountId }) => accountId))];
}

function keysOf(value: object): readonly string[] {
  return Object.keys(value);
}
