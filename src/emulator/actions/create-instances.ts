import { DEFAULT_FEATURES } from '../instance-features';
import type { Parameters } from '../protocol/parameters';
import { sleep } from '../sleep';
import { meetDemand, toDemand } from './account-checks';
import type { OrderLine } from './account-checks';
import { KVSTORE } from './action';
import type { Action, ActionCall } from './action';
import type { ActionAnswer, ActionResult } from '../action-result';
import { runWithToken } from './creation-token';
import { ignored, optional, optionals, required } from './action-parameters';
import { checkEntries, CLASSIC_ASSORTMENT, quantityOf } from './entry-checks';
import { isFalse } from './flag';
import { fulfil, leaveOut } from './fulfilment';
import { completeEntries, parseInstances } from './instances-parameter';
import type { Entry } from './instances-parameter';
import { createOrderedInstances, nextOrderId, shuffleIds } from './order';
import { autoRenewalOf, createSpec } from './order-spec';
import { emptyRecycleBin, rebuiltIdOf } from './restore-source';
import { checkResourceGroup } from './resource-groups';
import { isBooleanText, isOneOf } from './value-rules';

/** CreateInstances: all or nothing, one order, a bare list of ids. */
export const createInstancesAction: Action = {
  name: 'CreateInstances',
  product: KVSTORE,
  source: 'page',
  parameters: [
    required('Instances'),
    ...optionals('Token', 'ResourceGroupId'),
    ...ignored('BusinessInfo', 'CouponNo'),
    optional('AutoPay', isBooleanText),
    optional('AutoRenew', isBooleanText),
    optional('RebuildInstance', isBooleanText),
    optional('EngineVersion', isOneOf('2.8', '4.0', '5.0'), 'InvalidEngineVersion.Malformed'),
  ],
  run,
};

function run(call: ActionCall): Promise<ActionResult> {
  return runWithToken(call, { action: 'CreateInstances', parameter: 'Token' }, () => execute(call));
}

async function execute(call: ActionCall): Promise<ActionResult> {
  await sleep(call.state.config.createTimeMs);
  const { parameters, state } = call;
  const parsed = parseInstances(parameters.get('Instances') ?? '', state.config);
  if ('kind' in parsed) return parsed;
  const entries = completeEntries(parsed, parameters);
  const { accountId } = call.account;
  const refusal =
    checkEntries(entries, { ...CLASSIC_ASSORTMENT, state, accountId }) ??
    checkResourceGroup(parameters, state);
  if (refusal !== undefined) return refusal;
  const orderId = nextOrderId(state);
  const lines = entries.map((entry) => toLine(entry, call, orderId));
  const kept = fulfil(lines, state);
  if ('kind' in kept) return kept;
  state.orderCount += 1;
  if (isUnpaid(parameters, kept)) return createAnswer(orderId, [], []);
  return commit(call, orderId, leaveOut(kept, call.commitFewerBy));
}

function toLine(entry: Entry, call: ActionCall, orderId: string): OrderLine {
  const spec = createSpec(entry, { ...CLASSIC_ASSORTMENT, call, orderId });
  const autoRenewalMonths = autoRenewalOf(entry, spec);
  return {
    spec,
    quantity: quantityOf(entry),
    rebuiltId: rebuiltIdOf(entry),
    ...(autoRenewalMonths === 0
      ? {}
      : { given: { features: { ...DEFAULT_FEATURES, autoRenewalMonths } } }),
  };
}

function commit(call: ActionCall, orderId: string, lines: readonly OrderLine[]): ActionAnswer {
  const { state } = call;
  emptyRecycleBin(lines, state);
  meetDemand(toDemand(lines), state);
  const ids = createOrderedInstances(lines, state).map(({ id }) => id);
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

/** Only an order with a PrePaid line can be left unpaid. That it then has no ids is a guess. */
function isUnpaid(parameters: Parameters, lines: readonly OrderLine[]): boolean {
  return isFalse(parameters, 'AutoPay') && lines.some(({ spec }) => spec.chargeType === 'PrePaid');
}
