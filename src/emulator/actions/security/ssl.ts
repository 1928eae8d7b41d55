import { required } from '../action-parameters';
import { createInstanceRead } from '../instance-read';
import { domainOf, toApiTime } from '../instance-view';
import { createModification } from '../modification';
import { isOneOf } from '../value-rules';

/** A certificate is valid for a year, and an update makes it a new year (a guess). */
const CERTIFICATE_LIFE_MS = 365 * 86_400_000;

/** DescribeInstanceSSL: whether TLS is on, and until when its certificate is valid. */
export const describeInstanceSslAction = createInstanceRead({
  name: 'DescribeInstanceSSL',
  view: (instance) => {
    const { tlsExpiresAtMs } = instance.settings.features;
    const isOn = tlsExpiresAtMs !== undefined;
    return {
      InstanceId: instance.id,
      SSLEnabled: isOn ? 'Enable' : 'Disable',
      CertCommonName: isOn ? domainOf(instance) : '',
      SSLExpiredTime: isOn ? toApiTime(tlsExpiresAtMs) : '',
      CertDownloadURL: '',
    };
  },
});

/** ModifyInstanceSSL: switches TLS on or off, or renews its certificate. */
export const modifyInstanceSslAction = createModification({
  name: 'ModifyInstanceSSL',
  parameters: [required('SSLEnabled', isOneOf('Disable', 'Enable', 'Update'))],
  busyStatus: 'SSLModifying',
  taskType: 'ModifyInsSSL',
  change: ({ id, ordinal }, { parameters, state }) => {
    const isOff = parameters.get('SSLEnabled') === 'Disable';
    return {
      features: { tlsExpiresAtMs: isOff ? undefined : state.nowMs() + CERTIFICATE_LIFE_MS },
      body: { InstanceId: id, TaskId: String(ordinal) },
    };
  },
});
