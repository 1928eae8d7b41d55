import type { Instance, InstanceSpec } from '../../instance';
import { getParameter } from '../../protocol/parameters';
import type { Parameters } from '../../protocol/parameters';
import { createRefusal } from '../../refusal';
import type { Refusal } from '../../refusal';
import type { ActionCall } from '../action';
import { ignored, optional, required } from '../action-parameters';
import { isTrue } from '../flag';
import { endTimeOf } from '../instance-view';
import { createModification } from '../modification';
import type { Modified } from '../modification';
import { isBooleanText, isOneOf, isPeriod } from '../value-rules';
import { orderChange } from './change-order';

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

/** TransformInstanceChargeType: either way. Paid time left is not refunded here. */
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
      : toModified(instance, call, { chargeType: 'PostPaid', periodMonths: 0 }),
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
    return toModified(instance, call, { periodMonths });
  },
});

function toPrePaid(instance: Instance, call: ActionCall): Modified | Refusal {
  const period = getParameter(call.parameters, 'Period');
  if (period === undefined) {
    return createRefusal(400, 'MissingParameter', 'Period is mandatory for this action.');
  }
  const autoRenewalMonths = readAutoRenewal(call.parameters);
  const spec = { chargeType: 'PrePaid', periodMonths: Number(period) } as const;
  return { ...toModified(instance, call, spec), features: { autoRenewalMonths } };
}

function readAutoRenewal(parameters: Parameters): number {
  if (!isTrue(parameters, 'AutoRenew')) return 0;
  return Number(getParameter(parameters, 'AutoRenewPeriod') ?? 1);
}

/** Paid time counts from the creation on, which is how the views compute its end. */
function toModified(
  instance: Instance,
  { state }: ActionCall,
  spec: Partial<InstanceSpec>,
): Modified {
  const EndTime = endTimeOf({ ...instance, spec: { ...instance.spec, ...spec } });
  return { spec, body: { OrderId: orderChange(state), EndTime } };
}
