import { createPlainAnswer } from '../../action-result';
import { identify, ROLE_ID } from '../../identity';
import type { Action } from '../action';
import { STS } from './products';

/** GetCallerIdentity (Sts 2015-04-01): the account itself, or the RAM user or role whose key it is. */
export const getCallerIdentityAction: Action = {
  name: 'GetCallerIdentity',
  product: STS,
  source: 'client',
  parameters: [],
  run: ({ account }) => {
    const { type, arn, principalId } = identify(account);
    return createPlainAnswer({
      AccountId: account.accountId,
      ...(type === 'AssumedRoleUser' ? { RoleId: ROLE_ID } : { UserId: principalId }),
      PrincipalId: principalId,
      IdentityType: type,
      Arn: arn,
    });
  },
};
