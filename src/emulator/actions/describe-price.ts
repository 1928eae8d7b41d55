import type { EmulatorState } from '../emulator-state';
import { INSTANCE_FAMILIES } from '../instance-classes';
import { getParameter } from '../protocol/parameters';
import type { Parameters } from '../protocol/parameters';
import { createInvalid, createRefusal } from '../refusal';
import type { Refusal } from '../refusal';
import { KVSTORE } from './action';
import { createPlainAnswer } from '../action-result';
import type { Action, ActionCall } from './action';
import type { ActionResult } from '../action-result';
import { ignored, optionals, required } from './action-parameters';
import { createUnknownClass, findClass, quantityOf } from './entry-checks';
import { parseInstances } from './instances-parameter';
import type { Entry, EntryKey } from './instances-parameter';
import { isOneOf } from './value-rules';

/** DescribePrice page: 1 to 30, against 300 of CreateInstances. */
const QUANTITY_MAX = 30;

const SINGLE_KEYS: readonly EntryKey[] = [
  ...(['InstanceClass', 'Capacity', 'ChargeType', 'Period', 'Quantity'] as const),
];

/** DescribePrice: what an order would take off the balance, as strings with two decimals. */
export const describePriceAction: Action = {
  name: 'DescribePrice',
  product: KVSTORE,
  source: 'sdk',
  parameters: [
    required('OrderType', isOneOf('BUY', 'UPGRADE', 'DOWNGRADE', 'RENEW', 'CONVERT')),
    ...optionals('Instances', ...SINGLE_KEYS),
    ...ignored('RegionId', 'ZoneId', 'SecondaryZoneId', 'NodeType', 'EngineVersion'),
    ...ignored('ShardCount', 'InstanceId', 'CouponNo', 'BusinessInfo', 'ForceUpgrade'),
    ...ignored('OrderParamOut'),
  ],
  run,
};

function run({ parameters, state }: ActionCall): ActionResult {
  const entries = readEntries(parameters);
  if ('kind' in entries) return entries;
  const refusal = checkEntries(entries, state);
  return refusal ?? createPriceAnswer(entries, state);
}

/** Either a list in `Instances`, or one entry spelt out in parameters. */
function readEntries(parameters: Parameters): readonly Entry[] | Refusal {
  const text = getParameter(parameters, 'Instances');
  if (text !== undefined) {
    const entries = parseInstances(text, { strictEntries: false, tolerateTrailingComma: false });
    return 'kind' in entries ? createInvalid('InvalidInstances.Format', 'Instances') : entries;
  }
  const entry = new Map<EntryKey, string>();
  for (const key of SINGLE_KEYS) {
    const value = getParameter(parameters, key);
    if (value !== undefined) entry.set(key, value);
  }
  if (entry.has('InstanceClass') || entry.has('Capacity')) return [entry];
  return createRefusal(
    400,
    'MissingParameter',
    'InstanceClass, Capacity or Instances is mandatory for this action.',
  );
}

function checkEntries(entries: readonly Entry[], state: EmulatorState): Refusal | undefined {
  for (const entry of entries) {
    if (findClass(entry, state.config, INSTANCE_FAMILIES) === undefined)
      return createUnknownClass();
    if (entry.get('ChargeType') === 'PrePaid' && !entry.has('Period')) {
      return createRefusal(400, 'MissingParameter', 'Period is mandatory for this action.');
    }
    const quantity = quantityOf(entry);
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > QUANTITY_MAX) {
      return createInvalid('InvalidParameter', 'Quantity');
    }
  }
  return undefined;
}

function createPriceAnswer(entries: readonly Entry[], state: EmulatorState): ActionResult {
  const units = entries.reduce((sum, entry) => sum + quantityOf(entry), 0);
  const amount = units * state.config.pricePerInstance;
  const order = {
    OriginalAmount: amount.toFixed(2),
    TradeAmount: amount.toFixed(2),
    DiscountAmount: '0.00',
    HandlingFeeAmount: '0.00',
    Currency: 'CNY',
    StandPrice: amount,
    StandDiscountPrice: 0,
    IsContractActivity: false,
    ShowDiscountInfo: false,
    Coupons: { Coupon: [] },
    RuleIds: { RuleId: [] },
  };
  return createPlainAnswer({
    Order: order,
    SubOrders: { SubOrder: [] },
    Rules: { Rule: [] },
    OrderParams: '',
  });
}
