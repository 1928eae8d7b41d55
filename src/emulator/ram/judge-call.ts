import type { Action } from '../actions/action';
import { createAccessQuestions } from './access-questions';
import type { AccessCall } from './access-questions';
import { evaluateStatements } from './evaluate-policy';
import type { DenialReason } from './evaluate-policy';

/** Whether a call may pass. It is asked of every call, and costs nothing without a policy. */
export function judgeCall(action: Action, call: AccessCall): DenialReason {
  const { deny, statements } = call.state.config.ramPolicy;
  if (deny.includes(action.name) || deny.includes('*')) return 'ImplicitDeny';
  if (statements.length === 0) return undefined;
  return evaluateStatements(statements, createAccessQuestions(action, call));
}
