import type { Account } from '../accounts';
import type { EmulatorState } from '../emulator-state';
import type { InstanceSpec } from '../instance';
import { getParameter } from '../protocol/parameters';
import type { Parameters } from '../protocol/parameters';
import { createInvalid, createMissing, createRefusal } from '../refusal';
import type { Refusal } from '../refusal';
import { sleep } from '../sleep';
import { checkAccount, takeResources } from './account-checks';
import type { OrderLine } from './account-checks';
import { KVSTORE } from './action';
import type { Action, ActionAnswer, ActionCall, ActionResult } from './action';
import { checkEntries, findClass, quantityOf } from './entry-checks';
import { parseInstances } from './instances-parameter';
import type { Entry } from './instances-parameter';
import { createOrderedInstances, nextOrderId, shuffleIds } from './order';
import { isBooleanText } from './value-rules';

/** At most 64 characters, ASCII only (CreateInstances page, 2025-03-27). */
const TOKEN_PATTERN = /^[\x20-\x7e]{1,64}$/;

/** CreateInstances: all or nothing, one order, a bare list of ids. */
export const createInstancesAction: Action = {
  name: 'CreateInstances',
  product: KVSTORE,
  run,
};

async function run(call: ActionCall): Promise<ActionResult> {
  const { account, parameters, state } = call;
  const token = getParameter(parameters, 'Token');
  if (token === undefined) return execute(call);
  if (!TOKEN_PATTERN.test(token)) return createInvalid('InvalidToken.Malformed', 'Token');
  const { tokenMode, tokenLifetimeMs } = state.config;
  return state.tokens.runOnce(
    {
      accountId: account.accountId,
      action: 'CreateInstances',
      token,
      parameters,
      nowMs: state.nowMs(),
    },
    { ...tokenMode, lifetimeMs: tokenLifetimeMs },
    () => execute(call),
  );
}

async function execute(call: ActionCall): Promise<ActionResult> {
  await sleep(call.state.config.createTimeMs);
  const { account, parameters, state } = call;
  const entries = readEntries(parameters, state);
  if ('kind' in entries) return entries;
  const refusal = checkEntries(entries, state) ?? checkTopLevel(parameters, state);
  if (refusal !== undefined) return refusal;
  const orderId = nextOrderId(state);
  const lines = entries.map((entry) => ({
    spec: createSpec(entry, { account, parameters, state, orderId }),
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
  const groupId = getParameter(parameters, 'ResourceGroupId');
  if (groupId === undefined || state.config.world.resourceGroups.includes(groupId)) {
    return undefined;
  }
  return createRefusal(
    400,
    'ResourceGroupNotExist',
    'The Specified ResourceGroupId does not exist.',
  );
}

/** Only an order with a PrePaid line can be left unpaid. That it then has no ids is a guess. */
function isUnpaid(parameters: Parameters, lines: readonly OrderLine[]): boolean {
  const isLeftOpen = getParameter(parameters, 'AutoPay')?.toLowerCase() === 'false';
  return isLeftOpen && lines.some(({ spec }) => spec.chargeType === 'PrePaid');
}

interface SpecContext {
  readonly account: Account;
  readonly parameters: Parameters;
  readonly state: EmulatorState;
  readonly orderId: string;
}

function createSpec(entry: Entry, context: SpecContext): InstanceSpec {
  const { account, parameters, state, orderId } = context;
  const instanceClass = findClass(entry, state);
  const chargeType = entry.get('ChargeType') === 'PrePaid' ? 'PrePaid' : 'PostPaid';
  return {
    accountId: account.accountId,
    orderId,
    regionId: entry.get('RegionId') ?? '',
    zoneId: entry.get('IzNo') ?? '',
    instanceType: entry.get('InstanceType') === 'Memcache' ? 'Memcache' : 'Redis',
    instanceClass: instanceClass?.name ?? '',
    capacityMb: instanceClass?.capacityMb ?? 0,
    architecture: instanceClass?.architecture ?? 'standard',
    shardCount: instanceClass?.shardCount ?? 1,
    engineVersion: entry.get('EngineVersion') ?? getParameter(parameters, 'EngineVersion') ?? '5.0',
    chargeType,
    periodMonths: chargeType === 'PrePaid' ? Number(entry.get('Period')) : 0,
    instanceName: entry.get('InstanceName') ?? '',
    hasPassword: entry.has('Password'),
    nodeType: entry.get('NodeType') === 'STAND_ALONE' ? 'STAND_ALONE' : 'MASTER_SLAVE',
    vpcId: entry.get('VpcId') ?? '',
    vSwitchId: entry.get('VSwitchId') ?? '',
    resourceGroupId: getParameter(parameters, 'ResourceGroupId') ?? 'rg-default',
  };
}
