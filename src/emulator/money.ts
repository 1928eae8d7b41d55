import type { EmulatorState } from './emulator-state';

/** What somebody orders. */
export interface Purchase {
  readonly accountId: string;
  readonly units: number;
}

/** True when the balance that the account pays from is enough, or has no end, or nothing is to be paid. */
export function canPay(purchase: Purchase, state: EmulatorState): boolean {
  const balance = findBalance(purchase.accountId, state);
  return purchase.units === 0 || balance === null || balance >= priceOf(purchase, state);
}

/** Takes the price off the balance that the account pays from. */
export function spend(purchase: Purchase, state: EmulatorState): void {
  const { accountId } = purchase;
  const { config } = state;
  const balance = findBalance(accountId, state);
  if (balance === null) return;
  const left = balance - priceOf(purchase, state);
  if (accountId in config.balanceByAccount) config.balanceByAccount[accountId] = left;
  else config.balance = left;
}

function findBalance(accountId: string, { config }: EmulatorState): number | null {
  const { balance, balanceByAccount } = config;
  return accountId in balanceByAccount ? (balanceByAccount[accountId] ?? null) : balance;
}

function priceOf({ units }: Purchase, { config }: EmulatorState): number {
  return units * config.pricePerInstance;
}
