import type { CloudAction } from '../domain/cloud-actions';
import type { SharedAgents } from './agents';
import {
  TAGGED_IDS_MAX,
  WHITELIST_NAME,
  type FollowUpPort,
  type MaintenanceCall,
  type ParametersCall,
  type PasswordCall,
  type ResourceGroupCall,
  type SecurityIpsCall,
  type TagCall,
} from './follow-up-port';
import type { Answer, CallTarget } from './port';
import type { RpcParameters } from './request-mapping';
import type { RpcCaller } from './rpc-caller';

/** What the calls share with those of {@link createPopCoreCloud}. */
export interface FollowUpCallTools {
  readonly caller: RpcCaller;
  readonly agents: SharedAgents;
  readonly endpointOf: (target: CallTarget) => string;
  readonly timeoutMs: number;
}

/** The calls that configure instances. An open one is awaited also when its work is called off. */
export function createFollowUpCalls(tools: FollowUpCallTools): FollowUpPort {
  const sender =
    <Call extends CallTarget>(action: CloudAction, toParameters: (call: Call) => RpcParameters) =>
    (call: Call): Promise<Answer<null>> =>
      send(tools, call, { action, parameters: toParameters(call) });
  return {
    resetPassword: sender('ModifyInstanceAttribute', toPassword),
    setParameters: sender('ModifyInstanceConfig', toConfig),
    setMaintenanceWindow: sender('ModifyInstanceMaintainTime', toMaintainTime),
    moveToResourceGroup: sender('ModifyResourceGroup', toResourceGroup),
    tagInstances: sender('TagResources', toTags),
    protectFromRelease: sender('ModifyInstanceAttribute', ({ id }) => ({
      InstanceId: id,
      InstanceReleaseProtection: 'true',
    })),
    setSecurityIps: sender('ModifySecurityIps', toSecurityIps),
  };
}

async function send(
  { caller, agents, endpointOf, timeoutMs }: FollowUpCallTools,
  target: CallTarget,
  { action, parameters }: { readonly action: CloudAction; readonly parameters: RpcParameters },
): Promise<Answer<null>> {
  const endpoint = endpointOf(target);
  const answer = await caller.call({
    action,
    target,
    endpoint,
    parameters,
    timeoutMs,
    agent: agents.forEndpoint(endpoint),
    isReadOnly: false,
    read: () => true,
  });
  return answer.kind === 'ok' ? { ...answer, value: null } : answer;
}

/** Not ResetAccountPassword: it wants the name of the account, which nothing that we read shows. */
function toPassword({ id, password }: PasswordCall): RpcParameters {
  return { InstanceId: id, NewPassword: password.reveal() };
}

function toConfig({ id, parameters }: ParametersCall): RpcParameters {
  return { InstanceId: id, Config: JSON.stringify(parameters) };
}

function toMaintainTime({ id, window }: MaintenanceCall): RpcParameters {
  return { InstanceId: id, MaintainStartTime: window.start, MaintainEndTime: window.end };
}

function toResourceGroup({ region, id, resourceGroupId }: ResourceGroupCall): RpcParameters {
  return { RegionId: region, InstanceId: id, ResourceGroupId: resourceGroupId };
}

/** @throws RangeError for no id, or for more than {@link TAGGED_IDS_MAX}: a bug of the caller */
function toTags({ region, ids, tags }: TagCall): RpcParameters {
  if (ids.length === 0 || ids.length > TAGGED_IDS_MAX) {
    throw new RangeError(`tagInstances takes 1 to ${TAGGED_IDS_MAX} ids, got ${ids.length}`);
  }
  const pairs = [
    ...ids.map((id, index): [string, string] => [`ResourceId.${index + 1}`, id]),
    ...Object.entries(tags).flatMap(([key, value], index): [string, string][] => [
      [`Tag.${index + 1}.Key`, key],
      [`Tag.${index + 1}.Value`, value],
    ]),
  ];
  return { RegionId: region, ResourceType: 'INSTANCE', ...Object.fromEntries(pairs) };
}

/** Cover, since Append refuses what is there already. */
function toSecurityIps({ id, ips }: SecurityIpsCall): RpcParameters {
  return {
    InstanceId: id,
    SecurityIps: ips.join(','),
    SecurityIpGroupName: WHITELIST_NAME,
    ModifyMode: 'Cover',
  };
}
