import type { Account } from '../accounts';
import type { Action } from '../actions/action';
import { selectParameters } from '../actions/action-parameters';
import { parseInstances } from '../actions/instances-parameter';
import type { EmulatorState } from '../emulator-state';
import type { ApiRequest } from '../protocol/decode-call';
import { getParameter } from '../protocol/parameters';
import type { Parameters } from '../protocol/parameters';
import type { Connection } from '../protocol/wire-request';
import { listAskedResources } from './asked-resources';
import type { ConditionKey } from './condition-keys';
import type { AccessQuestion } from './evaluate-policy';

/** Condition keys of the product (CreateInstances page, 2025-03-27). */
const ORDER_KEYS = ['InstanceClass', 'InstanceType', 'Appendonly'] as const;

type OrderKey = (typeof ORDER_KEYS)[number];

/** What an order means that leaves a key out (CreateInstances page; comments of SDK 6.4.0). */
const ORDER_DEFAULTS: Readonly<Record<string, Partial<Record<OrderKey, string>>>> = {
  CreateInstances: { InstanceType: 'Redis' },
  CreateInstance: { InstanceType: 'Redis', Appendonly: 'yes' },
};

const LENIENT = { strictEntries: false, tolerateTrailingComma: true };

/** A call as RAM looks at it. */
export interface AccessCall {
  readonly account: Account;
  readonly request: ApiRequest;
  readonly state: EmulatorState;
}

/** What a call asks RAM: a question for each resource it names, or for each entry of an order. */
export function createAccessQuestions(
  action: Action,
  { account, request, state }: AccessCall,
): readonly AccessQuestion[] {
  const { parameters: received, connection } = request;
  const common = createCommonContext(connection, state);
  const parameters = selectParameters(received, action.parameters);
  return listOrders(parameters).flatMap((order) => {
    const context = new Map([...common, ...createOrderContext(order, action.name)]);
    const regionId = getParameter(order, 'RegionId') ?? getParameter(received, 'RegionId');
    return listAskedResources(action, parameters, { account, regionId, state }).map((resource) => ({
      action: `${action.product.ramPrefix}:${action.name}`,
      resource,
      context,
    }));
  });
}

/** The entries of a call that has some, else its parameters. What cannot be read is the operation's to refuse. */
function listOrders(parameters: Parameters): readonly Parameters[] {
  const text = getParameter(parameters, 'Instances');
  const entries = text === undefined ? [] : parseInstances(text, LENIENT);
  return 'kind' in entries || entries.length === 0 ? [parameters] : entries;
}

function createOrderContext(order: Parameters, actionName: string): Map<ConditionKey, string> {
  const context = new Map<ConditionKey, string>();
  for (const key of ORDER_KEYS) {
    const value = getParameter(order, key) ?? ORDER_DEFAULTS[actionName]?.[key];
    if (value !== undefined) context.set(`kvstore:${key}`, value);
  }
  return context;
}

/** IPv4 addresses come in the words of IPv6 where a server listens to both. */
function createCommonContext(
  { remoteAddress = '', encrypted = false }: Connection,
  state: EmulatorState,
): Map<ConditionKey, string> {
  return new Map<ConditionKey, string>([
    ['acs:SourceIp', remoteAddress.replace(/^::ffff:/i, '')],
    ['acs:SecureTransport', String(encrypted)],
    ['acs:CurrentTime', new Date(state.nowMs()).toISOString()],
  ]);
}
