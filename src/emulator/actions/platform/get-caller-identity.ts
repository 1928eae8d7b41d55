import { createPlainAnswer } from '../../action-result';
import type { Action } from '../action';
import { STS } from './products';

/** GetCallerIdentity (Sts 2015-04-01): the account itself, or the RAM user whose key it is. */
export const getCallerIdentityAction: Action = {
  name: 'GetCallerIdentity',
  product: STS,
  source: 'client',
  parameters: [],
  run: ({ account: { accountId, principal } }) =>
    createPlainAnswer({
      AccountId: accountId,
      UserId: principal ?? accountId,
      PrincipalId: principal ?? accountId,
      IdentityType: principal === undefined ? 'Account' : 'RAMUser',
      Arn: `acs:ram::${accountId}:${principal === undefined ? 'root' : `user/${principal}`}`,
    }),
};
