import type { EmulatorState } from '../emulator-state';
import { getParameter } from '../protocol/parameters';
import type { Parameters } from '../protocol/parameters';
import { createInvalid, createMissing } from '../refusal';
import type { Refusal } from '../refusal';
import { sleep } from '../sleep';
import { checkAccount, takeResources } from './account-checks';
import type { OrderLine } from './account-checks';
import { KVSTORE } from './action';
import type { Action, ActionAnswer, ActionCall, ActionResult } from './action';
import { runWithToken } from './creation-token';
import { checkEntries, quantityOf } from './entry-checks';
import { parseInstances } from './instances-parameter';
import type { Entry } from './instances-parameter';
import { createOrderedInstances, nextOrderId, shuffleIds } from './order';
import { createSpec } from './order-spec';
import { checkResourceGroup } from './resource-groups';
import { isBooleanText } from './value-rules';

/** CreateInstances: all or nothing, one order, a bare list of ids. */
export const createInstancesAction: Action = {
  name: 'CreateInstances',
  product: KVSTORE,
  run,
};

function run(call: ActionCall): Promise<ActionResult> {
  return runWithToken(call, 'CreateInstances', () => execute(call));
}

async function execute(call: ActionCall): Promise<ActionResult> {
  await sleep(call.state.config.createTimeMs);
  const { parameters, state } = call;
  const entries = readEntries(parameters, state);
  if ('kind' in entries) return entries;
  const refusal = checkEntries(entries, state) ?? checkTopLevel(parameters, state);
  if (refusal !== undefined) return refusal;
  const orderId = nextOrderId(state);
  const lines = entries.map((entry) => ({
    spec: createSpec(entry, { call, orderId }),
    quantity: quantityOf(entry),
  }));
  const refusedOrder = checkAccount(lines, state);
  if (refusedOrder !== undefined) return refusedOrder;
  state.orderCount += 1;
  return isUnpaid(parameters, lines) ? createAnswer(orderId, [], []) : commit(call, orderId, lines);
}

function commit(call: ActionCall, orderId: string, lines: readonly OrderLine[]): ActionAnswer {
  const { state } = call;
  takeResources(lines, state);
  const ids = createOrderedInstances(lines, state, call.commitFewerBy).map(({ id }) => id);
  return createAnswer(orderId, state.config.shuffleIds ? shuffleIds(ids, state) : ids, ids);
}

function createAnswer(
  orderId: string,
  ids: readonly string[],
  committedIds: readonly string[],
): ActionAnswer {
  return {
    kind: 'answer',
    body: { OrderId: orderId, InstanceIds: { InstanceId: ids } },
    ids,
    committedIds,
  };
}

function readEntries(parameters: Parameters, state: EmulatorState): readonly Entry[] | Refusal {
  const text = getParameter(parameters, 'Instances');
  return text === undefined ? createMissing('Instances') : parseInstances(text, state.config);
}

function checkTopLevel(parameters: Parameters, state: EmulatorState): Refusal | undefined {
  for (const name of ['AutoPay', 'AutoRenew', 'RebuildInstance']) {
    const value = getParameter(parameters, name);
    if (value !== undefined && !isBooleanText(value)) {
      return createInvalid('InvalidParameter', name);
    }
  }
  const engineVersion = getParameter(parameters, 'EngineVersion') ?? '5.0';
  if (!['2.8', '4.0', '5.0'].includes(engineVersion)) {
    return createInvalid('InvalidEngineVersion.Malformed', 'EngineVersion');
  }
  return checkResourceGroup(parameters, state);
}

/** Only an order with a PrePaid line can be left unpaid. That it then has no ids is a guess. */
function isUnpaid(parameters: Parameters, lines: readonly OrderLine[]): boolean {
  const isLeftOpen = getParameter(parameters, 'AutoPay')?.toLowerCase() === 'false';
  return isLeftOpen && lines.some(({ spec }) => spec.chargeType === 'PrePaid');
}
