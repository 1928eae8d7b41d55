import { createInvalid } from '../../refusal';
import { createFreeOrder } from '../billing/change-order';
import { required } from '../action-parameters';
import { createInstanceRead } from '../instance-read';
import { bandwidthOf } from '../instance-view';
import { createModification } from '../modification';
import { isIntegerIn } from '../value-rules';

/** DescribeIntranetAttribute: the bandwidth of an instance, and what was bought besides. */
export const describeIntranetAttributeAction = createInstanceRead({
  name: 'DescribeIntranetAttribute',
  ignored: ['ResourceGroupId'],
  view: (instance) => ({
    IntranetBandwidth: bandwidthOf(instance),
    IntranetBandWidthBurst: 0,
    AutoRenewal: false,
    HasPrePaidBandWidthOrderRunning: false,
    BandwidthPrePaid: '0',
    BandwidthExpireTime: '',
    ExpireTime: '0',
  }),
});

/** ModifyInstanceBandwidth: MB/s in all; of a cluster it must be a multiple of its shards. */
export const modifyInstanceBandwidthAction = createModification({
  name: 'ModifyInstanceBandwidth',
  parameters: [required('TargetIntranetBandwidth', isIntegerIn(1, 1_000_000))],
  taskType: 'ModifyInsBandwidth',
  change: ({ spec }, { parameters }) => {
    const bandwidthMb = Number(parameters.get('TargetIntranetBandwidth'));
    return bandwidthMb % spec.shardCount === 0
      ? { features: { bandwidthMb }, order: createFreeOrder() }
      : createInvalid('InvalidParameter', 'TargetIntranetBandwidth');
  },
});
