import { createRefusal } from '../../refusal';
import { required } from '../action-parameters';
import { createInstanceRead } from '../instance-read';
import { createModification } from '../modification';

/** At most 10 groups, joined by commas (ModifySecurityGroupConfiguration, SDK 6.4.0). */
const GROUPS_MAX = 10;

/** DescribeSecurityGroupConfiguration: the groups of ECS whose members may connect. */
export const describeSecurityGroupConfigurationAction = createInstanceRead({
  name: 'DescribeSecurityGroupConfiguration',
  view: ({ spec, settings }) => ({
    Items: {
      EcsSecurityGroupRelation: settings.features.securityGroupIds.map((id) => ({
        SecurityGroupId: id,
        RegionId: spec.regionId,
        NetType: 'vpc',
      })),
    },
  }),
});

/** ModifySecurityGroupConfiguration: these groups instead of those before. */
export const modifySecurityGroupConfigurationAction = createModification({
  name: 'ModifySecurityGroupConfiguration',
  idParameter: 'DBInstanceId',
  parameters: [required('SecurityGroupId')],
  change: (_instance, { parameters }) => {
    const ids = (parameters.get('SecurityGroupId') ?? '').split(',').map((id) => id.trim());
    const securityGroupIds = [...new Set(ids)];
    return securityGroupIds.length <= GROUPS_MAX
      ? { features: { securityGroupIds } }
      : createRefusal(
          400,
          'AssociatedEcsSecurityGroupId.QuotaExceed',
          'The maximum number of associated security groups is exceeded.',
        );
  },
});
