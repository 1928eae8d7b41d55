import { ignored, required } from '../action-parameters';
import { createModification } from '../modification';
import { checkResourceGroup } from '../resource-groups';

/** ModifyResourceGroup: another group; it works in every status and takes no time (a guess). */
export const modifyResourceGroupAction = createModification({
  name: 'ModifyResourceGroup',
  parameters: [required('RegionId'), required('ResourceGroupId'), ...ignored('ClientToken')],
  busyStatus: 'none',
  change: (_instance, { parameters, state }) =>
    checkResourceGroup(parameters, state) ?? {
      spec: { resourceGroupId: parameters.get('ResourceGroupId') ?? '' },
    },
});
