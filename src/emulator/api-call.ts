import { randomUUID } from 'node:crypto';
import type { Account } from './accounts';
import { findAction } from './actions/action-table';
import type { Action } from './actions/action';
import type { ActionResult } from './action-result';
import { checkParameters, selectParameters } from './actions/action-parameters';
import type { EmulatorState } from './emulator-state';
import { createEffect, isAnsweredFault, type Effect } from './fault-effect';
import type { Fault } from './faults';
import { admitCall } from './gateway';
import type { ApiRequest } from './protocol/decode-call';
import { getParameter } from './protocol/parameters';
import { createErrorAnswer, createSuccessAnswer } from './protocol/wire-answer';
import { toXmlAnswer } from './protocol/xml-answer';
import type { LogEntry } from './request-log';
import type { Refusal } from './refusal';
import { sleep } from './sleep';

/** What the server does with an API request. */
export interface ApiOutcome {
  readonly requestId: string;
  readonly effect: Effect;
  /** To be completed when the effect is over. */
  readonly entry: LogEntry;
  readonly isThrottled: boolean;
}

interface Call {
  readonly request: ApiRequest;
  readonly requestId: string;
  readonly state: EmulatorState;
  readonly entry: LogEntry;
}

/** Runs one API request: gateway checks, fault script, the action, the log entry. */
export async function runApiCall(request: ApiRequest, state: EmulatorState): Promise<ApiOutcome> {
  const requestId = randomUUID().toUpperCase();
  const name = getParameter(request.parameters, 'Action');
  const action = findAction(name, getParameter(request.parameters, 'Version'));
  const isKnown = !('kind' in action);
  const loggedName = isKnown ? action.name : 'unknown';
  const nowMs = Date.now();
  const entry = state.log.open(
    { action: loggedName, requestId, parameters: request.parameters, nowMs },
    state.config.logLimit,
  );
  state.calls.countReceived(loggedName);
  const call: Call = { request, requestId, state, entry };
  if (!isKnown) return refuse(call, action);
  const admission = admitCall(action, request, state);
  if (admission.kind === 'refusal') return refuse(call, admission);
  if (admission.kind === 'throttled') return refuse(call, admission.refusal, true);
  return runAdmitted(call, action, admission.account);
}

async function runAdmitted(call: Call, action: Action, account: Account): Promise<ApiOutcome> {
  const { state, entry, request } = call;
  const fault = state.faults.pick({ action: action.name, parameters: request.parameters });
  if (fault === undefined) return finish(call, await execute(call, action, { account, fault }));
  entry.fault = `${fault.kind} ${fault.when}`;
  const executes = fault.when === 'after' || isAnsweredFault(fault);
  if (!executes) return spoil(call, fault, undefined);
  // A request delayed on its way in still executes, even when its client has long given up.
  if (fault.kind === 'delay' && fault.when === 'before') await sleep(fault.delayMs ?? 0);
  const result = await execute(call, action, { account, fault });
  if (fault.kind === 'delay' && fault.when === 'after') await sleep(fault.delayMs ?? 0);
  return spoil(call, fault, result);
}

async function execute(
  call: Call,
  action: Action,
  context: { account: Account; fault: Fault | undefined },
): Promise<ActionResult> {
  const { account, fault } = context;
  const commitFewerBy = fault?.kind === 'partial' ? (fault.commitFewerBy ?? 0) : 0;
  const received = call.request.parameters;
  const parameters = selectParameters(received, action.parameters);
  const refusal = checkParameters(received, action.parameters);
  if (refusal !== undefined) return refusal;
  const result = await action.run({
    account,
    parameters,
    received,
    hostId: call.request.hostId,
    state: call.state,
    commitFewerBy,
  });
  if (result.kind === 'answer') {
    call.entry.committedIds = result.committedIds;
    call.entry.committed = result.committedIds.length > 0;
  }
  return result;
}

function finish(call: Call, result: ActionResult): ApiOutcome {
  if (result.kind === 'refusal') return refuse(call, result);
  call.entry.ids = result.ids;
  return answer(call, { kind: 'answer', answer: createSuccessAnswer(call.requestId, result.body) });
}

/** Answers as the fault wants it; the log names the code and the ids that were really shown. */
function spoil(call: Call, fault: Fault, result: ActionResult | undefined): ApiOutcome {
  const shown = result !== undefined && fault.kind === 'partial' ? shorten(result, fault) : result;
  if (shown !== undefined && isAnsweredFault(fault)) {
    const outcome = finish(call, shown);
    return fault.kind === 'slow'
      ? { ...outcome, effect: slowDown(outcome.effect, fault) }
      : outcome;
  }
  const { requestId, request } = call;
  const regular =
    shown === undefined
      ? undefined
      : shown.kind === 'refusal'
        ? createErrorAnswer(requestId, request.hostId, shown)
        : createSuccessAnswer(requestId, shown.body);
  if (fault.kind === 'refuse' || fault.kind === 'status') call.entry.code = fault.code ?? null;
  return answer(call, createEffect(fault, { requestId, hostId: request.hostId, answer: regular }));
}

function slowDown(effect: Effect, { delayMs = 0 }: Fault): Effect {
  return 'answer' in effect ? { kind: 'slow', answer: effect.answer, overMs: delayMs } : effect;
}

/** Leaves ids out of the answer, not out of the world. */
function shorten(result: ActionResult, fault: Fault): ActionResult {
  const fewerBy = fault.answerFewerBy ?? (fault.commitFewerBy === undefined ? 1 : 0);
  if (result.kind === 'refusal' || fewerBy === 0 || !('InstanceIds' in result.body)) return result;
  const ids = result.ids.slice(0, Math.max(0, result.ids.length - fewerBy));
  return { ...result, ids, body: { ...result.body, InstanceIds: { InstanceId: ids } } };
}

function refuse(call: Call, refusal: Refusal, isThrottled = false): ApiOutcome {
  call.entry.code = refusal.code;
  const wire = createErrorAnswer(call.requestId, call.request.hostId, refusal);
  return { ...answer(call, { kind: 'answer', answer: wire }), isThrottled };
}

function answer(call: Call, effect: Effect): ApiOutcome {
  const { requestId, entry } = call;
  return { requestId, effect: inFormat(effect, call), entry, isThrottled: false };
}

/** Everything is said in JSON first, also by faults; clients that want XML get it translated. */
function inFormat(effect: Effect, { request, entry }: Call): Effect {
  if (request.format === 'json' || !('answer' in effect)) return effect;
  return { ...effect, answer: toXmlAnswer(effect.answer, entry.action) };
}
