import { checkStanding, STANDING_CODES } from '../account-standing';
import type { StandingCode } from '../account-standing';
import type { EmulatorState } from '../emulator-state';
import type { InstanceSpec } from '../instance';
import type { GivenSettings } from '../instance-settings';
import { canPay, spend } from '../money';
import { createRefusal } from '../refusal';
import type { Refusal } from '../refusal';
import { checkSupplies, moveSupplies } from '../supplies';
import type { Move } from '../supplies';

/** A number of instances of one spec. */
export interface OrderLine {
  readonly spec: InstanceSpec;
  readonly quantity: number;
  /** What the operations for one instance set at creation. */
  readonly given?: GivenSettings;
  /** The deleted instance that the new one brings back. */
  readonly rebuiltId?: string | undefined;
}

/** What an order, a change or a deletion asks of an account and of the places of instances. */
export interface Demand {
  readonly accountId: string;
  readonly moves: readonly Move[];
  /** How many instances are paid for. */
  readonly units: number;
  /** What about the account itself can refuse it. */
  readonly standing: readonly StandingCode[];
}

/** What new instances ask for: an order is of one account. */
export function toDemand(lines: readonly OrderLine[]): Demand {
  return {
    accountId: lines[0]?.spec.accountId ?? '',
    moves: lines.map(({ spec, quantity }) => ({ to: spec, quantity })),
    units: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    standing: STANDING_CODES,
  };
}

/**
 * What the account and the zones can refuse, in the order account, quota, stock, addresses, money.
 * Texts are those of the CreateInstances page (2025-03-27).
 */
export function checkDemand(demand: Demand, state: EmulatorState): Refusal | undefined {
  return (
    checkStanding(demand.standing, demand.accountId, state.config) ??
    checkQuota(demand, state) ??
    checkSupplies(demand.moves, state) ??
    checkBalance(demand, state)
  );
}

/** Takes what a demand uses out of stock, addresses and balance, and gives back what it leaves. */
export function meetDemand(demand: Demand, state: EmulatorState): void {
  moveSupplies(demand.moves, state);
  spend(demand, state);
}

/** Gives back stock and address of a released instance. Money is not refunded. */
export function giveBackResources(spec: InstanceSpec, state: EmulatorState): void {
  moveSupplies([{ from: spec, quantity: 1 }], state);
}

function checkQuota({ accountId, moves }: Demand, state: EmulatorState): Refusal | undefined {
  const asked = moves.reduce((sum, move) => sum + countPostPaid(move), 0);
  if (asked <= 0) return undefined;
  const { quotaCode, quotaByAccount } = state.config;
  const quota = accountId in quotaByAccount ? quotaByAccount[accountId] : state.config.quota;
  if (typeof quota !== 'number') return undefined;
  if (state.store.countLivingPostPaid(accountId) + asked <= quota) return undefined;
  // The page writes "exceeded" for one code and "exceed" for the other.
  return quotaCode === 'QuotaExceed'
    ? createRefusal(400, quotaCode, 'Living afterpay instances quota exceed.')
    : createRefusal(400, quotaCode, 'Living afterpay instances quota exceeded.');
}

/** How many more instances the quota has to hold after a move. */
function countPostPaid({ from, to, quantity }: Move): number {
  const after = to?.chargeType === 'PostPaid' ? quantity : 0;
  const before = from?.chargeType === 'PostPaid' ? quantity : 0;
  return after - before;
}

function checkBalance(demand: Demand, state: EmulatorState): Refusal | undefined {
  if (canPay(demand, state)) return undefined;
  return createRefusal(400, 'InsufficientBalance', 'Your account does not have enough balance.');
}
