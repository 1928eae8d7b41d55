import { getParameter } from '../protocol/parameters';
import { createInvalid } from '../refusal';
import type { ActionCall, ActionResult } from './action';

/** At most 64 characters, ASCII only (CreateInstances page, 2025-03-27). */
const TOKEN_PATTERN = /^[\x20-\x7e]{1,64}$/;

/** Executes a creation once for each `Token`; without one, each call is a creation of its own. */
export async function runWithToken(
  call: ActionCall,
  action: string,
  execute: () => Promise<ActionResult>,
): Promise<ActionResult> {
  const { account, parameters, state } = call;
  const token = getParameter(parameters, 'Token');
  if (token === undefined) return execute();
  if (!TOKEN_PATTERN.test(token)) return createInvalid('InvalidToken.Malformed', 'Token');
  const { tokenMode, tokenLifetimeMs } = state.config;
  return state.tokens.runOnce(
    { accountId: account.accountId, action, token, parameters, nowMs: state.nowMs() },
    { ...tokenMode, lifetimeMs: tokenLifetimeMs },
    execute,
  );
}
