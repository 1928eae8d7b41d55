import type { EmulatorState } from '../emulator-state';
import type { InstanceSpec } from '../instance';
import type { GivenSettings } from '../instance-settings';
import { canPay, spend } from '../money';
import type { Purchase } from '../money';
import { createRefusal } from '../refusal';
import type { Refusal } from '../refusal';

/** A number of instances of one spec. */
export interface OrderLine {
  readonly spec: InstanceSpec;
  readonly quantity: number;
  /** What the operations for one instance set at creation. */
  readonly given?: GivenSettings;
}

/**
 * What the account and the zones can refuse, in the order account, quota, stock, addresses, money.
 * Texts are those of the CreateInstances page (2025-03-27), save for the exhausted vSwitch, which
 * has no documented code: it carries the one of the sibling product RDS.
 */
export function checkAccount(
  lines: readonly OrderLine[],
  state: EmulatorState,
): Refusal | undefined {
  return (
    checkStanding(state) ??
    checkQuota(lines, state) ??
    checkStock(lines, state) ??
    checkFreeIps(lines, state) ??
    checkBalance(lines, state)
  );
}

/** Takes what the order uses out of stock, addresses and balance. */
export function takeResources(lines: readonly OrderLine[], state: EmulatorState): void {
  addToCounters(countByStock(lines, state), -1);
  addToCounters(countByVSwitch(lines, state), -1);
  for (const purchase of toPurchases(lines)) spend(purchase, state);
}

/** Gives back stock and address of a released instance. Money is not refunded. */
export function giveBackResources(spec: InstanceSpec, state: EmulatorState): void {
  const lines = [{ spec, quantity: 1 }];
  addToCounters(countByStock(lines, state), 1);
  addToCounters(countByVSwitch(lines, state), 1);
}

function checkStanding({ config }: EmulatorState): Refusal | undefined {
  if (!config.realNameVerified) {
    return createRefusal(
      403,
      'RealNameAuthenticationError',
      'Your account has not passed the real-name authentication yet.',
    );
  }
  if (config.financeUser) {
    return createRefusal(
      400,
      'ResourceNotAvailable',
      'Resource you requested is not available for finance user.',
    );
  }
  return config.paymentMethodRegistered
    ? undefined
    : createRefusal(
        400,
        'PaymentMethodNotFound',
        'No payment method has been registered on the account.',
      );
}

function checkQuota(lines: readonly OrderLine[], state: EmulatorState): Refusal | undefined {
  const { quotaCode, quotaByAccount } = state.config;
  const postPaid = lines.filter(({ spec }) => spec.chargeType === 'PostPaid');
  const accountId = postPaid[0]?.spec.accountId;
  if (accountId === undefined) return undefined;
  const quota = accountId in quotaByAccount ? quotaByAccount[accountId] : state.config.quota;
  if (typeof quota !== 'number') return undefined;
  const asked = postPaid.reduce((sum, { quantity }) => sum + quantity, 0);
  if (state.store.countLivingPostPaid(accountId) + asked <= quota) return undefined;
  // The page writes "exceeded" for one code and "exceed" for the other.
  return quotaCode === 'QuotaExceed'
    ? createRefusal(400, quotaCode, 'Living afterpay instances quota exceed.')
    : createRefusal(400, quotaCode, 'Living afterpay instances quota exceeded.');
}

function checkStock(lines: readonly OrderLine[], state: EmulatorState): Refusal | undefined {
  if (isEnough(countByStock(lines, state))) return undefined;
  return createRefusal(400, 'QuotaNotEnough', 'Quota not enough in this zone.');
}

function checkFreeIps(lines: readonly OrderLine[], state: EmulatorState): Refusal | undefined {
  if (isEnough(countByVSwitch(lines, state))) return undefined;
  return createRefusal(
    400,
    'VswitchIpExhausted',
    'The specified vSwitch does not have enough IP addresses.',
  );
}

function checkBalance(lines: readonly OrderLine[], state: EmulatorState): Refusal | undefined {
  if (toPurchases(lines).every((purchase) => canPay(purchase, state))) return undefined;
  return createRefusal(400, 'InsufficientBalance', 'Your account does not have enough balance.');
}

/** An order is of one account; none when it orders nothing. */
function toPurchases(lines: readonly OrderLine[]): readonly Purchase[] {
  const accountId = lines[0]?.spec.accountId;
  const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  return accountId === undefined ? [] : [{ accountId, units }];
}

/** One live counter of the config, and how much of it an order needs. */
interface Need {
  readonly counters: Record<string, number | null>;
  readonly key: string;
  units: number;
}

function countByStock(lines: readonly OrderLine[], state: EmulatorState): Need[] {
  return collectNeeds(lines, ({ zoneId, instanceClass }) => {
    const counters = state.config.stock[zoneId];
    if (counters === undefined) return undefined;
    return { counters, key: instanceClass in counters ? instanceClass : '*' };
  });
}

function countByVSwitch(lines: readonly OrderLine[], state: EmulatorState): Need[] {
  const counters = state.config.freeIps;
  return collectNeeds(lines, ({ vSwitchId }) => ({ counters, key: vSwitchId }));
}

function collectNeeds(
  lines: readonly OrderLine[],
  locate: (spec: InstanceSpec) => Pick<Need, 'counters' | 'key'> | undefined,
): Need[] {
  const needs: Need[] = [];
  for (const { spec, quantity } of lines) {
    const place = locate(spec);
    if (place === undefined || typeof place.counters[place.key] !== 'number') continue;
    const known = needs.find((n) => n.counters === place.counters && n.key === place.key);
    if (known === undefined) needs.push({ ...place, units: quantity });
    else known.units += quantity;
  }
  return needs;
}

function isEnough(needs: readonly Need[]): boolean {
  return needs.every(({ counters, key, units }) => (counters[key] ?? Infinity) >= units);
}

function addToCounters(needs: readonly Need[], sign: 1 | -1): void {
  for (const { counters, key, units } of needs) {
    counters[key] = (counters[key] ?? 0) + sign * units;
  }
}
