import { required } from '../action-parameters';
import { createModification } from '../modification';
import { isClockTime } from '../value-rules';

/** ModifyInstanceMaintainTime: the hours in which the cloud may work on the instance. */
export const modifyInstanceMaintainTimeAction = createModification({
  name: 'ModifyInstanceMaintainTime',
  parameters: [
    required('MaintainStartTime', isClockTime),
    required('MaintainEndTime', isClockTime),
  ],
  busyStatus: 'none',
  change: (_instance, { parameters }) => ({
    features: {
      maintenance: {
        start: parameters.get('MaintainStartTime') ?? '',
        end: parameters.get('MaintainEndTime') ?? '',
      },
    },
  }),
});

/** FlushInstance: empties it. There is no data here; the instance is busy for a while. */
export const flushInstanceAction = createModification({
  name: 'FlushInstance',
  parameters: [],
  busyStatus: 'Flushing',
  change: () => ({}),
});
