import { getParameter } from '../../protocol/parameters';
import type { Parameters } from '../../protocol/parameters';
import { createRefusal } from '../../refusal';
import type { World } from '../../world';
import { VPC } from '../action';
import { createPlainAnswer } from '../../action-result';
import type { Action, ActionCall } from '../action';
import type { ActionResult } from '../../action-result';
import { optional, optionals, required } from '../action-parameters';
import { checkDryRun } from '../dry-run';
import { isBooleanText } from '../value-rules';
import { createVSwitchView } from './describe-v-switches';
import { findVSwitchRegion } from './networks';
import type { VSwitch } from './networks';

/** DescribeVSwitchAttributes (Vpc 2016-04-28): one vSwitch. Clients learn the VPC from it. */
export const describeVSwitchAttributesAction: Action = {
  name: 'DescribeVSwitchAttributes',
  product: VPC,
  source: 'client',
  parameters: [required('VSwitchId'), ...optionals('RegionId'), optional('DryRun', isBooleanText)],
  run,
};

function run({ account, parameters, state }: ActionCall): ActionResult {
  const dryRun = checkDryRun(parameters);
  if (dryRun !== undefined) return dryRun;
  const vSwitch = findVSwitch(parameters, state.config.world);
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

function findVSwitch(parameters: Parameters, world: World): VSwitch | undefined {
  const regionId = getParameter(parameters, 'RegionId');
  const vSwitch = world.vSwitches.find(({ id }) => id === parameters.get('VSwitchId'));
  if (vSwitch === undefined || regionId === undefined) return vSwitch;
  return findVSwitchRegion(vSwitch, world) === regionId ? vSwitch : undefined;
}
