import type { Instance, InstanceSpec } from '../../instance';
import { getParameter } from '../../protocol/parameters';
import type { Parameters } from '../../protocol/parameters';
import { createRefusal } from '../../refusal';
import type { Refusal } from '../../refusal';
import type { ActionCall } from '../action';
import { ignored, optional, required } from '../action-parameters';
import { isFalse, isTrue } from '../flag';
import { endTimeOf } from '../instance-view';
import { createModification } from '../modification';
import type { Modified } from '../modification';
import { isBooleanText, isOneOf, isPeriod } from '../value-rules';
import type { ChangeOrder } from './change-order';

const PAYMENT_PARAMETERS = [
  optional('AutoPay', isBooleanText),
  optional('AutoRenew', isBooleanText),
  // The SDK calls it required, though only for instances that renew themselves.
  optional('AutoRenewPeriod', isOneOf('1', '2', '3', '6', '12')),
  ...ignored('CouponNo'),
];

/** TransformToPrePaid: from pay-as-you-go to months paid ahead. */
export const transformToPrePaidAction = createModification({
  name: 'TransformToPrePaid',
  parameters: [required('Period', isPeriod, 'InvalidParam'), ...PAYMENT_PARAMETERS],
  busyStatus: 'Transforming',
  change: (instance, call) =>
    instance.spec.chargeType === 'PrePaid'
      ? createRefusal(403, 'AlreadyPrePaid', 'Current DB instance is already PrePaid.')
      : toPrePaid(instance, call),
});

/** TransformInstanceChargeType: either way. */
export const transformInstanceChargeTypeAction = createModification({
  name: 'TransformInstanceChargeType',
  parameters: [
    required('ChargeType', isOneOf('PrePaid', 'PostPaid'), 'InvalidParam'),
    optional('Period', isPeriod, 'InvalidParam'),
    ...PAYMENT_PARAMETERS,
  ],
  busyStatus: 'Transforming',
  change: (instance, call) =>
    call.parameters.get('ChargeType') === 'PrePaid'
      ? toPrePaid(instance, call)
      : toPostPaid(instance),
});

/** RenewInstance: more months for what is paid ahead already. */
export const renewInstanceAction = createModification({
  name: 'RenewInstance',
  parameters: [
    required('Period', isPeriod, 'InvalidParam'),
    optional('AutoPay', isBooleanText),
    optional('AutoRenew', isBooleanText),
    ...ignored('InstanceClass', 'Capacity', 'ClientToken', 'CouponNo', 'BusinessInfo', 'FromApp'),
  ],
  busyStatus: 'none',
  change: (instance, call) => {
    if (instance.spec.chargeType !== 'PrePaid') {
      return createRefusal(
        403,
        'IncorrectDBInstanceType',
        'Current DB instance type does not support this operation.',
      );
    }
    const periodMonths = instance.spec.periodMonths + Number(call.parameters.get('Period'));
    const { autoRenewalMonths } = instance.settings.features;
    return {
      ...toPaid(instance, call, { periodMonths }),
      features: { autoRenewalMonths: renewedBy(call.parameters, autoRenewalMonths) },
    };
  },
});

function toPrePaid(instance: Instance, call: ActionCall): Modified | Refusal {
  const period = getParameter(call.parameters, 'Period');
  if (period === undefined) {
    return createRefusal(400, 'MissingParameter', 'Period is mandatory for this action.');
  }
  const autoRenewalMonths = readAutoRenewal(call.parameters);
  const months = { periodMonths: Number(period), paidFromMs: call.state.nowMs() };
  const spec = { chargeType: 'PrePaid', ...months } as const;
  return { ...toPaid(instance, call, spec), features: { autoRenewalMonths } };
}

/** A renewal without `AutoRenew` leaves it as it is (a guess: the page has a default of false). */
function renewedBy(parameters: Parameters, before: number): number {
  if (isTrue(parameters, 'AutoRenew')) return Math.max(1, before);
  return isFalse(parameters, 'AutoRenew') ? 0 : before;
}

/** Paid time that is left is not refunded here. */
function toPostPaid(instance: Instance): Modified {
  const spec = { chargeType: 'PostPaid', periodMonths: 0, paidFromMs: 0 } as const;
  return { spec, order: createOrder({ ...instance, spec: { ...instance.spec, ...spec } }, 0) };
}

function readAutoRenewal(parameters: Parameters): number {
  if (!isTrue(parameters, 'AutoRenew')) return 0;
  return Number(getParameter(parameters, 'AutoRenewPeriod') ?? 1);
}

/** Months of time cost what a new instance costs, however many they are, as with a creation. */
function toPaid(
  instance: Instance,
  { parameters }: ActionCall,
  spec: Partial<InstanceSpec>,
): Modified {
  if (isFalse(parameters, 'AutoPay')) {
    return { spec, order: { ...createOrder(instance, 1), isPaid: false } };
  }
  return { spec, order: createOrder({ ...instance, spec: { ...instance.spec, ...spec } }, 1) };
}

/** Neither operation lists the code of an account without a way to pay (API metadata, 2024-07-30). */
function createOrder(after: Instance, units: number): ChangeOrder {
  return {
    units,
    standing: ['RealNameAuthenticationError', 'ResourceNotAvailable'],
    isPaid: true,
    answer: (OrderId) => ({ OrderId, EndTime: endTimeOf(after) }),
  };
}
