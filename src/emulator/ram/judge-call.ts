import type { Account } from '../accounts';
import type { Action } from '../actions/action';
import { principalOf } from '../identity';
import { createAccessQuestions } from './access-questions';
import type { AccessCall } from './access-questions';
import { evaluateStatements } from './evaluate-policy';
import type { DenialReason } from './evaluate-policy';
import type { RamPolicy, Statement } from './policy';

/** Whether a call may pass. It is asked of every call, and costs nothing without a policy. */
export function judgeCall(action: Action, call: AccessCall): DenialReason {
  const { ramPolicy } = call.state.config;
  if (ramPolicy.deny.includes(action.name) || ramPolicy.deny.includes('*')) return 'ImplicitDeny';
  const own = findOwnStatements(ramPolicy, call.account);
  if (own === undefined && ramPolicy.statements.length === 0) return undefined;
  return evaluateStatements(own ?? ramPolicy.statements, createAccessQuestions(action, call));
}

/** An account itself has none: no policy of its users binds it. */
function findOwnStatements(
  { byPrincipal }: RamPolicy,
  account: Account,
): readonly Statement[] | undefined {
  const principal = principalOf(account);
  if (principal === undefined || !Object.hasOwn(byPrincipal, principal)) return undefined;
  return byPrincipal[principal];
}
