import { createRefusal } from '../refusal';
import type { Refusal } from '../refusal';
import type { Action } from './action';
import { createInstanceAction } from './create-instance';
import { createInstancesAction } from './create-instances';
import { deleteInstanceAction } from './delete-instance';
import { describeInstanceAttributeAction } from './describe-instance-attribute';
import { describeInstancesAction } from './describe-instances';
import { describeInstancesOverviewAction } from './describe-instances-overview';
import { describePriceAction } from './describe-price';
import { describeRegionsAction } from './describe-regions';
import { describeSecurityIpsAction } from './describe-security-ips';
import { describeZonesAction } from './describe-zones';
import { listTagResourcesAction } from './list-tag-resources';
import { modifyInstanceAttributeAction } from './modify-instance-attribute';
import { modifySecurityIpsAction } from './modify-security-ips';
import { resetAccountPasswordAction } from './reset-account-password';
import { tagResourcesAction } from './tag-resources';
import { untagResourcesAction } from './untag-resources';
import { describeVSwitchesAction } from './vpc/describe-v-switches';
import { describeVpcsAction } from './vpc/describe-vpcs';

/** Every operation the emulator serves. A new one is one file and one line here. */
const ACTIONS: readonly Action[] = [
  createInstanceAction,
  createInstancesAction,
  deleteInstanceAction,
  describeInstanceAttributeAction,
  describeInstancesAction,
  describeInstancesOverviewAction,
  describePriceAction,
  describeRegionsAction,
  describeSecurityIpsAction,
  describeZonesAction,
  listTagResourcesAction,
  modifyInstanceAttributeAction,
  modifySecurityIpsAction,
  resetAccountPasswordAction,
  tagResourcesAction,
  untagResourcesAction,
  describeVSwitchesAction,
  describeVpcsAction,
];

/** Two products can have operations of the same name. */
const ACTION_BY_KEY = new Map(
  ACTIONS.map((action) => [`${action.product.version} ${action.name}`, action]),
);

const VERSIONS = new Set(ACTIONS.map(({ product }) => product.version));

/** Finds an operation, or the gateway's refusal (common errors page). */
export function findAction(
  name: string | undefined,
  version: string | undefined,
): Action | Refusal {
  if (name === undefined) return createRefusal(400, 'MissingAction', 'Action is mandatory.');
  if (version === undefined) return createRefusal(400, 'MissingVersion', 'Version is mandatory.');
  if (!VERSIONS.has(version)) {
    return createRefusal(400, 'InvalidVersion', 'Specified parameter Version is not valid.');
  }
  const action = ACTION_BY_KEY.get(`${version} ${name}`);
  if (action !== undefined) return action;
  return createRefusal(
    404,
    'InvalidAction.NotFound',
    'Specified api is not found, please check your url and method.',
  );
}
