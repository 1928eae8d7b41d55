import { required } from '../action-parameters';
import { createModification } from '../modification';
import { isOneOf } from '../value-rules';

/** ModifyInstanceVpcAuthMode: whether clients inside the VPC need a password. */
export const modifyInstanceVpcAuthModeAction = createModification({
  name: 'ModifyInstanceVpcAuthMode',
  parameters: [required('VpcAuthMode', isOneOf('Open', 'Close'))],
  change: (_instance, { parameters }) => ({
    features: { vpcAuthMode: parameters.get('VpcAuthMode') === 'Close' ? 'Close' : 'Open' },
  }),
});
