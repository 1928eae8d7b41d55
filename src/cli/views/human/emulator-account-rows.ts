import type { ListedAccount } from '../../../emulator/control/listed-accounts';
import type { RowKind } from '../../rows/column';
import type { Cell } from './table';

/** An account of an emulator with its limits; null: no end. */
export interface EmulatorAccount extends ListedAccount {
  readonly quota: number | null;
  readonly balance: number | null;
}

/** Accounts of an emulator as rows of a list. */
export const EMULATOR_ACCOUNT_ROWS: RowKind<EmulatorAccount> = {
  toId: ({ accountId }) => accountId,
  none: 'no accounts',
  columns: [
    { name: 'account', toValue: ({ accountId }) => accountId, shown: 'always' },
    {
      ...{ name: 'livingPostPaid', header: 'living', shown: 'always' },
      toValue: ({ livingPostPaid }) => livingPostPaid,
    },
    {
      ...{ name: 'quota', shown: 'always' },
      toValue: ({ quota }) => quota,
      toCell: ({ quota }) => toLimit(quota),
    },
    {
      ...{ name: 'balance', shown: 'always' },
      toValue: ({ balance }) => balance,
      toCell: ({ balance }) => toLimit(balance),
    },
  ],
};

function toLimit(limit: number | null): Cell {
  return limit ?? 'no end';
}
