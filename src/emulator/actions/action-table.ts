import { createRefusal } from '../refusal';
import type { Refusal } from '../refusal';
import type { Action } from './action';
import {
  deleteAccountAction,
  grantAccountPrivilegeAction,
  modifyAccountDescriptionAction,
  modifyAccountPasswordAction,
} from './accounts/change-account';
import { createAccountAction } from './accounts/create-account';
import { describeAccountsAction } from './accounts/describe-accounts';
import { describeBackupPolicyAction, modifyBackupPolicyAction } from './backup/backup-policy';
import { createBackupAction, describeBackupsAction } from './backup/backups';
import {
  describeInstanceAutoRenewalAttributeAction,
  modifyInstanceAutoRenewalAttributeAction,
} from './billing/auto-renewal';
import {
  renewInstanceAction,
  transformInstanceChargeTypeAction,
  transformToPrePaidAction,
} from './billing/charge-type';
import { createInstanceAction } from './create-instance';
import { createInstancesAction } from './create-instances';
import { createTairInstanceAction } from './create-tair-instance';
import { deleteInstanceAction } from './delete-instance';
import { describeAvailableResourceAction } from './describe-available-resource';
import { describeHistoryTasksAction } from './describe-history-tasks';
import { describeInstanceAttributeAction } from './describe-instance-attribute';
import { describeInstancesAction } from './describe-instances';
import { describeInstancesOverviewAction } from './describe-instances-overview';
import { describePriceAction } from './describe-price';
import { describeRegionsAction } from './describe-regions';
import { describeSecurityIpsAction } from './describe-security-ips';
import { describeZonesAction } from './describe-zones';
import { destroyInstanceAction } from './destroy-instance';
import {
  describeInstanceConfigAction,
  describeParametersAction,
  modifyInstanceConfigAction,
} from './engine/engine-parameters';
import {
  describeEngineVersionAction,
  modifyDbInstanceAutoUpgradeAction,
  modifyInstanceMajorVersionAction,
  modifyInstanceMinorVersionAction,
  restartInstanceAction,
} from './engine/engine-versions';
import { flushInstanceAction, modifyInstanceMaintainTimeAction } from './engine/maintenance';
import { listTagResourcesAction } from './list-tag-resources';
import { modifyInstanceAttributeAction } from './modify-instance-attribute';
import { modifySecurityIpsAction } from './modify-security-ips';
import {
  describeIntranetAttributeAction,
  modifyInstanceBandwidthAction,
} from './network/bandwidth';
import { describeDbInstanceNetInfoAction } from './network/describe-db-instance-net-info';
import { modifyDbInstanceConnectionStringAction } from './network/modify-connection-string';
import { modifyInstanceVpcAuthModeAction } from './network/modify-instance-vpc-auth-mode';
import {
  allocateInstancePublicConnectionAction,
  releaseInstancePublicConnectionAction,
} from './network/public-connection';
import { describeEndpointsAction } from './platform/describe-endpoints';
import { getCallerIdentityAction } from './platform/get-caller-identity';
import { queryAvailableInstancesAction } from './platform/query-available-instances';
import { resetAccountPasswordAction } from './reset-account-password';
import {
  describeEncryptionKeyAction,
  describeEncryptionKeyListAction,
  describeInstanceTdeStatusAction,
  modifyInstanceTdeAction,
} from './security/encryption';
import {
  describeSecurityGroupConfigurationAction,
  modifySecurityGroupConfigurationAction,
} from './security/security-groups';
import { describeInstanceSslAction, modifyInstanceSslAction } from './security/ssl';
import { migrateToOtherZoneAction } from './shape/migrate-to-other-zone';
import { modifyInstanceSpecAction } from './shape/modify-instance-spec';
import { modifyResourceGroupAction } from './shape/modify-resource-group';
import { addShardingNodeAction, deleteShardingNodeAction } from './shape/sharding-nodes';
import { tagResourcesAction } from './tag-resources';
import { untagResourcesAction } from './untag-resources';
import { describeVSwitchAttributesAction } from './vpc/describe-v-switch-attributes';
import { describeVSwitchesAction } from './vpc/describe-v-switches';
import { describeVpcsAction } from './vpc/describe-vpcs';

