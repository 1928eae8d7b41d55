import type { Instance } from '../../instance';
import { getParameter } from '../../protocol/parameters';
import { createRefusal } from '../../refusal';
import { optionals, required } from '../action-parameters';
import { createInstanceRead } from '../instance-read';
import { supportsEncryption } from '../instance-view';
import { createModification } from '../modification';
import { isOneOf } from '../value-rules';

const ALGORITHM = 'AES-CTR-256';

/** DescribeInstanceTDEStatus: whether the data is encrypted where it lies. */
export const describeInstanceTdeStatusAction = createInstanceRead({
  name: 'DescribeInstanceTDEStatus',
  view: ({ settings }) => ({
    TDEStatus: settings.features.encryption === undefined ? 'Disabled' : 'Enabled',
  }),
});

/** ModifyInstanceTDE: switches encryption on, for good. Instances that cannot are refused. */
export const modifyInstanceTdeAction = createModification({
  name: 'ModifyInstanceTDE',
  parameters: [
    required('TDEStatus', isOneOf('Enabled')),
    ...optionals('EncryptionKey', 'EncryptionName', 'RoleArn'),
  ],
  change: (instance, { parameters }) =>
    supportsEncryption(instance)
      ? {
          features: {
            encryption: {
              key: getParameter(parameters, 'EncryptionKey') ?? serviceKeyOf(instance),
              name: getParameter(parameters, 'EncryptionName') ?? ALGORITHM,
              roleArn: getParameter(parameters, 'RoleArn') ?? '',
            },
          },
        }
      : createRefusal(
          403,
          'IncorrectDBInstance.NotSupported',
          'Current DB instance does not support this operation.',
        ),
});

/** DescribeEncryptionKey: of the key in use, or of a named one. */
export const describeEncryptionKeyAction = createInstanceRead({
  name: 'DescribeEncryptionKey',
  optional: ['EncryptionKey'],
  view: (instance, { account, parameters }) => {
    const { encryption } = instance.settings.features;
    return {
      EncryptionKey: getParameter(parameters, 'EncryptionKey') ?? encryption?.key ?? '',
      EncryptionKeyStatus: encryption === undefined ? 'Disabled' : 'Enabled',
      EncryptionName: encryption?.name ?? '',
      RoleArn: encryption?.roleArn ?? '',
      Creator: account.accountId,
      KeyUsage: 'ENCRYPT/DECRYPT',
      Origin: 'Aliyun_KMS',
      ...{ Description: '', DeleteDate: '', MaterialExpireTime: '' },
    };
  },
});

/** DescribeEncryptionKeyList: the keys an instance could use; here that of the service and its own. */
export const describeEncryptionKeyListAction = createInstanceRead({
  name: 'DescribeEncryptionKeyList',
  view: (instance) => {
    const used = instance.settings.features.encryption?.key;
    const keys = [serviceKeyOf(instance), ...(used === undefined ? [] : [used])];
    return { KeyIds: { KeyId: [...new Set(keys)] } };
  },
});

/** The key that the service makes for a region. */
function serviceKeyOf({ spec }: Instance): string {
  return `key-service-${spec.regionId}`;
}
