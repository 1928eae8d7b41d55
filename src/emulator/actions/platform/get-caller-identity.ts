import { createPlainAnswer } from '../action';
import type { Action } from '../action';
import { STS } from './products';

/** GetCallerIdentity (Sts 2015-04-01): every key of the emulator is one of its main account. */
export const getCallerIdentityAction: Action = {
  name: 'GetCallerIdentity',
  product: STS,
  source: 'client',
  parameters: [],
  run: ({ account: { accountId } }) =>
    createPlainAnswer({
      AccountId: accountId,
      UserId: accountId,
      PrincipalId: accountId,
      IdentityType: 'Account',
      Arn: `acs:ram::${accountId}:root`,
    }),
};