/** Every operation the emulator serves. A new one is one file and one line here. */
export const ACTIONS: readonly Action[] = [
  addShardingNodeAction,
  allocateInstancePublicConnectionAction,
  createAccountAction,
  createBackupAction,
  createInstanceAction,
  createInstancesAction,
  createTairInstanceAction,
  deleteAccountAction,
  deleteInstanceAction,
  deleteShardingNodeAction,
  describeAccountsAction,
  describeAvailableResourceAction,
  describeBackupPolicyAction,
  describeBackupsAction,
  describeDbInstanceNetInfoAction,
  describeEncryptionKeyAction,
  describeEncryptionKeyListAction,
  describeEndpointsAction,
  describeEngineVersionAction,
  describeHistoryTasksAction,
  describeInstanceAttributeAction,
  describeInstanceAutoRenewalAttributeAction,
  describeInstanceConfigAction,
  describeInstancesAction,
  describeInstancesOverviewAction,
  describeInstanceSslAction,
  describeInstanceTdeStatusAction,
  describeIntranetAttributeAction,
  describeParametersAction,
  describePriceAction,
  describeRegionsAction,
  describeSecurityGroupConfigurationAction,
  describeSecurityIpsAction,
  describeVpcsAction,
  describeVSwitchAttributesAction,
  describeVSwitchesAction,
  describeZonesAction,
  destroyInstanceAction,
  flushInstanceAction,
  getCallerIdentityAction,
  grantAccountPrivilegeAction,
  listTagResourcesAction,
  migrateToOtherZoneAction,
  modifyAccountDescriptionAction,
  modifyAccountPasswordAction,
  modifyBackupPolicyAction,
  modifyDbInstanceAutoUpgradeAction,
  modifyDbInstanceConnectionStringAction,
  modifyInstanceAttributeAction,
  modifyInstanceAutoRenewalAttributeAction,
  modifyInstanceBandwidthAction,
  modifyInstanceConfigAction,
  modifyInstanceMaintainTimeAction,
  modifyInstanceMajorVersionAction,
  modifyInstanceMinorVersionAction,
  modifyInstanceSpecAction,
  modifyInstanceSslAction,
  modifyInstanceTdeAction,
  modifyInstanceVpcAuthModeAction,
  modifyResourceGroupAction,
  modifySecurityGroupConfigurationAction,
  modifySecurityIpsAction,
  queryAvailableInstancesAction,
  releaseInstancePublicConnectionAction,
  renewInstanceAction,
  resetAccountPasswordAction,
  restartInstanceAction,
  tagResourcesAction,
  transformInstanceChargeTypeAction,
  transformToPrePaidAction,
  untagResourcesAction,
];

/** Two products can have operations of the same name. */
const ACTION_BY_KEY = new Map(
  ACTIONS.map((action) => [`${action.product.version} ${action.name}`, action]),
);

const OPERATIONS: readonly string[] = [...new Set(ACTIONS.map(({ name }) => name))];

/** Those that the gateway reads, and those that SDKs send with every operation. */
const COMMON_PARAMETERS = [
  ...['Action', 'Version', 'Format', 'RegionId', 'AccessKeyId', 'SecurityToken', 'Timestamp'],
  ...['SignatureMethod', 'SignatureVersion', 'SignatureNonce', 'SignatureType'],
  ...['OwnerId', 'OwnerAccount', 'ResourceOwnerId', 'ResourceOwnerAccount'],
];

const VERSIONS = new Set(ACTIONS.map(({ product }) => product.version));

/** The names of all operations, each once. */
export function listOperations(): readonly string[] {
  return OPERATIONS;
}

/**
 * The names of all parameters that a call of an operation may carry; those of a list have an `N`:
 * `Tag.N.Key`.
 *
 * @param operation - `*` for all
 */
export function listParameters(operation: string): readonly string[] {
  const actions = ACTIONS.filter(({ name }) => operation === '*' || name === operation);
  const own = actions.flatMap(({ parameters }) => parameters.map(({ name }) => name));
  return [...new Set([...own, ...COMMON_PARAMETERS])];
}

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
