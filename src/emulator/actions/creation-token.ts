import { getParameter } from '../protocol/parameters';
import { createInvalid } from '../refusal';
import type { ActionCall } from './action';
import type { ActionResult } from '../action-result';

/** At most 64 characters, ASCII only (CreateInstances page, 2025-03-27). */
const TOKEN_PATTERN = /^[\x20-\x7e]{1,64}$/;

/** Which creation a token belongs to. */
export interface TokenOwner {
  readonly action: string;
  /** CreateTairInstance calls it otherwise. */
  readonly parameter: 'Token' | 'ClientToken';
}

/** Executes a creation once for each token; without one, each call is a creation of its own. */
export async function runWithToken(
  call: ActionCall,
  { action, parameter }: TokenOwner,
  execute: () => Promise<ActionResult>,
): Promise<ActionResult> {
  const { account, received, state } = call;
  const token = getParameter(received, parameter);
  if (token === undefined) return execute();
  if (!TOKEN_PATTERN.test(token)) return createInvalid('InvalidToken.Malformed', parameter);
  const { tokenMode, tokenLifetimeMs } = state.config;
  return state.tokens.runOnce(
    { accountId: account.accountId, action, token, parameters: received, nowMs: state.nowMs() },
    { ...tokenMode, lifetimeMs: tokenLifetimeMs },
    execute,
  );
}
