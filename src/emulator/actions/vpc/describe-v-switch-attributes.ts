import { createRefusal } from '../../refusal';
import { VPC } from '../action';
import { createPlainAnswer } from '../../action-result';
import type { Action, ActionCall } from '../action';
import type { ActionResult } from '../../action-result';
import { ignored, required } from '../action-parameters';
import { createVSwitchView } from './describe-v-switches';

/** DescribeVSwitchAttributes (Vpc 2016-04-28): one vSwitch. Clients learn the VPC from it. */
export const describeVSwitchAttributesAction: Action = {
  name: 'DescribeVSwitchAttributes',
  product: VPC,
  source: 'client',
  parameters: [required('VSwitchId'), ...ignored('RegionId', 'DryRun')],
  run,
};

function run({ account, parameters, state }: ActionCall): ActionResult {
  const id = parameters.get('VSwitchId');
  const vSwitch = state.config.world.vSwitches.find((one) => one.id === id);
  if (vSwitch === undefined) {
    return createRefusal(
      404,
      'InvalidVswitchID.NotFound',
      'The specified vSwitch does not exist in our records.',
    );
  }
  return createPlainAnswer({
    ...createVSwitchView(vSwitch, account, state),
    CloudResources: { CloudResourceSetType: [] },
  });
}
