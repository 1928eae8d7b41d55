import type { EmulatorState } from '../emulator-state';

/** One account as the control API lists it: without its keys. */
export interface ListedAccount {
  readonly accountId: string;
  /** Living PostPaid instances: what its quota counts. */
  readonly livingPostPaid: number;
}

/** The accounts that the emulator was started with, each once however many keys it has. */
export function listAccounts({ accounts, store }: EmulatorState): ListedAccount[] {
  const ids = new Set(accounts.map(({ accountId }) => accountId));
  return [...ids].map((accountId) => ({
    accountId,
    livingPostPaid: store.countLivingPostPaid(accountId),
  }));
}
